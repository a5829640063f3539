import { freshAgeMsMax, knownAgeMsMax } from '../../domain/data-age.ts';
import type { QueryScope } from './collection.ts';

/** The organization at one glance. Amounts are decimal text. */
export interface OverviewRow {
  itemCount: number;
  warehouseCount: number;
  levelCount: number;
  lowLevelCount: number;
  outOfStockLevelCount: number;
  suspectLevelCount: number;
  staleLevelCount: number;
  unknownLevelCount: number;
  openAlertCount: number;
  criticalAlertCount: number;
  firingAlertCount: number;
  openShipmentCount: number;
  shopCount: number;
  troubledShopCount: number;
  /** Of items with a known cost; null when none has one. */
  stockValue: string | null;
  itemWithoutCostCount: number;
  /** What lies in warehouses, in pools where an item has none, below zero as zero. */
  availableUnits: string;
  /** Newest confirmation of any level; null without levels. */
  dataAsOf: Date | null;
}

/**
 * Counts and adds up everything of the organization in one statement. Reads `item`, `warehouse`, `stock_level`,
 * `stock_alert`, `inbound_shipment`, `shop`: its cost grows with the number of levels.
 */
export async function loadOverview({ sql, now }: QueryScope): Promise<OverviewRow> {
  const staleBefore = new Date(now.getTime() - freshAgeMsMax);
  const unknownBefore = new Date(now.getTime() - knownAgeMsMax);
  const rows = await sql<OverviewRow[]>`
    with stock as (
      -- One pass: what an item has and what its levels count, so that nothing is written down in between.
      select l.item_id,
        coalesce(sum(l.available) filter (where w.kind = 'PHYSICAL'),
                 max(l.available) filter (where w.kind = 'MARKETPLACE_POOL'), 0) as available,
        count(*) as level_count,
        count(*) filter (where l.is_low) as low,
        count(*) filter (where l.is_watched and l.available <= 0) as out_of_stock,
        count(*) filter (where l.data_state = 'SUSPECT') as suspect,
        count(*) filter (where l.data_state <> 'SUSPECT' and l.checked_at < ${staleBefore}::timestamptz
          and l.checked_at >= ${unknownBefore}::timestamptz) as stale,
        count(*) filter (where l.data_state <> 'SUSPECT' and l.checked_at < ${unknownBefore}::timestamptz) as unknown,
        max(l.checked_at) as data_as_of
      from stock_level l
      join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
      group by l.item_id
    ), total as (
      select count(*)::int as items, sum(greatest(s.available, 0) * i.unit_cost) as amount,
        count(*) filter (where i.unit_cost is null)::int as without_cost,
        trim_scale(coalesce(sum(greatest(s.available, 0)), 0))::text as units,
        coalesce(sum(s.level_count), 0)::int as level_count, coalesce(sum(s.low), 0)::int as low,
        coalesce(sum(s.out_of_stock), 0)::int as out_of_stock, coalesce(sum(s.suspect), 0)::int as suspect,
        coalesce(sum(s.stale), 0)::int as stale, coalesce(sum(s.unknown), 0)::int as unknown,
        max(s.data_as_of) as data_as_of
      from item i left join stock s on s.item_id = i.item_id
    ), alerts as (
      select count(*)::int as open, count(*) filter (where severity = 'CRITICAL')::int as critical,
        count(*) filter (where state = 'FIRING')::int as firing
      from stock_alert where state <> 'RESOLVED'
    )
    select total.items as "itemCount",
      (select count(*)::int from warehouse where kind = 'PHYSICAL') as "warehouseCount",
      total.level_count as "levelCount", total.low as "lowLevelCount",
      total.out_of_stock as "outOfStockLevelCount", total.suspect as "suspectLevelCount",
      total.stale as "staleLevelCount", total.unknown as "unknownLevelCount",
      alerts.open as "openAlertCount", alerts.critical as "criticalAlertCount", alerts.firing as "firingAlertCount",
      (select count(*)::int from inbound_shipment where status in ('ORDERED', 'SHIPPED')) as "openShipmentCount",
      (select count(*)::int from shop) as "shopCount",
      (select count(*)::int from shop where state <> 'ACTIVE') as "troubledShopCount",
      total.amount as "stockValue", total.without_cost as "itemWithoutCostCount",
      total.units as "availableUnits", total.data_as_of as "dataAsOf"
    from alerts, total`;
  const row = rows[0];
  if (row === undefined) throw new Error('a sum without rows');
  return row;
}
