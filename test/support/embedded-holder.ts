import { startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { silentLog } from '../../src/shared/log.ts';

/**
 * A process that holds an embedded Postgres, for tests that kill it. Arguments: project folder, data folder.
 * Prints one line of JSON when the server is ready, or when it failed; ends properly when its input ends,
 * and by an uncaught error when it is written to.
 */
const [projectDir = '', dataDir = ''] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({
    projectDir,
    dataDir,
    log: silentLog,
    port: 0,
    isDurable: false,
  });
  const { ownerUrl, isAdopted, port } = server;
  process.stdout.write(`${JSON.stringify({ ownerUrl, isAdopted, port })}\n`);
  process.stdin.on('data', () => {
    throw new Error('crash on demand');
  });
  process.stdin.on('end', () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
  process.exitCode = 1;
}
