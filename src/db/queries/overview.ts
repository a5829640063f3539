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
    with level as (
      select l.item_id, w.kind, l.available, l.is_low, l.is_watched, l.data_state, l.checked_at
      from stock_level l
      join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
    ), stock as (
      select item_id,
        coalesce(sum(available) filter (where kind = 'PHYSICAL'),
                 max(available) filter (where kind = 'MARKETPLACE_POOL'), 0) as available
      from level group by item_id
    ), value as (
      select sum(greatest(s.available, 0) * i.unit_cost) as amount,
        count(*) filter (where i.unit_cost is null)::int as without_cost,
        trim_scale(coalesce(sum(greatest(s.available, 0)), 0))::text as units
      from item i left join stock s on s.item_id = i.item_id
    ), levels as (
      select count(*)::int as level_count,
        count(*) filter (where is_low)::int as low,
        count(*) filter (where is_watched and available <= 0)::int as out_of_stock,
        count(*) filter (where data_state = 'SUSPECT')::int as suspect,
        count(*) filter (where data_state <> 'SUSPECT' and checked_at < ${staleBefore}::timestamptz
          and checked_at >= ${unknownBefore}::timestamptz)::int as stale,
        count(*) filter (where data_state <> 'SUSPECT' and checked_at < ${unknownBefore}::timestamptz)::int as unknown,
        max(checked_at) as data_as_of
      from level
    ), alerts as (
      select count(*)::int as open, count(*) filter (where severity = 'CRITICAL')::int as critical,
        count(*) filter (where state = 'FIRING')::int as firing
      from stock_alert where state <> 'RESOLVED'
    )
    select (select count(*)::int from item) as "itemCount",
      (select count(*)::int from warehouse where kind = 'PHYSICAL') as "warehouseCount",
      levels.level_count as "levelCount", levels.low as "lowLevelCount",
      levels.out_of_stock as "outOfStockLevelCount", levels.suspect as "suspectLevelCount",
      levels.stale as "staleLevelCount", levels.unknown as "unknownLevelCount",
      alerts.open as "openAlertCount", alerts.critical as "criticalAlertCount", alerts.firing as "firingAlertCount",
      (select count(*)::int from inbound_shipment where status in ('ORDERED', 'SHIPPED')) as "openShipmentCount",
      (select count(*)::int from shop) as "shopCount",
      (select count(*)::int from shop where state <> 'ACTIVE') as "troubledShopCount",
      value.amount as "stockValue", value.without_cost as "itemWithoutCostCount",
      value.units as "availableUnits", levels.data_as_of as "dataAsOf"
    from levels, alerts, value`;
  const row = rows[0];
  if (row === undefined) throw new Error('a sum without rows');
  return row;
}
