import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Database } from '../client.ts';
import type { Sql } from '../connection.ts';
import { withoutOrganization } from '../tenant.ts';

/** A shop that this worker may poll until the lease ends, and the number that proves it. */
export interface ShopLease {
  readonly shopId: ShopId;
  readonly organizationId: OrganizationId;
  readonly platform: string;
  readonly memberId: string;
  /** Rises with every claim: writes under an older one are refused. */
  readonly fence: bigint;
}

/**
 * Takes shops that are due, in one statement, so that two workers never get the same. Writes `shop_lease`.
 * Not safe to run twice: the second time takes other shops.
 *
 * @param worker - name shown to operators
 * @param claimsMax - at most so many, >= 1
 * @param leaseSeconds - database time
 */
export async function claimShops(
  db: Database,
  worker: string,
  claimsMax: number,
  leaseSeconds: number,
): Promise<ShopLease[]> {
  const rows = await withoutOrganization(
    db,
    'worker',
    (sql) => sql<ClaimRow[]>`select * from shop_lease_claim(${worker}, ${claimsMax}, ${leaseSeconds})`,
  );
  return rows.map((row) => ({
    shopId: row.shop_id,
    organizationId: row.organization_id,
    platform: row.platform,
    memberId: row.member_id,
    fence: BigInt(row.fence),
  }));
}

/** A commit that does not wait for the disk. */
const unsynced = 'set local synchronous_commit = off;';

/** A worker that stands still between two statements of a page must not hold its locks for longer, s. */
const idleSecondsMax = 5;
/** The server ends a page so much later than its worker, ms: only for one that cannot any more. */
const serverGraceMs = 1_000;

/**
 * First statement of a transaction that writes for a shop: holds the lease row until the commit, so that nobody
 * takes over in between, and extends the lease. When the worker then falls silent, the server ends the transaction
 * after a few seconds, since it holds up the shop and the organization's event head. When it falls silent in the middle
 * of a statement, which the server takes for being busy, it does so soon after the deadline, from Postgres 17 on.
 *
 * @param deadlineMs - the deadline of the transaction itself, whole ms, > 0
 * @returns false = the lease went to somebody else: write nothing
 */
export async function holdLease(
  sql: Sql,
  lease: ShopLease,
  leaseSeconds: number,
  deadlineMs: number,
): Promise<boolean> {
  const [, , [row]] = await Promise.all([
    boundIdleness(sql),
    boundPage(sql, deadlineMs + serverGraceMs),
    sql<{ held: boolean }[]>`
      select shop_lease_hold(${lease.shopId}, ${String(lease.fence)}, ${leaseSeconds}) as held`,
  ]);
  return row?.held === true;
}

/** Sent together with the statement after it. */
function boundIdleness(sql: Sql): PromiseLike<unknown> {
  return sql.unsafe(`set local idle_in_transaction_session_timeout = '${idleSecondsMax}s'`);
}

/** Sent together with the statement after it. Older servers do not know the setting, and are not asked for it. */
function boundPage(sql: Sql, ms: number): PromiseLike<unknown> {
  return sql.unsafe(`
    do $$ begin
      if current_setting('transaction_timeout', true) is not null then
        execute 'set local transaction_timeout = ${ms}';
      end if;
    end $$`);
}

/**
 * Extends the lease while a page is being fetched. It does not wait for the disk: an extension that a crash of
 * Postgres forgets only ends the lease earlier.
 *
 * @returns false = lost
 */
export async function extendLease(db: Database, lease: ShopLease, leaseSeconds: number): Promise<boolean> {
  const [row] = await db.transaction(
    'worker',
    unsynced,
    (sql) => sql<{ held: boolean }[]>`
      select shop_lease_hold(${lease.shopId}, ${String(lease.fence)}, ${leaseSeconds}) as held`,
  );
  return row?.held === true;
}

/**
 * Says that a poll looks for hints for the last time, before it looks: whoever wakes the shop from now on is not heard
 * by it, and makes the shop due again when it is given back. Writes `shop_lease` in the caller's transaction.
 */
export async function stopListening(sql: Sql, lease: ShopLease): Promise<void> {
  await sql`select shop_lease_heard(${lease.shopId}, ${String(lease.fence)})`;
}

/**
 * Gives a shop back. Without effect when somebody else has it already. Writes `shop_lease`.
 *
 * @param dueInSeconds - database time until the next poll, >= 0; at once when the shop was woken meanwhile
 * @param isEnabled - false = nobody polls it any more until it is connected again
 */
export async function releaseLease(
  db: Database,
  lease: ShopLease,
  dueInSeconds: number,
  isEnabled: boolean,
): Promise<void> {
  await withoutOrganization(
    db,
    'worker',
    (sql) => sql`
      select shop_lease_release(${lease.shopId}, ${String(lease.fence)}, ${dueInSeconds}, ${isEnabled})`,
    { isIdempotent: true },
  );
}

/** The organizations that stages visit one after another. */
export async function loadWorkerOrganizations(db: Database): Promise<OrganizationId[]> {
  const rows = await withoutOrganization(
    db,
    'worker',
    (sql) => sql<{ organization_id: OrganizationId }[]>`select * from worker_organizations() order by 1`,
  );
  return rows.map((row) => row.organization_id);
}

/**
 * Tries to become the only one who runs a stage for an organization, until the end of the transaction.
 *
 * @param isQuick - true lets the server end the transaction when the worker falls silent for some seconds: for
 *   stages that lock levels or events and compute nothing lengthy in between
 * @returns false = somebody else runs it now
 */
export async function lockStage(
  sql: Sql,
  organizationId: OrganizationId,
  stage: string,
  isQuick = false,
): Promise<boolean> {
  const [, [row]] = await Promise.all([
    isQuick ? boundIdleness(sql) : null,
    sql<{ locked: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${`${stage}/${organizationId}`}, 0)) as locked`,
  ]);
  return row?.locked === true;
}

interface ClaimRow {
  shop_id: ShopId;
  organization_id: OrganizationId;
  platform: string;
  member_id: string;
  fence: string;
}
