import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../shared/errors.ts';

/** By what a trace file is known again, wherever it lies. */
export interface TraceIdentity {
  /** For people: file name and the beginning of the content's hash. */
  readonly name: string;
  /** The database of the embedded server that belongs to it. */
  readonly databaseName: string;
}

/**
 * Tells traces apart by name and content, so that a file that was changed does not go on in the old file's database.
 * Reads the whole file.
 *
 * @throws AppError `invalid_configuration` when the file cannot be read
 */
export async function identifyTrace(path: string): Promise<TraceIdentity> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw new AppError('invalid_configuration', `--trace: there is no readable file ${path}`, {
      cause: error,
    });
  }
  const content = hash.digest('hex');
  const identity = createHash('sha256')
    .update(`${basename(path)}\n${content}`)
    .digest('hex');
  return {
    name: `回放 ${basename(path)} #${content.slice(0, 8)}`,
    databaseName: `shuiwei_trace_${identity.slice(0, 12)}`,
  };
}
