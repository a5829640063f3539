import type { PolicyChangeLine } from '../../domain/notification/sales-policy-message.ts';
import type { SalesPolicyState } from '../../domain/sales-policy.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';
import type { EventRow } from './event.ts';

/** What a storefront may do with an item now. */
export interface SalesPolicyRow {
  itemId: string;
  sku: string;
  /** NORMAL for an item that was never in another state. */
  state: SalesPolicyState;
  ruleId: string | null;
  /** Null = always NORMAL so far. */
  sinceAt: Date | null;
}

/** What states can be found by. */
export type SalesPolicyField = 'itemId' | 'sku' | 'state';

/** The state of every item: one row each, by two primary keys. */
export const salesPolicies: Collection<SalesPolicyRow, SalesPolicyField> = {
  name: 'salesPolicies',
  columns: ({ sql }) => sql`
    i.item_id as "itemId", i.sku, coalesce(s.state, 'NORMAL') as state, s.rule_id as "ruleId",
    s.since_at as "sinceAt"`,
  from: ({ sql }) => sql`item i
    left join sales_policy_state s on s.organization_id = i.organization_id and s.item_id = i.item_id`,
  fields: {
    itemId: column('i', 'item_id', 'uuid'),
    sku: column('i', 'sku', 'text'),
    state: { expression: ({ sql }) => sql`coalesce(s.state, 'NORMAL')`, type: 'text' },
  },
  key: ['itemId'],
};

/** One change of an item's state, with the facts it was decided on. Quantities are decimal text. */
export interface SalesPolicyEventRow extends EventRow {
  changeId: string;
  itemId: string;
  sku: string;
  state: SalesPolicyState;
  previousState: SalesPolicyState;
  ruleId: string | null;
  available: string | null;
  daysToStockOut: number | null;
}

/** What events can be found by. */
export type SalesPolicyEventField = 'number' | 'itemId';

/** Changes in commit order; numbers of other topics lie between them. */
export const salesPolicyEvents: Collection<SalesPolicyEventRow, SalesPolicyEventField> = {
  name: 'salesPolicyEvents',
  columns: ({ sql }) => sql`
    e.number, h.epoch, e.occurred_at as "occurredAt", e.recorded_at as "eventRecordedAt",
    c.change_id as "changeId", c.item_id as "itemId", i.sku, c.state, c.previous_state as "previousState",
    c.rule_id as "ruleId", c.available, c.days_to_stock_out as "daysToStockOut"`,
  from: ({ sql }) => sql`(select * from event_log where topic = 'SALES_POLICY') e
    join event_head h on h.organization_id = e.organization_id
    join sales_policy_change c on c.organization_id = e.organization_id and c.change_id = e.sales_policy_change_id
    join item i on i.organization_id = c.organization_id and i.item_id = c.item_id`,
  fields: { number: column('e', 'number', 'bigint'), itemId: column('c', 'item_id', 'uuid') },
  key: ['number'],
};

interface UntoldRow extends Omit<PolicyChangeLine, 'cursor' | 'changeId'> {
  readonly number: string;
  readonly epoch: string;
  readonly changeId: string | null;
}

/**
 * Changes after a number, oldest first, and how far the log was read. Reads `event_log`, `sales_policy_change`, `item`.
 *
 * @param after - decimal text of an int64
 * @param limit - events of any topic looked at
 */
export async function loadUntoldSalesChanges(
  sql: Sql,
  after: string,
  limit: number,
): Promise<{ changes: PolicyChangeLine[]; last: string }> {
  const rows = await sql<UntoldRow[]>`
    select e.number::text as number, h.epoch, c.change_id as "changeId", c.item_id as "itemId", i.sku,
           i.title as "itemTitle", c.state, c.previous_state as "previousState", c.available::text as available,
           c.days_to_stock_out as "daysToStockOut", e.occurred_at as "occurredAt"
    from (
      select organization_id, number, sales_policy_change_id, occurred_at from event_log
      where number > ${after}::text::bigint order by organization_id, number limit ${limit}
    ) e
    join event_head h on h.organization_id = e.organization_id
    left join sales_policy_change c on c.organization_id = e.organization_id and c.change_id = e.sales_policy_change_id
    left join item i on i.organization_id = c.organization_id and i.item_id = c.item_id
    order by e.number`;
  const changes = rows.flatMap(({ number, epoch, changeId, ...facts }): PolicyChangeLine[] =>
    changeId === null ? [] : [{ ...facts, changeId, cursor: toCursor(epoch, number) }],
  );
  return { changes, last: rows.at(-1)?.number ?? after };
}

/** As the API gives cursors of events; a test holds the two together. */
function toCursor(epoch: string, number: string): string {
  return Buffer.from(`${epoch}:${number}`, 'utf8').toString('base64url');
}

/** Removes changes recorded before an instant, at most so many. Run it until it answers 0. Writes `sales_policy_change`. */
export async function removeSalesPolicyChanges(sql: Sql, before: Date, limit: number): Promise<number> {
  const { count } = await sql`
    delete from sales_policy_change where change_id in (
      select change_id from sales_policy_change where recorded_at < ${before} order by recorded_at limit ${limit})`;
  return count;
}
