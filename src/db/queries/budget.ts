import type { Database } from '../client.ts';
import { withoutOrganization } from '../tenant.ts';

/** A token bucket: of an app, or of a shop. */
export interface BudgetBucket {
  /** `app:<platform>:<app key>` or `shop:<uuid>`. */
  readonly key: string;
  /** Calls a second in the long run, > 0. */
  readonly perSecond: number;
  /** Calls at once after a rest, >= 1. */
  readonly burst: number;
}

/**
 * Takes one call from all of these buckets, or from none. One statement, by the clock of the database, so that all
 * workers share what there is. Writes `call_budget`, without waiting for the disk: a crash of Postgres may forget
 * the calls of its last moment.
 *
 * @returns 0 = taken; else how long to wait before asking again, ms
 */
export async function takeCall(db: Database, buckets: readonly BudgetBucket[]): Promise<number> {
  const [row] = await db.transaction(
    'worker',
    'set local synchronous_commit = off;',
    (sql) => sql<{ wait_ms: number }[]>`
      select call_budget_take(
        ${buckets.map((bucket) => bucket.key)}::text[],
        ${buckets.map((bucket) => String(bucket.perSecond))}::text[]::double precision[],
        ${buckets.map((bucket) => String(bucket.burst))}::text[]::double precision[]) as wait_ms`,
  );
  return row?.wait_ms ?? 0;
}

/** Lets nobody call until the pause is over; a longer pause stays. Database time. Writes `call_budget`. */
export async function pauseCalls(db: Database, keys: readonly string[], seconds: number): Promise<void> {
  await withoutOrganization(
    db,
    'worker',
    (sql) => sql`
      select call_budget_pause(key, ${seconds}) from unnest(${[...keys].sort()}::text[]) as given(key)`,
    { isIdempotent: true },
  );
}
