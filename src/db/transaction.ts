import type postgres from 'postgres';
import { isAppError } from '../shared/errors.ts';
import { type Connection, connectionClosed, type Sql } from './connection.ts';
import { withDeadline } from './deadline.ts';
import type { ConnectionPool } from './pool.ts';

/** How a transaction is run. */
export interface TransactionOptions {
  /** Waiting for a connection and running together, ms; the connection is cut then. */
  readonly deadlineMs: number;
  /** True lets it be run again after a passing fault, so its work must have the same effect twice. Default false. */
  readonly isIdempotent?: boolean;
  /**
   * True lets it be run again when Postgres itself gave it up in favour of another transaction and so certainly
   * rolled it back; its work must have no effect but in the database. Default: as `isIdempotent`.
   */
  readonly isRepeatable?: boolean;
  readonly isReadOnly?: boolean;
  /** Default: READ COMMITTED. */
  readonly isolation?: 'repeatable read' | 'serializable';
}

/** A new try after a passing fault at most this often: a fault that outlives them is not passing. */
const attemptsMax = 3;

/**
 * SQLSTATEs and client codes after which the same transaction may succeed: serialization failure, deadlock,
 * server shut down by an operator, connection lost.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const retryableCodes: ReadonlySet<string> = new Set([
  '40001',
  '40P01',
  '57P01',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
]);

/** Of these, the ones that say for certain that nothing took effect. */
const rolledBackCodes: ReadonlySet<string> = new Set(['40001', '40P01']);

/**
 * Whether running a transaction again can help. Only for transactions that may run twice: after a lost connection
 * nobody knows whether the commit took place.
 */
export function isRetryable(error: unknown): boolean {
  return retryableCodes.has(codeOf(error) ?? '');
}

/** SQLSTATE classes that blame the data: bad values, broken constraints, numbers beyond the limits of the program. */
const dataFaultPattern = /^(22|23|54)[0-9A-Z]{3}$/;

/** Whether the database refuses what it was given: the same again will be refused again. */
export function isDataFault(error: unknown): boolean {
  return dataFaultPattern.test(codeOf(error) ?? '');
}

/** The SQLSTATE or client code of a database error, also of one wrapped in another; null for other errors. */
export function codeOf(error: unknown): string | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string' && !isAppError(inner)) return inner.code;
  }
  return null;
}

/**
 * Runs work in one transaction on a connection of its own.
 *
 * BEGIN and the settings travel together with the first statement of the work, in one round trip. Commits when the
 * work succeeds, else rolls back; a failed statement fails the transaction even if the work went on. `use` loses
 * its meaning when the work ends: later statements are refused, so that nothing runs in somebody else's transaction.
 *
 * @param settings - `SET LOCAL …` statements, each ended by a semicolon; never text from outside
 * @param use - what the work gets, made from the connection
 * @throws AppError `deadline_exceeded`; errors of Postgres as they are
 */
export function runTransaction<Scope, T>(
  pool: ConnectionPool,
  settings: string,
  use: (connection: Connection, sql: Sql) => Scope,
  work: (scope: Scope) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const opening = `begin${modes(options)};${settings}`;
  return withRetries(options, () =>
    onConnection(pool, options.deadlineMs, (connection) => runWork(connection, opening, use, work)),
  );
}

/**
 * Runs one statement in a transaction of its own: BEGIN, settings, statement and COMMIT travel together, in one
 * round trip instead of two. For hot reads.
 *
 * @param build - makes the statement and nothing else; whatever it sends by itself is refused
 * @throws as {@link runTransaction}
 */
export function runStatement<Row extends readonly (object | undefined)[]>(
  pool: ConnectionPool,
  settings: string,
  build: (sql: Sql) => postgres.PendingQuery<Row>,
  options: TransactionOptions,
): Promise<postgres.RowList<Row>> {
  const runOnce = async (connection: Connection) => {
    const guard = guardSql(connection.sql);
    const statement = build(guard.sql);
    guard.close();
    const begun = connection.sql.unsafe(`begin${modes(options)};${settings}`).execute();
    // Sent here and now: a statement that set out later would run after the COMMIT, outside of the transaction.
    const answer = statement.execute();
    const committed = connection.sql.unsafe('commit').execute();
    for (const part of await Promise.allSettled([begun, answer, committed])) {
      if (part.status === 'rejected') throw part.reason;
    }
    return answer;
  };
  return withRetries(options, () => onConnection(pool, options.deadlineMs, runOnce));
}

async function withRetries<T>(options: TransactionOptions, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attemptsMax || !mayRunAgain(options, error)) throw error;
    }
  }
}

function mayRunAgain({ isIdempotent, isRepeatable }: TransactionOptions, error: unknown): boolean {
  if (isIdempotent === true) return isRetryable(error);
  return isRepeatable === true && rolledBackCodes.has(codeOf(error) ?? '');
}

function modes(options: TransactionOptions): string {
  const isolation = options.isolation === undefined ? '' : ` isolation level ${options.isolation}`;
  return `${isolation}${options.isReadOnly === true ? ' read only' : ''}`;
}

async function runWork<Scope, T>(
  connection: Connection,
  opening: string,
  use: (connection: Connection, sql: Sql) => Scope,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const guard = guardSql(connection.sql);
  let openingError: unknown;
  try {
    const begun = connection.sql.unsafe(opening).execute();
    begun.catch((cause: unknown) => {
      openingError = cause;
    });
    const result = await work(use(connection, guard.sql));
    await begun;
    const { command } = await connection.sql.unsafe('commit');
    if (command !== 'COMMIT') throw new Error('a statement failed, so the transaction was rolled back');
    return result;
  } catch (error) {
    await rollBack(connection);
    // When the opening failed, every statement after it failed for that reason only.
    throw openingError ?? error;
  } finally {
    guard.close();
  }
}

/** Lends a connection to work until its deadline, and cuts it then. */
function onConnection<T>(
  pool: ConnectionPool,
  deadlineMs: number,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return withDeadline('the transaction', deadlineMs, async (signal) => {
    const connection = await pool.acquire(signal);
    // Given back at once: work that hangs on something else must not keep the place in the pool.
    const cut = () => {
      connection.destroy();
      pool.release(connection);
    };
    signal.addEventListener('abort', cut, { once: true });
    try {
      return await work(connection);
    } finally {
      signal.removeEventListener('abort', cut);
      pool.release(connection);
    }
  });
}

/** Leaves no transaction behind: a connection that cannot roll back is cut. */
async function rollBack(connection: Connection): Promise<void> {
  if (connection.isClosed()) return;
  try {
    await connection.sql.unsafe('rollback');
  } catch {
    connection.destroy();
  }
}

/** The same SQL functions, refused after the end of the transaction. */
function guardSql(sql: Sql): { sql: Sql; close(): void } {
  let isOpen = true;
  const guarded = new Proxy(sql, {
    apply(target, self, args: unknown[]) {
      if (!isOpen) throw connectionClosed();
      return Reflect.apply(target as unknown as (...given: unknown[]) => unknown, self, args);
    },
    get(target, name) {
      if (!isOpen) throw connectionClosed();
      return Reflect.get(target, name);
    },
  });
  return {
    sql: guarded,
    close() {
      isOpen = false;
    },
  };
}
