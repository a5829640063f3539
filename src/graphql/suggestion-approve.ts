import { randomBytes } from 'node:crypto';
import type { QueryScope } from '../db/queries/collection.ts';
import { findRecordedShipment } from '../db/queries/inbound-shipment.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { type ShipmentWrite, saveShipments } from '../db/queries/ingest-shipment.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import { type DecidedSuggestion, saveDecision } from '../db/queries/suggestion-decide.ts';
import { saveVersions } from '../db/queries/suggestion-save.ts';
import { dayMs } from '../shared/time.ts';
import { actorOf, type GraphqlContext } from './context.ts';
import { announce } from './mutation.ts';

/** A suggestion with the quantity that was approved. Decimal text. */
export interface ApprovedLine {
  readonly suggestion: DecidedSuggestion;
  readonly quantity: string;
  readonly reason: string | null;
}

/**
 * Approves purchases of one supplier: each warehouse gets a planned shipment with its lines, expected after the lead
 * time, which counts as inbound until it is recorded or cancelled. Nothing is ordered.
 *
 * In the mutation's transaction, which the caller ends. Writes `replenishment_suggestion`, `replenishment_version`,
 * `inbound_shipment` and its lines, `stock_level.incoming`, `plan_due`, events. The snapshot partition of now must
 * exist.
 */
export async function approvePurchases(
  context: GraphqlContext,
  scope: QueryScope,
  lines: readonly ApprovedLine[],
): Promise<void> {
  const { sql, now } = scope;
  const { organizationId } = context.viewer;
  const groups = [...Map.groupBy(lines, ({ suggestion }) => suggestion.warehouseId).values()];
  const shipments = groups.map((own) => toShipment(own, now));
  const writer = { organizationId, shopId: null, observedAt: now, recordedAt: now };
  await saveShipments(sql, writer, shipments);
  for (const [index, own] of groups.entries()) {
    const inboundShipmentId = await findRecordedShipment(sql, shipments[index]!.externalId);
    for (const { suggestion, quantity, reason } of own) {
      await saveDecision(sql, suggestion.suggestionId, {
        ...{ state: 'APPROVED', by: actorOf(context.viewer), reason, quantity, inboundShipmentId },
        ...{ silentUntilOn: null, at: now },
      });
    }
  }
  await endDecision(
    context,
    scope,
    lines.map(({ suggestion }) => suggestion),
  );
}

/** Ends a decision that changed what is expected: versions, incoming quantities, plans and alerts follow. */
export async function endDecision(
  context: GraphqlContext,
  scope: QueryScope,
  suggestions: readonly (LevelKey & { readonly suggestionId: string })[],
): Promise<void> {
  const { sql, now } = scope;
  await saveVersions(
    sql,
    suggestions.map(({ suggestionId }) => suggestionId),
    now,
  );
  const levels = suggestions.map(({ itemId, warehouseId }) => ({ itemId, warehouseId }));
  const { organizationId } = context.viewer;
  const touched = { organizationId, levels, recordedAt: now, syncRunId: null };
  // Where the source counts incoming itself, the level does not change, yet its plan does. Marked before the level is
  // locked, as planning does it.
  await markPlanDue(sql, levels, false, now);
  const events = await context.ports.refreshIncoming(sql, touched);
  await announce(context, scope, levels, events);
}

function toShipment(lines: readonly ApprovedLine[], now: Date): ShipmentWrite {
  const { warehouseId, supplierName } = lines[0]!.suggestion;
  const leadTimeDays = Math.max(...lines.map(({ suggestion }) => suggestion.leadTimeDays));
  return {
    externalId: `SW-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(4).toString('hex')}`,
    ...{ warehouseId, supplierName, status: 'PLANNED', orderedAt: now, shippedAt: null, receivedAt: null },
    expectedAt: new Date(now.getTime() + leadTimeDays * dayMs),
    modifiedAt: now,
    lines: lines.map(({ suggestion, quantity }) => ({
      ...{ lineId: suggestion.sku, sku: suggestion.sku, quantity, receivedQuantity: null },
      ...{ productId: null, specId: null, title: null },
    })),
  };
}
