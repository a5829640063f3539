import { type OpenDatabase, openDatabase } from '../app/database.ts';
import { type Config, readConfig } from '../config.ts';
import { silentLog } from '../shared/log.ts';

/**
 * Runs a command's work on the configured database, the embedded one included, and closes it again. A server that a
 * running `npm start` uses is joined and left running.
 */
export async function withDatabase<T>(work: (open: OpenDatabase, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig([]);
  const open = await openDatabase(config, silentLog);
  try {
    return await work(open, config);
  } finally {
    await open.close();
  }
}
