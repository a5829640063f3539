import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { AppError } from '../shared/errors.ts';

/**
 * Runs SQL: tagged templates with parameters, `unsafe` for fixed texts, fragments and helpers of postgres.js.
 * `int8`, `numeric`, `date` and `json` come as text, `timestamptz` as Date; JSON parameters are given as text or
 * as a value, dates as `YYYY-MM-DD`.
 */
export type Sql = postgres.ISql;

/** A statement of {@link Sql} that has not been sent yet. */
export type PendingQuery<Row extends readonly (object | undefined)[]> = postgres.PendingQuery<Row>;
/** Its answer: an array of rows with `count` and `command`. */
export type RowList<Row extends readonly (object | undefined)[]> = postgres.RowList<Row>;

/** What every connection is opened with. */
export interface ConnectionSettings {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** For the TCP connection and the greeting together, ms. */
  readonly connectTimeoutMs: number;
  /** The server ends a statement after this, ms; 0 = never. */
  readonly statementTimeoutMs: number;
  /** The server ends a wait for a lock after this, ms; 0 = never. */
  readonly lockTimeoutMs: number;
  /** The server ends a session that idles inside a transaction after this, ms; 0 = never. */
  readonly idleInTransactionTimeoutMs: number;
  /** Called with the channel of each notification that the connection listens to. */
  readonly onNotify?: (channel: string) => void;
}

/** One session of Postgres on one socket. It never reconnects: whoever holds it after its end opens another. */
export interface Connection {
  readonly sql: Sql;
  /** The client underneath, for what needs all of postgres.js: drizzle and its migrator. */
  readonly client: postgres.Sql;
  /** Monotonic clock of this process, ms. */
  readonly openedAtMs: number;
  isClosed(): boolean;
  /** Settles when the connection is gone, for whatever reason. Never rejects. */
  readonly closed: Promise<void>;
  /** Cuts the socket at once: every statement under way fails with CONNECTION_CLOSED, here and now. */
  destroy(): void;
}

/** A peer that vanished is noticed on an idle connection after this plus ten probes of a second. */
const keepAliveSeconds = 10;

/** Text as it is: postgres.js would turn days into instants of the host's zone, and big numbers in JSON into wrong ones. */
const wireTypes = {
  calendarDate: { to: 1082, from: [1082], serialize: (day: unknown) => day, parse: (text: string) => text },
  jsonText: {
    to: 3802,
    from: [114, 3802],
    serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
    parse: (text: string) => text,
  },
};

/**
 * Prepares a connection; it opens with its first statement.
 *
 * It is a postgres.js client with exactly one socket of our own making. postgres.js has no way to cut a connection
 * whose peer fell silent (a half-open one waits for ever) and reconnects in the middle of what the caller thinks
 * is a transaction; with the socket in our hands both are ruled out.
 */
export function openConnection(settings: ConnectionSettings): Connection {
  const closed = Promise.withResolvers<void>();
  const abort = new AbortController();
  let socket: Socket | null = null;
  let isClosed = false;
  let isUsed = false;
  const markClosed = () => {
    isClosed = true;
    closed.resolve();
  };
  const client = postgres(settings.url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: settings.connectTimeoutMs / 1000,
    keep_alive: keepAliveSeconds,
    onnotice: () => {},
    onclose: markClosed,
    onnotify: settings.onNotify,
    types: wireTypes,
    // Asked by the client on its own account: cut in the middle of it, it would reject a promise that nobody holds.
    // A connection that only listens never needs to know the array types.
    fetch_types: settings.onNotify === undefined,
    connection: {
      application_name: settings.applicationName,
      statement_timeout: settings.statementTimeoutMs,
      lock_timeout: settings.lockTimeoutMs,
      idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs,
    },
    socket: async (parsed: { host: string[]; port: number[]; path: string | false }) => {
      if (isUsed) throw connectionClosed();
      isUsed = true;
      try {
        socket = await openSocket(parsed, settings.connectTimeoutMs, abort.signal);
        return socket;
      } catch (error) {
        markClosed();
        // What waits behind the first statement would wait for ever.
        void client.end({ timeout: 0 });
        throw error;
      }
    },
  } as postgres.Options<typeof wireTypes>) as unknown as postgres.Sql;
  return {
    sql: client,
    client,
    openedAtMs: performance.now(),
    isClosed: () => isClosed || socket?.destroyed === true,
    closed: closed.promise,
    destroy() {
      markClosed();
      abort.abort(connectionClosed());
      // The client notices by itself and fails what is under way. Ended by hand it would still write its farewell,
      // which on TLS becomes an error that nobody listens to.
      socket?.destroy();
    },
  };
}

/** The error of a statement whose connection is gone, with the code that postgres.js uses. */
export function connectionClosed(): Error {
  return Object.assign(new Error('the database connection was closed'), { code: 'CONNECTION_CLOSED' });
}

async function openSocket(
  target: { host: string[]; port: number[]; path: string | false },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  let failure: unknown = new AppError('invalid_configuration', 'the database URL names no host');
  for (const [index, host] of target.host.entries()) {
    const port = target.port[index] ?? target.port[0] ?? 5432;
    try {
      return await openOne(
        typeof target.path === 'string' ? { path: target.path } : { host, port },
        timeoutMs,
        signal,
      );
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function openOne(
  target: { path: string } | { host: string; port: number },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // The client underneath reads `host` from the socket to check the server's TLS certificate.
    const socket = Object.assign(connect(target), 'host' in target ? { host: target.host } : {});
    const settle = (error: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', settle).off('connect', onConnect);
      if (error === null) return resolve(socket);
      socket.destroy();
      return reject(error);
    };
    const onConnect = () => settle(null);
    const onAbort = () => settle(signal.reason);
    const timer = setTimeout(
      () =>
        settle(Object.assign(new Error('no answer from the database server'), { code: 'CONNECT_TIMEOUT' })),
      timeoutMs,
    );
    socket.once('error', settle).once('connect', onConnect);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    socket.setNoDelay(true);
  });
}
