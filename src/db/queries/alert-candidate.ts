import type { AlertFact } from '../../domain/alert/alert-explanation.ts';
import type { AlertMemory } from '../../domain/alert/alert-life.ts';
import type { AlertKind } from '../../domain/alert/alert-rule.ts';
import type { ItemId, StockAlertId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { StockSource, ThresholdOrigin } from '../tables/stock.ts';
import type { LevelKey } from './ingest-level.ts';

/** What an alert was judged on. */
export interface StoredAlertFacts {
  readonly inputs: readonly AlertFact[];
  /** Of the event before the last; null = there was none. */
  readonly previous: readonly AlertFact[] | null;
  /** Of the last event; absent = the same as the inputs. */
  readonly atEvent?: readonly AlertFact[];
}

/** An alert that is open, or was resolved lately. */
export interface KnownAlert {
  readonly alertId: StockAlertId;
  readonly kind: AlertKind;
  readonly memory: AlertMemory;
  readonly urgency: string;
  readonly facts: StoredAlertFacts | null;
}

/** Where a level's quantities come from, and whether and when they were last confirmed. */
export interface LevelOrigin {
  readonly isSuspect: boolean;
  readonly source: StockSource;
  /** The shop or feed that its quantities come from; null = from people. */
  readonly shopId: string | null;
  readonly checkedAt: Date;
}

/** A level where something may be due, with all that its alerts rest on. Decimal text, units of the item. */
export interface AlertCandidate extends LevelKey, LevelOrigin {
  readonly category: string | null;
  readonly available: string;
  readonly threshold: string | null;
  readonly thresholdOrigin: ThresholdOrigin | null;
  readonly thresholdComputedAt: Date | null;
  readonly isWatched: boolean;
  readonly observedAt: Date;
  readonly snapshotObservedAt: Date;
  /** Null = unknown. */
  readonly unitCost: string | null;
  readonly unitPrice: string | null;
  /** What lies in warehouses, for a pool whose item also lies there; else null. */
  readonly physical: { readonly available: string; readonly origins: readonly LevelOrigin[] } | null;
  readonly plan: CandidatePlan | null;
  readonly alerts: readonly KnownAlert[];
}

/** What planning said last of a level. */
interface CandidatePlan {
  /** False: the level changed since. */
  readonly isCurrent: boolean;
  readonly position: string;
  readonly reorderPoint: string | null;
  readonly targetLevel: string | null;
  readonly excessUnits: string | null;
  readonly excessValue: string | null;
  readonly stockOutProbability: string | null;
  readonly unitsPerDay: string | null;
  readonly leadTimeDays: string;
  readonly origin: ThresholdOrigin | null;
  readonly computedAt: Date;
}

/** How wide to look: the bounds of all rules, so that nothing that may be due is missed. */
export interface CandidateBounds {
  /** Greatest share above the safety stock that counts as near. */
  readonly nearShare: string;
  /** Least probability from which a stock-out is predicted. */
  readonly probability: string;
  /** Least share by which a pool may differ from the physical stock. */
  readonly differenceShare: string;
  /** Longest window within which a resolved alert comes back, business minutes. */
  readonly reopenMinutes: number;
}

/**
 * Finds the levels where an alert may open, change or end, among some, in key order.
 *
 * The same conditions as the readings, only wider, so that most levels are left out by the database. Reads
 * `stock_level`, `item`, `warehouse`, `level_plan`, `stock_alert`.
 *
 * @param isLocked - locks the found levels until the end of the transaction, so that none changes meanwhile
 */
export async function loadAlertCandidates(
  sql: Sql,
  levels: readonly LevelKey[],
  bounds: CandidateBounds,
  at: Date,
  isLocked: boolean,
): Promise<AlertCandidate[]> {
  if (levels.length === 0) return [];
  const reopenFrom = new Date(at.getTime() - bounds.reopenMinutes * 60_000);
  const rows = await sql<CandidateRow[]>`
    select l.item_id, l.warehouse_id, i.category, i.unit_cost, i.unit_price, l.available, l.threshold,
           l.threshold_origin, l.threshold_computed_at, l.is_watched, l.data_state = 'SUSPECT' as is_suspect, l.source,
           l.shop_id, l.observed_at, l.checked_at, l.snapshot_observed_at, p.computed_at,
           p.computed_at >= l.recorded_at as is_plan_current, p.position_due, p.reorder_point, p.target_level, p.excess_units, p.excess_value,
           p.stock_out_probability::numeric as stock_out_probability, p.units_per_day, p.lead_time_days,
           p.safety_stock_origin, behind.units as physical, behind.origins as physical_origins, known.alerts
    from (select distinct item_id, warehouse_id from unnest(
            ${levels.map((key) => key.itemId)}::text[]::uuid[],
            ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)) wanted
    join stock_level l using (item_id, warehouse_id)
    join item i on i.item_id = l.item_id
    join warehouse w on w.warehouse_id = l.warehouse_id
    left join level_plan p on p.item_id = l.item_id and p.warehouse_id = l.warehouse_id
    left join lateral (
      select json_agg(json_build_object(
               'alertId', a.alert_id, 'kind', a.kind, 'state', a.state, 'severity', a.severity,
               'pendingSince', a.pending_since, 'clearSince', a.clear_since, 'firedAt', a.fired_at,
               'resolvedAt', a.resolved_at, 'isAcknowledged', a.acknowledged_by is not null,
               'acknowledgedUntil', a.acknowledged_until, 'snoozedUntil', a.snoozed_until,
               'reopenCount', a.reopen_count, 'dueAt', a.due_at, 'urgency', a.urgency::text, 'facts', a.facts)
               order by a.state = 'RESOLVED', a.changed_at desc) as alerts
      from stock_alert a
      where a.item_id = l.item_id and a.warehouse_id = l.warehouse_id
        and (a.state <> 'RESOLVED' or a.resolved_at > ${reopenFrom})
    ) known on true
    left join lateral (
      select sum(o.available) as units,
             json_agg(json_build_object('isSuspect', o.data_state = 'SUSPECT', 'source', o.source,
               'shopId', o.shop_id, 'checkedAt', o.checked_at)) as origins
      from stock_level o join warehouse ow on ow.warehouse_id = o.warehouse_id and ow.kind = 'PHYSICAL'
      where o.item_id = l.item_id
    ) behind on w.kind = 'MARKETPLACE_POOL'
    where known.alerts is not null
      or (l.is_watched and (
        l.available <= greatest(0, l.threshold * (1 + ${bounds.nearShare}::text::numeric))
        or p.position_due <= p.reorder_point
        or p.stock_out_probability >= ${bounds.probability}::text::float8
        or (p.excess_units > 0 and l.available > p.target_level)))
      or abs(l.available - greatest(behind.units, 0))
        > greatest(behind.units, 0) * ${bounds.differenceShare}::text::numeric
    order by l.item_id, l.warehouse_id
    ${isLocked ? sql`for update of l` : sql``}`;
  return rows.map(toCandidate);
}

interface CandidateRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
  category: string | null;
  unit_cost: string | null;
  unit_price: string | null;
  available: string;
  threshold: string | null;
  threshold_origin: ThresholdOrigin | null;
  threshold_computed_at: Date | null;
  is_watched: boolean;
  is_suspect: boolean;
  source: StockSource;
  shop_id: string | null;
  observed_at: Date;
  checked_at: Date;
  snapshot_observed_at: Date;
  computed_at: Date | null;
  is_plan_current: boolean | null;
  position_due: string | null;
  reorder_point: string | null;
  target_level: string | null;
  excess_units: string | null;
  excess_value: string | null;
  stock_out_probability: string | null;
  units_per_day: string | null;
  lead_time_days: string | null;
  safety_stock_origin: ThresholdOrigin | null;
  physical: string | null;
  /** JSON text. */
  physical_origins: string | null;
  /** JSON text. */
  alerts: string | null;
}

/** An alert as JSON, instants as text. */
export interface AlertJson {
  alertId: StockAlertId;
  kind: AlertKind;
  state: AlertMemory['state'];
  severity: AlertMemory['severity'];
  pendingSince: string | null;
  clearSince: string | null;
  firedAt: string | null;
  resolvedAt: string | null;
  isAcknowledged: boolean;
  acknowledgedUntil: string | null;
  snoozedUntil: string | null;
  reopenCount: number;
  dueAt: string | null;
  urgency: string;
  facts: StoredAlertFacts | null;
}

function toCandidate(row: CandidateRow): AlertCandidate {
  return {
    itemId: row.item_id,
    warehouseId: row.warehouse_id,
    category: row.category,
    available: row.available,
    threshold: row.threshold,
    thresholdOrigin: row.threshold_origin,
    thresholdComputedAt: row.threshold_computed_at,
    isWatched: row.is_watched,
    isSuspect: row.is_suspect,
    source: row.source,
    shopId: row.shop_id,
    observedAt: row.observed_at,
    checkedAt: row.checked_at,
    snapshotObservedAt: row.snapshot_observed_at,
    unitCost: row.unit_cost,
    unitPrice: row.unit_price,
    physical: toPhysical(row),
    plan: toPlan(row),
    alerts: row.alerts === null ? [] : (JSON.parse(row.alerts) as AlertJson[]).map(toKnownAlert),
  };
}

function toPhysical({ physical, physical_origins: origins }: CandidateRow): AlertCandidate['physical'] {
  if (physical === null || origins === null) return null;
  const read = JSON.parse(origins) as (Omit<LevelOrigin, 'checkedAt'> & { checkedAt: string })[];
  return {
    available: physical,
    origins: read.map((one) => ({ ...one, checkedAt: new Date(one.checkedAt) })),
  };
}

function toPlan(row: CandidateRow): CandidatePlan | null {
  if (row.computed_at === null || row.position_due === null || row.lead_time_days === null) return null;
  return {
    isCurrent: row.is_plan_current === true,
    position: row.position_due,
    reorderPoint: row.reorder_point,
    targetLevel: row.target_level,
    excessUnits: row.excess_units,
    excessValue: row.excess_value,
    stockOutProbability: row.stock_out_probability,
    unitsPerDay: row.units_per_day,
    leadTimeDays: row.lead_time_days,
    origin: row.safety_stock_origin,
    computedAt: row.computed_at,
  };
}

/** An alert read as JSON. */
export function toKnownAlert(json: AlertJson): KnownAlert {
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  return {
    alertId: json.alertId,
    kind: json.kind,
    urgency: json.urgency,
    facts: json.facts,
    memory: {
      state: json.state,
      severity: json.severity,
      pendingSince: instant(json.pendingSince),
      clearSince: instant(json.clearSince),
      firedAt: instant(json.firedAt),
      resolvedAt: instant(json.resolvedAt),
      isAcknowledged: json.isAcknowledged,
      acknowledgedUntil: instant(json.acknowledgedUntil),
      snoozedUntil: instant(json.snoozedUntil),
      reopenCount: json.reopenCount,
      dueAt: instant(json.dueAt),
    },
  };
}
