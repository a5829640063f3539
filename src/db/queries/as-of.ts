import { type StockAlertField, type StockAlertRow, stockAlerts } from './alert.ts';
import type { Collection, QueryScope } from './collection.ts';
import { stockAlertEvents } from './event.ts';
import {
  type ReplenishmentSuggestionField,
  type ReplenishmentSuggestionRow,
  replenishmentSuggestions,
} from './suggestion.ts';
import { suggestionJoins } from './suggestion-shape.ts';
import { type TransferSuggestionField, type TransferSuggestionRow, transferSuggestions } from './transfer.ts';

/**
 * The oldest instant of which everything is still known: when the oldest event that is kept was recorded. Reads
 * `event_head`, `event_log`.
 *
 * @returns null when nothing was removed yet: then any instant can be asked for
 */
export async function loadKnownSince({ sql }: QueryScope): Promise<Date | null> {
  const [row] = await sql<{ since: Date | null }[]>`
    select (select e.recorded_at from event_log e where e.number >= h.oldest order by e.number limit 1) as since
    from event_head h where h.oldest > 1`;
  return row?.since ?? null;
}

/**
 * Alerts as they were known at an instant: the last event recorded by then; of an alert whose earlier events are no
 * longer kept, the state before its next one. Alerts that opened later are not in it.
 */
export function stockAlertsAsOf(asOf: Date): Collection<StockAlertRow, StockAlertField> {
  return {
    ...stockAlerts,
    name: 'stockAlertsAsOf',
    columns: ({ sql }) => sql`
      a.alert_id as "alertId", a.rule_id as "ruleId", a.kind, a.item_id as "itemId",
      a.warehouse_id as "warehouseId", a.shop_id as "shopId", i.sku, w.code as "warehouseCode",
      e.state, e.severity, coalesce(e.urgency, a.urgency) as urgency, p.available, e.threshold,
      e.threshold_origin as "thresholdOrigin", a.opened_at as "openedAt", e.occurred_at as "changedAt",
      case when e.state = 'RESOLVED' then e.occurred_at end as "resolvedAt",
      case when e.state in ('ACKNOWLEDGED', 'SNOOZED') then a.acknowledged_by end as "acknowledgedBy",
      case when e.state in ('ACKNOWLEDGED', 'SNOOZED') then a.acknowledged_note end as "acknowledgedNote",
      case when e.state = 'ACKNOWLEDGED' then a.acknowledged_until end as "acknowledgedUntil",
      case when e.state = 'SNOOZED' then a.snoozed_until end as "snoozedUntil", a.fired_at as "firedAt",
      a.reopen_count as "reopenCount", coalesce(e.facts, a.facts)::text as facts, a.recorded_at as "recordedAt"`,
    from: ({ sql }) => sql`(
        select a.organization_id, a.alert_id, coalesce(e.state, n.previous_state, a.state) as state,
          coalesce(e.severity, a.severity) as severity, coalesce(e.urgency, a.urgency) as urgency,
          coalesce(e.threshold, a.threshold) as threshold,
          coalesce(e.threshold_origin, a.threshold_origin) as threshold_origin,
          coalesce(e.occurred_at, a.opened_at) as occurred_at, e.facts, e.item_id, e.warehouse_id,
          e.snapshot_observed_at
        from stock_alert a
        left join (
          select distinct on (alert_id) * from event_log
          where topic = 'STOCK_ALERT' and recorded_at <= ${asOf}::timestamptz order by alert_id, number desc
        ) e on e.alert_id = a.alert_id
        left join (
          select distinct on (alert_id) alert_id, previous_state from event_log
          where topic = 'STOCK_ALERT' and recorded_at > ${asOf}::timestamptz order by alert_id, number
        ) n on n.alert_id = a.alert_id
        where e.alert_id is not null or n.previous_state is not null
          or (n.alert_id is null and a.recorded_at <= ${asOf}::timestamptz)
      ) e
      join stock_alert a on a.organization_id = e.organization_id and a.alert_id = e.alert_id
      left join item i on i.organization_id = a.organization_id and i.item_id = a.item_id
      left join warehouse w on w.organization_id = a.organization_id and w.warehouse_id = a.warehouse_id
      left join stock_snapshot p on p.organization_id = e.organization_id and p.item_id = e.item_id
        and p.warehouse_id = e.warehouse_id and p.observed_at = e.snapshot_observed_at`,
    fields: { ...stockAlerts.fields, ...stockAlertEvents.fields },
  };
}

/** Suggestions as they were known at an instant: the last version recorded by then. */
export function replenishmentSuggestionsAsOf(
  asOf: Date,
): Collection<ReplenishmentSuggestionRow, ReplenishmentSuggestionField> {
  return {
    ...replenishmentSuggestions,
    name: 'replenishmentSuggestionsAsOf',
    from: (scope) => scope.sql`(
        select distinct on (v.suggestion_id) v.*, b.item_id, b.warehouse_id, b.kind, b.supplier_name, b.opened_at,
          null::json as previous, case when v.decided_by is not null then b.decided_at end as decided_at,
          case when v.decided_by is not null then b.decision_reason end as decision_reason,
          case when v.decided_by is not null then b.inbound_shipment_id end as inbound_shipment_id,
          case when v.state = 'RECORDED' then b.recorded_shipment_id end as recorded_shipment_id
        from replenishment_version v
        join replenishment_suggestion b
          on b.organization_id = v.organization_id and b.suggestion_id = v.suggestion_id
        where v.recorded_at <= ${asOf}::timestamptz order by v.suggestion_id, v.recorded_at desc
      ) s ${suggestionJoins(scope, 'warehouse_id')}`,
  };
}

/** Transfers as they were known at an instant: the last version recorded by then. */
export function transferSuggestionsAsOf(
  asOf: Date,
): Collection<TransferSuggestionRow, TransferSuggestionField> {
  return {
    ...transferSuggestions,
    name: 'transferSuggestionsAsOf',
    from: (scope) => scope.sql`(
        select distinct on (v.suggestion_id) v.*, b.item_id, b.from_warehouse_id, b.to_warehouse_id, b.opened_at,
          case when v.decided_by is not null then b.decided_at end as decided_at,
          case when v.decided_by is not null then b.decision_reason end as decision_reason,
          case when v.decided_by is not null then b.inbound_shipment_id end as inbound_shipment_id
        from transfer_version v
        join transfer_suggestion b on b.organization_id = v.organization_id and b.suggestion_id = v.suggestion_id
        where v.recorded_at <= ${asOf}::timestamptz order by v.suggestion_id, v.recorded_at desc
      ) s ${suggestionJoins(scope, 'to_warehouse_id')}`,
  };
}
