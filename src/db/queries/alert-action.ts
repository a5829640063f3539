import {
  type ActedAlert,
  type ActedState,
  type AlertAction,
  decideAlertAction,
} from '../../domain/alert/alert-action.ts';
import { brandId, type OrganizationId, type StockAlertId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertSeverity, StockAlertKind } from '../tables/alert.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';
import type { StoredAlertFacts } from './alert-candidate.ts';
import type { StockAlertEvent } from './event-append.ts';

/** Who does what about which alert, and when. */
export interface AlertActing {
  readonly organizationId: OrganizationId;
  readonly alertId: string;
  readonly action: AlertAction;
  /** Who: name of the key. */
  readonly by: string;
  readonly note: string | null;
  /** Business time. */
  readonly at: Date;
}

/** What came of it. */
export type AlertActed =
  | { readonly kind: 'done'; readonly event: StockAlertEvent }
  | { readonly kind: 'missing' }
  | { readonly kind: 'conflict'; readonly state: ActedState };

/**
 * Does what a person wants about an alert. Locks and writes the `stock_alert` row; the caller appends the event as
 * its last statement. The alert is due at once: the alert stage then works out when time changes it.
 */
export async function actOnAlert(sql: Sql, acting: AlertActing): Promise<AlertActed> {
  const rows = await sql<LockedAlert[]>`
    select a.kind, a.item_id as "itemId", a.warehouse_id as "warehouseId", a.shop_id as "shopId", a.state, a.severity,
      a.threshold, a.threshold_origin as "thresholdOrigin", a.acknowledged_by as "acknowledgedBy",
      a.urgency::text, a.facts::text,
      (select l.snapshot_observed_at from stock_level l
        where l.organization_id = a.organization_id and l.item_id = a.item_id and l.warehouse_id = a.warehouse_id)
        as "snapshotObservedAt"
    from stock_alert a where a.alert_id = ${acting.alertId} for update of a`;
  const alert = rows[0];
  if (alert === undefined) return { kind: 'missing' };
  const acted = decideAlertAction(alert.state, alert.acknowledgedBy !== null, acting.action);
  if (acted === null) return { kind: 'conflict', state: alert.state };
  const facts = alert.facts === null ? null : factsOfEvent(JSON.parse(alert.facts) as StoredAlertFacts);
  await saveActed(sql, acting, acted, facts);
  return { kind: 'done', event: { ...toEvent(alert, acting, acted), ...(facts === null ? {} : { facts }) } };
}

/** What it rests on now, and at the event before: nothing is judged anew. As JSON text. */
function factsOfEvent({ inputs, atEvent }: StoredAlertFacts): string {
  return JSON.stringify({ inputs, previous: atEvent ?? inputs } satisfies StoredAlertFacts);
}

interface LockedAlert {
  kind: StockAlertKind;
  itemId: string | null;
  warehouseId: string | null;
  shopId: string | null;
  state: ActedState;
  severity: AlertSeverity;
  threshold: string | null;
  thresholdOrigin: ThresholdOrigin | null;
  acknowledgedBy: string | null;
  urgency: string;
  /** JSON text; null = it is older than that. */
  facts: string | null;
  snapshotObservedAt: Date | null;
}

async function saveActed(
  sql: Sql,
  acting: AlertActing,
  acted: ActedAlert,
  facts: string | null,
): Promise<void> {
  const isTakenUp = acting.action.kind === 'acknowledge';
  await sql`
    update stock_alert set state = ${acted.state}, changed_at = ${acting.at}, recorded_at = ${acting.at},
      snoozed_until = ${acted.snoozedUntil}, due_at = ${acting.at}, fired_at = coalesce(fired_at, ${acting.at}),
      facts = coalesce(${facts}::text::json, facts),
      clear_since = case when state <> 'PENDING' then clear_since end,
      acknowledged_until = case when ${acted.acknowledgedUntil !== undefined}::boolean
        then ${acted.acknowledgedUntil ?? null}::timestamptz else acknowledged_until end,
      acknowledged_by = case when ${isTakenUp}::boolean then ${acting.by}::text else acknowledged_by end,
      acknowledged_note = case when ${isTakenUp}::boolean then ${acting.note}::text else acknowledged_note end
    where alert_id = ${acting.alertId}`;
}

function toEvent(alert: LockedAlert, acting: AlertActing, acted: ActedAlert): StockAlertEvent {
  return {
    topic: 'STOCK_ALERT',
    urgency: alert.urgency,
    alertId: brandId<StockAlertId>(acting.alertId),
    alertKind: alert.kind,
    itemId: alert.itemId,
    warehouseId: alert.warehouseId,
    shopId: alert.shopId,
    snapshotObservedAt: alert.snapshotObservedAt,
    reason: acted.reason,
    state: acted.state,
    previousState: alert.state,
    severity: alert.severity,
    threshold: alert.threshold,
    thresholdOrigin: alert.thresholdOrigin,
    occurredAt: acting.at,
  };
}
