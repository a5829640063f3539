import type { Sql } from '../connection.ts';

/** Lines and units of one class of a replayed trace, as they stand in the database. */
interface StoredClassCount {
  readonly lines: number;
  readonly units: number;
}

/** The classes of a replayed trace, counted in the tables that each travels into. */
export interface StoredTraceClasses {
  readonly sales: StoredClassCount;
  readonly matchedCancellations: StoredClassCount;
  readonly unmatchedReturns: StoredClassCount;
  readonly nonGoods: StoredClassCount;
  readonly unpriced: StoredClassCount;
  readonly corrections: StoredClassCount;
}

/**
 * Counts what a replay has stored, class by class: sales are order lines; returns and corrections are movements, a
 * return that belongs to a sale refers to it; lines that name no goods were quarantined, those without a price are
 * the unpriced ones.
 *
 * Reads `sales_order_line`, `stock_movement` and `quarantined_row` of the transaction's organization.
 */
export async function countStoredTraceClasses(sql: Sql): Promise<StoredTraceClasses> {
  const rows = await sql<{ class: keyof StoredTraceClasses; lines: string; units: string | null }[]>`
    select 'sales' as class, count(*) as lines, sum(quantity) as units from sales_order_line
    union all
    select case when kind like 'ADJUSTED%' then 'corrections'
                when reference is not null then 'matchedCancellations' else 'unmatchedReturns' end,
           count(*) filter (where movement_id not like '%-rest'), sum(quantity)
    from stock_movement where kind in ('RETURNED', 'ADJUSTED_UP', 'ADJUSTED_DOWN') group by 1
    union all
    select case when line ->> 'price' is null then 'unpriced' else 'nonGoods' end,
           count(*), sum(abs((line ->> 'quantity')::numeric))
    from (
      select distinct on (row_key) raw::json as line from quarantined_row
      where stream = 'sales_orders' and row_key like '%/%' and raw::json ->> 'productID' is null
    ) refused group by 1`;
  const none = { lines: 0, units: 0 };
  const counted = {
    sales: none,
    matchedCancellations: none,
    unmatchedReturns: none,
    nonGoods: none,
    unpriced: none,
    corrections: none,
  };
  for (const row of rows) counted[row.class] = { lines: Number(row.lines), units: Number(row.units ?? 0) };
  return counted;
}
