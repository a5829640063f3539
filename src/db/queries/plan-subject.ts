import { freshAgeMsMax } from '../../domain/data-age.ts';
import type { SafetyStockMethod } from '../../domain/plan/safety-stock.ts';
import { goneStatuses } from '../../domain/stock.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';
import { saysSourceIsDown } from './source-down.ts';

/** A level with everything that planning reads of it in one row. Decimal and JSON text. */
export interface PlanSubject extends LevelKey {
  readonly category: string | null;
  readonly supplierName: string | null;
  readonly unitDecimals: number;
  readonly unitCost: string | null;
  readonly unitPrice: string | null;
  readonly available: string;
  readonly onHand: string | null;
  readonly incoming: string | null;
  readonly isIncomingReported: boolean;
  readonly isWatched: boolean;
  /** True: its reading is held back, its source was not read lately, fails or is cut off, or stopped confirming it. */
  readonly isSourceDown: boolean;
  readonly observedAt: Date;
  /** True: a pool on which every offer of the item is gone, and nothing is left. */
  readonly isDelisted: boolean;
  /** IANA name of the warehouse's zone. */
  readonly timeZone: string;
  /** Today in the warehouse's zone, and the last day whose demand is wholly known. */
  readonly today: string;
  readonly lastDay: string;
  /** The instant at which that last day ended. */
  readonly knownUntilAt: Date;
  readonly safetyStock: string | null;
  readonly leadTimeDays: string | null;
  readonly reviewPeriodDays: string | null;
  readonly serviceLevel: string | null;
  readonly minOrderQuantity: string | null;
  readonly safetyStockMethod: SafetyStockMethod | null;
  readonly serviceLevelBasis: 'CLASS' | 'ECONOMIC' | null;
  /** Service levels by class, JSON text; null = nobody set any. */
  readonly classServiceLevels: string | null;
  /** The level that would have cost least for the item's class; null = not found yet. */
  readonly economicServiceLevel: number | null;
  readonly abcClass: string | null;
  readonly xyzClass: string | null;
  /** Median lead time of the category's receipts, days. */
  readonly categoryLeadDays: number | null;
  /** Of the newest forecast; all null when there is none. */
  readonly forecastFirstOn: string | null;
  readonly forecastStored: string | null;
  readonly forecastHistoryDays: number | null;
  readonly sigmaUnitsPerDay: string | null;
  readonly rmseInterval: number | null;
  readonly rmseIntervalMovingAverage: number | null;
  readonly forecastFlags: string[] | null;
  /** Of the last plan; null when there is none. */
  readonly previousInputs: string | null;
  readonly urgencyTier: string | null;
  readonly urgencyBetterCount: number | null;
  /** Which last plan it was: changes with every write. Null = none. */
  readonly planMark: string | null;
  /** The low-stock threshold as it stood; null = none yet. */
  readonly threshold: string | null;
  readonly thresholdOrigin: string | null;
  readonly thresholdComputedAt: Date | null;
}

/**
 * Loads levels for planning: quantities, item, calendar, nearest policy (item × warehouse, item, warehouse, category,
 * supplier, organization), classes, newest forecast and last plan, in one statement.
 *
 * A day is known when it is over and its shop's orders, or its feed's movements, were read past it.
 * Reads `stock_level`, `item`, `warehouse`, `listing`, `stock_policy`, `sync_state`, `shop`, `stock_alert`, `item_plan`,
 * `group_factor`, `level_forecast`, `level_plan`, `economic_service_level`.
 *
 * @param at - business time: today is the day it falls on
 * @returns one row per level that exists, in key order
 */
export async function loadPlanSubjects(
  sql: Sql,
  levels: readonly LevelKey[],
  at: Date,
): Promise<PlanSubject[]> {
  if (levels.length === 0) return [];
  const nearest = (column: string) =>
    sql`coalesce(${['p1', 'p2', 'p3', 'p4', 'p5', 'p6']
      .map((alias) => sql`${sql(`${alias}.${column}`)}`)
      .reduce((list, one) => sql`${list}, ${one}`)})`;
  return await sql<PlanSubject[]>`
    with subject as (
      select l.*, i.category, i.supplier_name, i.unit_decimals, i.unit_cost, i.unit_price, w.time_zone,
             case when w.kind = 'MARKETPLACE_POOL' and l.available <= 0 then w.shop_id end as empty_pool_of,
             (${at}::timestamptz at time zone w.time_zone)::date as today,
             (least(${at}::timestamptz, read.until_at) at time zone w.time_zone)::date - 1 as last_day
      from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                  ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
      join stock_level l using (item_id, warehouse_id)
      join item i on i.item_id = l.item_id
      join warehouse w on w.warehouse_id = l.warehouse_id
      left join lateral (
        select min(s.watermark_at) as until_at from sync_state s
        where s.shop_id = w.shop_id
          and s.stream = case when w.kind = 'PHYSICAL' then 'stock_movements' else 'sales_orders' end
      ) read on true
    ), source as (
      select h.shop_id, h.state, exists (
          select from stock_alert o
          where o.organization_id = h.organization_id and o.shop_id = h.shop_id and o.state <> 'RESOLVED'
            and ${saysSourceIsDown(sql)}
        ) as is_told
      from shop h
    )
    select l.item_id as "itemId", l.warehouse_id as "warehouseId", l.category, l.supplier_name as "supplierName",
      l.unit_decimals as "unitDecimals", l.unit_cost as "unitCost", l.unit_price as "unitPrice",
      l.available, l.on_hand as "onHand", l.incoming, l.is_incoming_reported as "isIncomingReported",
      l.is_watched as "isWatched", l.data_state = 'SUSPECT' or coalesce(
        l.checked_at < ${new Date(at.getTime() - freshAgeMsMax)}::timestamptz and l.shop_id is not null
        or source.state <> 'ACTIVE' or source.is_told, false) as "isSourceDown",
      l.observed_at as "observedAt", l.today,
      coalesce((
        select bool_and(lower(trim(g.status)) = any (${[...goneStatuses]}::text[])) from listing g
        where g.item_id = l.item_id and g.shop_id = l.empty_pool_of
      ), false) as "isDelisted",
      l.time_zone as "timeZone", l.last_day as "lastDay",
      (l.last_day + 1)::timestamp at time zone l.time_zone as "knownUntilAt",
      ${nearest('safety_stock')} as "safetyStock", ${nearest('lead_time_days')} as "leadTimeDays",
      ${nearest('review_period_days')} as "reviewPeriodDays", ${nearest('service_level')} as "serviceLevel",
      ${nearest('min_order_quantity')} as "minOrderQuantity",
      ${nearest('safety_stock_method')} as "safetyStockMethod",
      ${nearest('service_level_basis')} as "serviceLevelBasis",
      ${nearest('class_service_levels')}::text as "classServiceLevels",
      e.service_level as "economicServiceLevel",
      c.abc_class as "abcClass", c.xyz_class as "xyzClass", g.lead_time_days as "categoryLeadDays",
      f.first_on as "forecastFirstOn", f.stored::text as "forecastStored", f.history_days as "forecastHistoryDays",
      f.sigma_units_per_day as "sigmaUnitsPerDay", f.rmse_interval as "rmseInterval",
      f.rmse_interval_moving_average as "rmseIntervalMovingAverage", f.flags as "forecastFlags",
      p.inputs::text as "previousInputs", p.urgency_tier as "urgencyTier",
      p.urgency_better_count as "urgencyBetterCount", p.xmin::text as "planMark",
      l.threshold, l.threshold_origin as "thresholdOrigin", l.threshold_computed_at as "thresholdComputedAt"
    from subject l
    left join source on source.shop_id = l.shop_id
    left join stock_policy p1 on p1.item_id = l.item_id and p1.warehouse_id = l.warehouse_id
      and p1.category is null and p1.supplier_name is null
    left join stock_policy p2 on p2.item_id = l.item_id and p2.warehouse_id is null
      and p2.category is null and p2.supplier_name is null
    left join stock_policy p3 on p3.item_id is null and p3.warehouse_id = l.warehouse_id
      and p3.category is null and p3.supplier_name is null
    left join stock_policy p4 on p4.item_id is null and p4.warehouse_id is null
      and p4.category = l.category and p4.supplier_name is null
    left join stock_policy p5 on p5.item_id is null and p5.warehouse_id is null
      and p5.category is null and p5.supplier_name = l.supplier_name
    left join stock_policy p6 on p6.item_id is null and p6.warehouse_id is null
      and p6.category is null and p6.supplier_name is null
    left join item_plan c on c.item_id = l.item_id
    left join economic_service_level e on e.abc_class = c.abc_class and e.xyz_class = coalesce(c.xyz_class, '')
    left join group_factor g on g.warehouse_id = l.warehouse_id and g.category = coalesce(l.category, '')
    left join level_forecast f on f.item_id = l.item_id and f.warehouse_id = l.warehouse_id
    left join level_plan p on p.item_id = l.item_id and p.warehouse_id = l.warehouse_id
    order by l.item_id, l.warehouse_id`;
}

/** Goods on their way to a level. */
export interface OpenShipment extends LevelKey {
  readonly units: string;
  /** When it is due by the supplier's word; null = nobody said. */
  readonly expectedAt: Date | null;
  /** When it was shipped, ordered or first seen: what an unsaid day is counted from. */
  readonly sinceAt: Date;
  /** True: approved here, and no source knows of it yet. */
  readonly isPlanned: boolean;
}

/** Loads the open inbound shipments of levels, each line once. Reads `inbound_shipment` and its lines. */
export async function loadOpenShipments(sql: Sql, levels: readonly LevelKey[]): Promise<OpenShipment[]> {
  if (levels.length === 0) return [];
  return await sql<OpenShipment[]>`
    select line.item_id as "itemId", s.warehouse_id as "warehouseId",
           greatest(line.quantity - coalesce(line.received_quantity, 0), 0) as units,
           s.expected_at as "expectedAt", coalesce(s.ordered_at, s.shipped_at, s.observed_at) as "sinceAt",
           s.status = 'PLANNED' as "isPlanned"
    from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
    join inbound_shipment_line line on line.item_id = k.item_id
    join inbound_shipment s on s.organization_id = line.organization_id
      and s.inbound_shipment_id = line.inbound_shipment_id and s.warehouse_id = k.warehouse_id
      and s.status in ('PLANNED', 'ORDERED', 'SHIPPED')
    order by 1, 2, s.inbound_shipment_id, line.line_id`;
}

/** Days from order to receipt, oldest first. */
export interface ReceiptDays {
  readonly itemId: ItemId;
  /** Null = everywhere. */
  readonly warehouseId: WarehouseId | null;
  readonly days: number[];
}

/** Receipts older than this describe a supplier of the past. */
const receiptYears = 2;

/** Loads how long received orders of items took, by warehouse. Reads `inbound_shipment` and its lines. */
export async function loadReceiptDays(
  sql: Sql,
  itemIds: readonly ItemId[],
  at: Date,
): Promise<ReceiptDays[]> {
  if (itemIds.length === 0) return [];
  return await sql<ReceiptDays[]>`
    select line.item_id as "itemId", s.warehouse_id as "warehouseId",
           array_agg(round((extract(epoch from s.received_at - s.ordered_at) / 86400)::numeric, 6)::float8
                     order by s.received_at, s.inbound_shipment_id) as days
    from inbound_shipment_line line
    join inbound_shipment s on s.organization_id = line.organization_id
      and s.inbound_shipment_id = line.inbound_shipment_id and s.status = 'RECEIVED'
      and s.ordered_at is not null and s.received_at > s.ordered_at
      and s.received_at > ${at}::timestamptz - make_interval(years => ${receiptYears}::int)
      and s.received_at <= ${at}::timestamptz
    where line.item_id = any (${[...itemIds]}::text[]::uuid[])
    group by 1, 2`;
}

/** Median days from order to receipt by supplier. Reads `inbound_shipment`. */
export async function loadSupplierDays(
  sql: Sql,
  supplierNames: readonly string[],
  at: Date,
): Promise<Map<string, number>> {
  if (supplierNames.length === 0) return new Map();
  const rows = await sql<{ name: string; days: number }[]>`
    select s.supplier_name as name,
           percentile_cont(0.5) within group (order by extract(epoch from s.received_at - s.ordered_at)::float8) / 86400
             as days
    from inbound_shipment s
    where s.supplier_name = any (${[...supplierNames]}::text[]) and s.status = 'RECEIVED'
      and s.ordered_at is not null and s.received_at > s.ordered_at
      and s.received_at > ${at}::timestamptz - make_interval(years => ${receiptYears}::int)
      and s.received_at <= ${at}::timestamptz
    group by 1`;
  return new Map(rows.map((row) => [row.name, Number(row.days.toFixed(6))]));
}
