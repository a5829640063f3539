import type {
  ActiveSalesRule,
  HeldSalesPolicy,
  SalesPolicyFacts,
  SalesPolicyState,
} from '../../domain/sales-policy.ts';
import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import type { ItemId, OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** An item with what its state is decided from, and what was decided last. */
export interface SalesPolicyCandidate {
  readonly itemId: ItemId;
  readonly facts: SalesPolicyFacts;
  readonly held: HeldSalesState | null;
}

/** What is stored of an item. */
interface HeldSalesState extends HeldSalesPolicy {
  readonly ruleId: string | null;
  readonly sinceAt: Date;
  /** True when it was to be looked at again at some time. */
  readonly isRecheckPending: boolean;
}

interface CandidateRow {
  itemId: ItemId;
  category: string | null;
  available: string | null;
  incoming: string | null;
  planned: boolean;
  days: number | null;
  alerts: string;
  state: SalesPolicyState | null;
  ruleId: string | null;
  active: string | null;
  sinceAt: Date | null;
  recheck: boolean;
}

/**
 * Loads what the states of some items are decided from, in key order. Locks nothing: only the stage writes states,
 * one worker at a time.
 *
 * Physical warehouses count where there are any, else the pools. A reading in doubt makes available unknown; a level
 * without a plan makes days unknown unless another level is empty sooner. Reads `item`, `stock_level`, `warehouse`,
 * `level_plan`, `stock_alert`, `sales_policy_state`.
 */
export async function loadSalesPolicyCandidates(
  sql: Sql,
  itemIds: readonly ItemId[],
): Promise<SalesPolicyCandidate[]> {
  if (itemIds.length === 0) return [];
  const rows = await sql<CandidateRow[]>`
    select i.item_id as "itemId", i.category, case when l.doubted then null else l.available end as available,
           l.incoming, l.planned, l.days, a.alerts, s.state, s.rule_id as "ruleId", s.active, s.since_at as "sinceAt",
           s.recheck_at is not null as recheck
    from unnest(${[...itemIds]}::text[]::uuid[]) as k(item_id)
    join item i using (item_id)
    cross join lateral (
      select case when bool_or(v.physical) then sum(v.available) filter (where v.physical)
                  else max(v.available) end as available,
             sum(v.incoming) filter (where v.physical) as incoming,
             coalesce(bool_or(v.doubted), false) as doubted, min(v.days) as days,
             coalesce(bool_and(v.planned), false) as planned
      from (
        select l.available, l.incoming, w.kind = 'PHYSICAL' as physical, l.data_state = 'SUSPECT' as doubted,
               p.days_to_stock_out_p50 as days, p.item_id is not null and p.unavailable_reason is null as planned,
               bool_or(w.kind = 'PHYSICAL') over () as has_physical
        from stock_level l
        join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
        left join level_plan p on p.organization_id = l.organization_id and p.item_id = l.item_id
          and p.warehouse_id = l.warehouse_id
        where l.organization_id = i.organization_id and l.item_id = i.item_id
      ) v where v.physical or not v.has_physical
    ) l
    cross join lateral (
      select coalesce(json_agg(json_build_object('kind', kind, 'severity', severity)), '[]'::json) as alerts
      from stock_alert where organization_id = i.organization_id and item_id = i.item_id
        and state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED')
    ) a
    left join sales_policy_state s on s.organization_id = i.organization_id and s.item_id = i.item_id
    order by i.item_id`;
  return rows.map((row) => ({
    itemId: row.itemId,
    facts: {
      itemId: row.itemId,
      category: row.category,
      available: row.available === null ? null : new Decimal(row.available),
      daysToStockOut: row.days ?? (row.planned ? Infinity : null),
      incoming: row.incoming === null ? null : new Decimal(row.incoming),
      alerts: JSON.parse(row.alerts) as SalesPolicyFacts['alerts'],
    },
    held:
      row.state === null || row.sinceAt === null
        ? null
        : {
            ...{ state: row.state, ruleId: row.ruleId, isRecheckPending: row.recheck },
            active: JSON.parse(row.active ?? '[]') as ActiveSalesRule[],
            sinceAt: row.sinceAt,
          },
  }));
}

/** A state as it shall be. */
export interface SalesPolicyStateWrite {
  readonly itemId: ItemId;
  readonly state: SalesPolicyState;
  readonly ruleId: string | null;
  readonly active: readonly ActiveSalesRule[];
  readonly sinceAt: Date;
  readonly recheckAt: Date | null;
}

/** Writes `sales_policy_state` in one statement. Run twice: the same rows. */
export async function saveSalesPolicyStates(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly SalesPolicyStateWrite[],
  recordedAt: Date,
): Promise<void> {
  if (writes.length === 0) return;
  await sql`
    insert into sales_policy_state (
      organization_id, item_id, state, rule_id, active, since_at, recheck_at, recorded_at)
    select ${organizationId}, g.item_id, g.state, g.rule_id, g.active, g.since_at, g.recheck_at, ${recordedAt}
    from rows from (
      unnest(${writes.map((one) => one.itemId)}::text[]::uuid[]),
      unnest(${writes.map((one) => one.state)}::text[]),
      unnest(${writes.map((one) => one.ruleId)}::text[]::uuid[]),
      unnest(${writes.map((one) => JSON.stringify(one.active))}::text[]::json[]),
      unnest(${writes.map((one) => one.sinceAt.toISOString())}::text[]::timestamptz[]),
      unnest(${writes.map((one) => one.recheckAt?.toISOString() ?? null)}::text[]::timestamptz[])
    ) as g(item_id, state, rule_id, active, since_at, recheck_at)
    on conflict (organization_id, item_id) do update
    set state = excluded.state, rule_id = excluded.rule_id, active = excluded.active, since_at = excluded.since_at,
        recheck_at = excluded.recheck_at, recorded_at = excluded.recorded_at`;
}

/** A change of an item's state. */
export interface SalesPolicyChangeWrite {
  readonly changeId: string;
  readonly itemId: ItemId;
  readonly state: SalesPolicyState;
  readonly previousState: SalesPolicyState;
  readonly ruleId: string | null;
  readonly facts: SalesPolicyFacts;
}

/** Writes `sales_policy_change` in one statement; the caller appends the events last. */
export async function saveSalesPolicyChanges(
  sql: Sql,
  organizationId: OrganizationId,
  changes: readonly SalesPolicyChangeWrite[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const { available, days } = {
    available: changes.map(({ facts }) => (facts.available === null ? null : formatDecimal(facts.available))),
    days: changes.map(({ facts: { daysToStockOut } }) =>
      daysToStockOut === null || daysToStockOut === Infinity ? null : String(daysToStockOut),
    ),
  };
  await sql`
    insert into sales_policy_change (
      organization_id, change_id, item_id, state, previous_state, rule_id, available, days_to_stock_out, occurred_at,
      recorded_at)
    select ${organizationId}, g.*, ${at}::timestamptz, ${at}::timestamptz
    from rows from (
      unnest(${changes.map((one) => one.changeId)}::text[]::uuid[]),
      unnest(${changes.map((one) => one.itemId)}::text[]::uuid[]),
      unnest(${changes.map((one) => one.state)}::text[]),
      unnest(${changes.map((one) => one.previousState)}::text[]),
      unnest(${changes.map((one) => one.ruleId)}::text[]::uuid[]),
      unnest(${available}::text[]::numeric[]),
      unnest(${days}::text[]::integer[])
    ) as g(change_id, item_id, state, previous_state, rule_id, available, days)`;
}
