import type { Database } from '../client.ts';
import { type TenantRole, withoutOrganization } from '../tenant.ts';
import { codeOf } from '../transaction.ts';

/**
 * Months whose partition the workers of this process have seen, per database: a look-up per page would be wasted.
 * Another process may drop one meanwhile, see {@link forgetSnapshotPartitions}.
 */
const seenMonths = new WeakMap<Database, Set<string>>();

/**
 * Makes the snapshot partitions of the months in which these instants lie, past ones too.
 *
 * In a transaction of its own, before the one that writes: making a partition locks the whole table for a moment.
 * Safe to run twice and beside itself.
 *
 * @throws Error of Postgres 22008 if an instant lies outside the years 2000 to 2100
 */
export async function ensureSnapshotPartitions(
  db: Database,
  role: TenantRole,
  instants: readonly Date[],
): Promise<void> {
  const seen = seenMonths.get(db) ?? new Set<string>();
  // Mutations are rare enough to look, and have nobody who would run them again.
  if (role === 'worker') seenMonths.set(db, seen);
  const months = new Set(instants.map((instant) => instant.toISOString().slice(0, 7)));
  for (const month of [...months].sort()) {
    if (role === 'worker' && seen.has(month)) continue;
    await withoutOrganization(
      db,
      role,
      (sql) => sql`select stock_snapshot_ensure_partition(${`${month}-01`})`,
      {
        isIdempotent: true,
      },
    );
    seen.add(month);
  }
}

/** Forgets which partitions were seen: another process has dropped one. The next look finds out. */
export function forgetSnapshotPartitions(db: Database): void {
  seenMonths.delete(db);
}

/** Whether a transaction failed because a snapshot's month has no partition. */
export function isPartitionMissing(error: unknown): boolean {
  if (codeOf(error) !== '23514') return false;
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    // A broken check has the same SQLSTATE, and a name.
    if ('table_name' in inner) return inner.table_name === 'stock_snapshot' && !('constraint_name' in inner);
  }
  return false;
}

/**
 * Drops the snapshot partitions whose whole month lies before a day. Run twice: the second time drops nothing.
 *
 * @returns how many were dropped
 */
export async function dropSnapshotPartitions(db: Database, before: Date): Promise<number> {
  const [row] = await withoutOrganization(
    db,
    'worker',
    (sql) => sql<{ dropped: number }[]>`
      select stock_snapshot_drop_partitions(${before.toISOString().slice(0, 10)}) as dropped`,
  );
  forgetSnapshotPartitions(db);
  return row?.dropped ?? 0;
}
