import type { CalendarDate } from '../../shared/time.ts';
import type { Sql } from '../connection.ts';

/** How far the demand of the days before a business day was read. */
export interface DemandReading {
  /** When the day began. */
  readonly startedAt: Date;
  /** True when every source that was ever read was read past the day's beginning. */
  readonly isWhole: boolean;
  /** True when a source that works is about to be: waiting for it makes sense. */
  readonly isComing: boolean;
}

/**
 * Tells whether the orders of pools and the movements of warehouses were read up to the beginning of a day. A source
 * that was never read says nothing. Reads `warehouse`, `shop`, `sync_state`.
 *
 * @param day - business day in `timeZone`
 */
export async function loadDemandReading(
  sql: Sql,
  day: CalendarDate,
  timeZone: string,
): Promise<DemandReading> {
  const [row] = await sql<DemandReading[]>`
    select began.at as "startedAt", coalesce(bool_and(s.watermark_at >= began.at), true) as "isWhole",
           coalesce(bool_or(s.watermark_at < began.at and h.state = 'ACTIVE'), false) as "isComing"
    from (select ${day}::text::date::timestamp at time zone ${timeZone}::text as at) began
    left join warehouse w on w.shop_id is not null
    left join shop h on h.organization_id = w.organization_id and h.shop_id = w.shop_id
    left join sync_state s on s.shop_id = w.shop_id
      and s.stream = case when w.kind = 'PHYSICAL' then 'stock_movements' else 'sales_orders' end
    group by began.at`;
  return row!;
}
