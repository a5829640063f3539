import type { SalesPolicyListed } from '../../domain/sales-policy-write.ts';
import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { SalesPolicyWriteState } from '../tables/sales-policy.ts';
import { type Collection, column } from './collection.ts';

/** One quantity for sale that was to be changed on a platform. Quantities are decimal text in listing units. */
export interface SalesPolicyWriteRow {
  writeId: string;
  itemId: string;
  shopId: string;
  productId: string;
  specId: string;
  isDryRun: boolean;
  state: SalesPolicyWriteState;
  listed: SalesPolicyListed;
  wanted: string | null;
  readBefore: string | null;
  sentChange: string | null;
  readAfter: string | null;
  attempts: number;
  errorCode: string | null;
  message: string | null;
  plannedAt: Date;
  finishedAt: Date | null;
}

/** What writes can be filtered by. */
export type SalesPolicyWriteField = 'writeId' | 'itemId' | 'plannedAt';

/** All writes of the organization: what is to be done, and the record of what was. */
export const salesPolicyWrites: Collection<SalesPolicyWriteRow, SalesPolicyWriteField> = {
  name: 'salesPolicyWrites',
  columns: ({ sql }) => sql`
    v.write_id as "writeId", v.item_id as "itemId", v.shop_id as "shopId", v.product_id as "productId",
    v.spec_id as "specId", v.is_dry_run as "isDryRun", v.state, v.listed, v.wanted, v.read_before as "readBefore",
    v.sent_change as "sentChange", v.read_after as "readAfter", v.attempts, v.error_code as "errorCode", v.message,
    v.planned_at as "plannedAt", v.finished_at as "finishedAt"`,
  from: ({ sql }) => sql`sales_policy_write v`,
  fields: {
    writeId: column('v', 'write_id', 'uuid'),
    itemId: column('v', 'item_id', 'uuid'),
    plannedAt: column('v', 'planned_at', 'timestamptz'),
  },
  key: ['writeId'],
};

/**
 * Plans the write-backs of some changes: what the deciding rule wants the channel to offer; and where no rule wants
 * anything any more, what the warehouses hold, if something was taken off sale before. Each listing of the item on
 * 1688 gets one; older ones that were not begun are superseded.
 *
 * Reads changes, rules, `listing`, `shop`; writes `sales_policy_write` in the caller's transaction. Run twice: the
 * same rows.
 */
export async function planSalesPolicyWrites(
  sql: Sql,
  organizationId: OrganizationId,
  changeIds: readonly string[],
  isDryRun: boolean,
  at: Date,
): Promise<void> {
  if (changeIds.length === 0) return;
  await sql`
    with wish as (
      select distinct on (c.item_id) c.change_id, c.item_id,
        case when r.listed <> 'KEEP' then r.listed when last.listed = 'ZERO' then 'PHYSICAL' end as listed
      from unnest(${[...changeIds]}::text[]::uuid[]) with ordinality as k(change_id, position)
      join sales_policy_change c using (change_id)
      left join sales_policy_rule r on r.organization_id = c.organization_id and r.rule_id = c.rule_id
      left join lateral (
        select w.listed from sales_policy_write w
        where w.organization_id = c.organization_id and w.item_id = c.item_id and w.is_dry_run = ${isDryRun}
          and w.state <> 'SUPERSEDED' and w.change_id <> c.change_id
        order by w.planned_at desc, w.write_id limit 1
      ) last on true
      order by c.item_id, k.position desc
    ), planned as (
      insert into sales_policy_write (
        organization_id, write_id, change_id, item_id, shop_id, product_id, spec_id, is_dry_run, state, listed, attempts,
        planned_at, next_attempt_at, recorded_at)
      select ${organizationId}, gen_random_uuid(), w.change_id, w.item_id, g.shop_id, g.product_id, g.spec_id,
             ${isDryRun}, 'PLANNED', w.listed, 0, ${at}, clock_timestamp(), ${at}
      from wish w
      join listing g on g.item_id = w.item_id
      join shop s on s.organization_id = g.organization_id and s.shop_id = g.shop_id and s.platform = 'alibaba-1688'
      where w.listed is not null
      on conflict (organization_id, change_id, shop_id, product_id, spec_id) do nothing
      returning write_id, shop_id, product_id, spec_id
    )
    update sales_policy_write old
    set state = 'SUPERSEDED', finished_at = ${at}
    from planned p
    where old.shop_id = p.shop_id and old.product_id = p.product_id and old.spec_id = p.spec_id
      and old.write_id <> p.write_id and old.state = 'PLANNED'`;
}

/** A write that this worker may make until the lease ends. */
export interface ClaimedSalesWrite {
  readonly writeId: string;
  readonly itemId: string;
  readonly productId: string;
  readonly specId: string;
  readonly isDryRun: boolean;
  readonly listed: SalesPolicyListed;
  readonly attempts: number;
  readonly shopId: ShopId;
  readonly platform: string;
  readonly memberId: string;
  readonly name: string;
  readonly endpointUrl: string | null;
}

/**
 * Takes the next write that is due, unless one before it on the same listing is still open: two never meet. Writes
 * `sales_policy_write`. One that was being sent when its worker died is UNCERTAIN from then on.
 *
 * @param leaseSeconds - database time, longer than reading and writing last
 */
export async function claimSalesPolicyWrite(
  sql: Sql,
  leaseSeconds: number,
): Promise<ClaimedSalesWrite | null> {
  const [row] = await sql<ClaimedSalesWrite[]>`
    update sales_policy_write v
    set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}),
        state = case when v.state = 'SENDING' then 'UNCERTAIN' else v.state end
    from shop s
    where s.organization_id = v.organization_id and s.shop_id = v.shop_id and v.write_id = (
      select w.write_id from sales_policy_write w
      where w.state in ('PLANNED', 'SENDING', 'UNCERTAIN') and w.next_attempt_at <= clock_timestamp()
        and (w.lease_until is null or w.lease_until <= clock_timestamp())
        and not exists (
          select from sales_policy_write o
          where o.shop_id = w.shop_id and o.product_id = w.product_id and o.spec_id = w.spec_id
            and o.state in ('SENDING', 'UNCERTAIN') and o.write_id <> w.write_id and o.planned_at <= w.planned_at)
      order by w.planned_at, w.write_id limit 1 for update skip locked)
    returning v.write_id as "writeId", v.item_id as "itemId", v.product_id as "productId", v.spec_id as "specId",
              v.is_dry_run as "isDryRun", v.listed, v.attempts, s.shop_id as "shopId", s.platform,
              s.member_id as "memberId", s.name, s.endpoint_url as "endpointUrl"`;
  return row ?? null;
}

/** What is stored of a write after a step of it. Absent fields stay. */
export interface SalesWriteProgress {
  readonly state: SalesPolicyWriteState;
  readonly wanted?: string;
  readonly readBefore?: string | null;
  readonly sentChange?: string;
  readonly readAfter?: string | null;
  readonly errorCode?: string;
  readonly message?: string;
  /** True when a call is about to be made. */
  readonly isAttempt?: boolean;
  /** Database time until the next attempt, s. */
  readonly waitSeconds?: number;
  /** Business time; null = not finished. */
  readonly finishedAt: Date | null;
}

/** Notes how far a write is. SENDING keeps the lease, all else gives it back. Writes `sales_policy_write`. */
export async function noteSalesPolicyWrite(
  sql: Sql,
  writeId: string,
  progress: SalesWriteProgress,
): Promise<void> {
  const given = (value: string | null | undefined) => value ?? null;
  await sql`
    update sales_policy_write
    set state = ${progress.state},
        wanted = coalesce(${given(progress.wanted)}::text::numeric, wanted),
        read_before = coalesce(${given(progress.readBefore)}::text::numeric, read_before),
        sent_change = coalesce(${given(progress.sentChange)}::text::numeric, sent_change),
        read_after = coalesce(${given(progress.readAfter)}::text::numeric, read_after),
        error_code = ${given(progress.errorCode)}, message = ${given(progress.message)},
        attempts = attempts + ${progress.isAttempt === true ? 1 : 0},
        next_attempt_at = clock_timestamp() + make_interval(secs => ${progress.waitSeconds ?? 0}),
        lease_until = case when ${progress.state} = 'SENDING' then lease_until end,
        finished_at = ${progress.finishedAt}
    where write_id = ${writeId} and state in ('PLANNED', 'SENDING', 'UNCERTAIN')`;
}

/** What physical warehouses hold of an item and how many units one of the listing is. Reads levels and `listing`. */
export async function loadListedFacts(
  sql: Sql,
  write: Pick<ClaimedSalesWrite, 'itemId' | 'shopId' | 'productId' | 'specId'>,
): Promise<{ physical: string | null; packFactor: string } | null> {
  const [row] = await sql<{ physical: string | null; packFactor: string }[]>`
    select g.pack_factor::text as "packFactor", (
      select sum(l.available)::text from stock_level l
      join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
      where l.organization_id = g.organization_id and l.item_id = g.item_id and w.kind = 'PHYSICAL'
    ) as physical
    from listing g
    where g.shop_id = ${write.shopId} and g.product_id = ${write.productId} and g.spec_id = ${write.specId}
      and g.item_id = ${write.itemId}`;
  return row ?? null;
}
