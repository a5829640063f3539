import { AppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';
import { openConnection } from './connection.ts';
import { codeOf } from './transaction.ts';

const namePattern = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * Makes a database on a server of our own, if it is not there yet.
 *
 * @param serverUrl - owner's URL of any database of the server
 * @param name - lower case, digits and underscores
 * @returns the owner's URL of that database
 * @throws AppError `invalid_input` for another kind of name; errors of Postgres as they are. Safe to run twice and
 *   in several processes at once
 */
export async function ensureDatabase(serverUrl: string, name: string): Promise<string> {
  if (!namePattern.test(name)) throw new AppError('invalid_input', `not a database name: ${name}`);
  const connection = openConnection({
    url: serverUrl,
    applicationName: 'shuiwei setup',
    connectTimeoutMs: 5 * secondMs,
    statementTimeoutMs: 60 * secondMs,
    lockTimeoutMs: 60 * secondMs,
    idleInTransactionTimeoutMs: 0,
  });
  try {
    const known = await connection.sql`select from pg_database where datname = ${name}`;
    if (known.length === 0) await connection.sql.unsafe(`create database ${name}`);
  } catch (error) {
    // Another process was faster: 42P04 says so, 23505 when both were in the middle of it.
    if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    connection.destroy();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
