import { AppError } from '../shared/errors.ts';
import { type Connection, type ConnectionSettings, openConnection } from './connection.ts';

/** How many connections a pool keeps and how long. */
export interface PoolSettings extends ConnectionSettings {
  /** Connections at once, >= 1. */
  readonly connectionsMax: number;
  /** An unused connection is closed after this, ms. */
  readonly idleTimeoutMs: number;
  /** A connection is replaced after this, ms, so that a changed address or a grown backend does not stay for ever. */
  readonly lifetimeMsMax: number;
}

/** How busy a pool is. */
export interface PoolStats {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Connections lent to one user at a time; first come, first served. */
export interface ConnectionPool {
  /**
   * Lends a connection, waiting for one if all are out.
   *
   * @throws the signal's reason when it is aborted first; AppError `transient` when the pool is closed
   */
  acquire(signal: AbortSignal): Promise<Connection>;
  /** Takes one back; only after its transaction has ended. A closed one is thrown away. Twice does nothing. */
  release(connection: Connection): void;
  stats(): PoolStats;
  /** Refuses new users, waits for the present ones up to a deadline (ms), then cuts every connection. */
  close(graceMs: number): Promise<void>;
}

interface Waiter {
  readonly give: (connection: Connection) => void;
  readonly fail: (error: unknown) => void;
}

/** Makes a pool; connections are opened when first needed. */
export function createPool(settings: PoolSettings): ConnectionPool {
  const idle: { connection: Connection; timer: NodeJS.Timeout }[] = [];
  const busy = new Set<Connection>();
  const waiters: Waiter[] = [];
  const drained = Promise.withResolvers<void>();
  let isClosing = false;

  const isUsable = (connection: Connection) =>
    !connection.isClosed() && performance.now() - connection.openedAtMs < settings.lifetimeMsMax;
  const lend = (): Connection => {
    for (let spare = idle.pop(); spare !== undefined; spare = idle.pop()) {
      clearTimeout(spare.timer);
      if (isUsable(spare.connection)) {
        busy.add(spare.connection);
        return spare.connection;
      }
      spare.connection.destroy();
    }
    const connection = openConnection(settings);
    busy.add(connection);
    return connection;
  };
  const shelve = (connection: Connection) => {
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((spare) => spare.connection === connection),
        1,
      );
      connection.destroy();
    }, settings.idleTimeoutMs);
    timer.unref();
    idle.push({ connection, timer });
  };

  return {
    acquire(signal) {
      if (isClosing) return Promise.reject(new AppError('transient', 'the database pool is closed'));
      if (signal.aborted) return Promise.reject(signal.reason);
      if (busy.size < settings.connectionsMax) return Promise.resolve(lend());
      const { promise, resolve, reject } = Promise.withResolvers<Connection>();
      const leave = () => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        give(connection) {
          signal.removeEventListener('abort', leave);
          resolve(connection);
        },
        fail(error) {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiters.push(waiter);
      return promise;
    },
    release(connection) {
      if (!busy.delete(connection)) return;
      if (isUsable(connection) && !isClosing) shelve(connection);
      else connection.destroy();
      const next = waiters.shift();
      if (next !== undefined) next.give(lend());
      else if (isClosing && busy.size === 0) drained.resolve();
    },
    stats: () => ({ busy: busy.size, idle: idle.length, waiting: waiters.length }),
    async close(graceMs) {
      isClosing = true;
      for (const waiter of waiters.splice(0)) {
        waiter.fail(new AppError('transient', 'the database pool is closed'));
      }
      for (const { connection, timer } of idle.splice(0)) {
        clearTimeout(timer);
        connection.destroy();
      }
      if (busy.size > 0) await Promise.race([drained.promise, expire(graceMs)]);
      for (const connection of busy) connection.destroy();
    },
  };
}

function expire(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
