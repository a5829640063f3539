import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import type { Connection, ConnectionSettings, PendingQuery, RowList, Sql } from './connection.ts';
import { type Listener, type ListenOptions, listen } from './listen.ts';
import { type ConnectionPool, createPool, type PoolStats } from './pool.ts';
import { runStatement, runTransaction, type TransactionOptions } from './transaction.ts';

/** Drizzle's query builder inside a transaction. */
export type Orm = PostgresJsDatabase<Record<string, never>>;

/** As whom a transaction runs: the API, a worker, or the owner (migrations and operators only). */
type DatabaseRole = 'app' | 'worker' | 'owner';

/** Where the database is and how it is used. */
export interface DatabaseOptions {
  /** DATABASE_URL, or the embedded server's: the owner. */
  readonly ownerUrl: string;
  /** DATABASE_APP_URL, a login that is the role `shuiwei_app`; null = the owner takes that role per transaction. */
  readonly appUrl?: string | null;
  /** DATABASE_WORKER_URL, the same for `shuiwei_worker`. */
  readonly workerUrl?: string | null;
  readonly log: Log;
  /** Connections per role, >= 1. Default 8: more brings nothing on one machine. */
  readonly poolMax?: number;
  /** Default end of every transaction, ms. */
  readonly deadlineMs?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
}

/** The database as the rest of `db/` uses it; other folders go through `tenant.ts` and the queries. */
export interface Database {
  /**
   * Runs work in one transaction as a role; `settings` are further `SET LOCAL` statements. Tenant work calls
   * `withOrganization` instead.
   */
  transaction<T>(
    role: DatabaseRole,
    settings: string,
    work: (sql: Sql) => Promise<T>,
    options?: Partial<TransactionOptions>,
  ): Promise<T>;
  /** One statement in a transaction of its own, in one round trip. */
  statement<Row extends readonly (object | undefined)[]>(
    role: DatabaseRole,
    settings: string,
    build: (sql: Sql) => PendingQuery<Row>,
    options?: Partial<TransactionOptions>,
  ): Promise<RowList<Row>>;
  /** `transaction` with drizzle, on connections of its own: drizzle changes how its connection reads dates. */
  ormTransaction<T>(
    role: DatabaseRole,
    settings: string,
    work: (orm: Orm) => Promise<T>,
    options?: Partial<TransactionOptions>,
  ): Promise<T>;
  /** Hears notifications of one channel on a connection of its own, which is opened again whenever it is lost. */
  listen(options: ListenOptions): Listener;
  /** True when the database answers within a deadline, ms. Never throws. */
  isReachable(deadlineMs: number): Promise<boolean>;
  stats(): Readonly<Record<string, PoolStats>>;
  /** Ends listening, waits for running transactions (ms, default 10 s), then cuts every connection. */
  close(graceMs?: number): Promise<void>;
}

/** Names of the roles that the first migration makes. */
const roleNames = { app: 'shuiwei_app', worker: 'shuiwei_worker' } as const;

/**
 * A worker's statements are planned at every run, for their values and the sizes that tables have by then. Postgres
 * would plan them once per connection instead, a worker's on the empty tables of its start, and keep that plan while
 * they fill: a statement of milliseconds then takes half a minute, until autovacuum looks at the tables. Planning
 * again costs up to 4 ms; the API's short statements keep their plans.
 */
const plannedAnew = 'set local plan_cache_mode = force_custom_plan;';

const connectTimeoutMs = 5 * secondMs;
/** Longer than any page or query should take; a caller that needs more says so. */
const deadlineMsDefault = 30 * secondMs;
/** Two transactions that wait for each other's rows for so long are better off starting anew. */
const lockTimeoutMs = 10 * secondMs;
/**
 * A process that stands still inside a transaction holds up whoever wants its rows: less than the lock timeout, so
 * that the others get through. A transaction with a deadline of its own may idle for that long.
 */
const idleInTransactionMsMax = 8 * secondMs;
const idleTimeoutMs = 60 * secondMs;
const lifetimeMsMax = 30 * 60 * secondMs;

/**
 * Prepares the connections of a process: a pool for each role and for drizzle. Nothing is opened before it is needed.
 * Never hold a transaction across a call over the network: it holds a connection and its locks.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const deadlineMs = options.deadlineMs ?? deadlineMsDefault;
  const settingsFor = (url: string, purpose: string): ConnectionSettings => ({
    url,
    applicationName: `${options.applicationName ?? 'shuiwei'} ${purpose}`,
    connectTimeoutMs,
    statementTimeoutMs: deadlineMs,
    lockTimeoutMs,
    idleInTransactionTimeoutMs: Math.min(deadlineMs, idleInTransactionMsMax),
  });
  const urls = {
    app: options.appUrl ?? options.ownerUrl,
    worker: options.workerUrl ?? options.ownerUrl,
    owner: options.ownerUrl,
  };
  const poolFor = (role: DatabaseRole, purpose: string) =>
    createPool({
      ...settingsFor(urls[role], purpose),
      connectionsMax: options.poolMax ?? 8,
      idleTimeoutMs,
      lifetimeMsMax,
    });
  // A pool per role even on one URL: a prepared plan under row-level security is made anew for another role.
  const pools = {
    app: poolFor('app', 'app'),
    worker: poolFor('worker', 'worker'),
    owner: poolFor('owner', 'owner'),
    appOrm: poolFor('app', 'app orm'),
    workerOrm: poolFor('worker', 'worker orm'),
    ownerOrm: poolFor('owner', 'owner orm'),
  };
  const listeners = new Set<Listener>();
  const become = (role: DatabaseRole): string => {
    const setRole =
      role === 'owner' || urls[role] !== options.ownerUrl ? '' : `set local role ${roleNames[role]};`;
    return role === 'worker' ? `${setRole}${plannedAnew}` : setRole;
  };
  const run = <Scope, T>(
    pool: ConnectionPool,
    role: DatabaseRole,
    settings: string,
    use: (connection: Connection, sql: Sql) => Scope,
    work: (scope: Scope) => Promise<T>,
    given: Partial<TransactionOptions> = {},
  ) =>
    runTransaction(pool, `${timeouts(given.deadlineMs)}${become(role)}${settings}`, use, work, {
      deadlineMs,
      ...given,
    });

  return {
    transaction: (role, settings, work, given) =>
      run(pools[role], role, settings, (_connection, sql) => sql, work, given),
    ormTransaction: (role, settings, work, given) =>
      run(pools[`${role}Orm`], role, settings, ormOf, work, given),
    statement: (role, settings, build, given = {}) =>
      runStatement(pools[role], `${timeouts(given.deadlineMs)}${become(role)}${settings}`, build, {
        deadlineMs,
        ...given,
      }),
    listen(wanted) {
      const listener = listen(settingsFor(options.ownerUrl, 'listen'), options.log, wanted);
      listeners.add(listener);
      return listener;
    },
    async isReachable(withinMs) {
      try {
        await run(
          pools.app,
          'app',
          '',
          (_connection, sql) => sql,
          (sql) => sql`select 1`,
          { deadlineMs: withinMs },
        );
        return true;
      } catch {
        return false;
      }
    },
    stats: () => Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, pool.stats()])),
    async close(graceMs = 10 * secondMs) {
      for (const listener of listeners) listener.stop();
      await Promise.all(Object.values(pools).map((pool) => pool.close(graceMs)));
    },
  };
}

/** The server's own end for a deadline that differs from the connection's default. */
function timeouts(deadlineMs: number | undefined): string {
  if (deadlineMs === undefined) return '';
  if (!Number.isSafeInteger(deadlineMs) || deadlineMs <= 0) throw new Error('a deadline is whole ms, > 0');
  return `set local statement_timeout = ${deadlineMs};set local idle_in_transaction_session_timeout = ${deadlineMs};`;
}

const orms = new WeakMap<Connection, Orm>();

/** One drizzle instance per connection: making one costs more than a short query. */
function ormOf(connection: Connection): Orm {
  const known = orms.get(connection) ?? drizzle(connection.client);
  orms.set(connection, known);
  return known;
}
