import { randomBytes } from 'node:crypto';
import type { QueryScope } from '../db/queries/collection.ts';
import { findRecordedShipment } from '../db/queries/inbound-shipment.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { saveShipments } from '../db/queries/ingest-shipment.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import { removePlannedLine } from '../db/queries/suggestion-decide.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { transferSuggestions } from '../db/queries/transfer.ts';
import { type DecidedTransfer, lockTransfer, saveTransferDecision } from '../db/queries/transfer-decide.ts';
import { saveTransferVersions } from '../db/queries/transfer-save.ts';
import { calendarDateOf, dayIndexOf } from '../domain/forecast/calendar-index.ts';
import { Decimal } from '../shared/decimal.ts';
import { dayMs, daysBetween } from '../shared/time.ts';
import { builder } from './builder.ts';
import { actorOf, type GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { announce, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import {
  checkDecision,
  requireUnit,
  SuggestionDecideInput,
  SuggestionDecidePayload,
  silentDaysDefault,
} from './suggestion-decide.ts';
import { TransferSuggestion } from './transfer-suggestion.ts';
import { Refusal, userError } from './user-error.ts';

type Input = typeof SuggestionDecideInput.$inferInput;

builder.objectField(SuggestionDecidePayload, 'transferSuggestion', (t) =>
  t.field({
    type: TransferSuggestion,
    nullable: true,
    description: 'The suggested transfer; null when it was another kind of suggestion.',
    resolve: ({ result }, _args, context) =>
      result === null ? null : loadByKey(context, transferSuggestions, result.suggestionId),
  }),
);

builder.mutationField('transferSuggestionDecide', (t) =>
  t.field({
    type: SuggestionDecidePayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Approves, dismisses or cancels a transfer; kept with who and when. Approved goods are expected inbound (PLANNED) at the receiver and promised away at the donor, so that suggestions no longer count on them there, until the shipment is recorded or it is cancelled. Nothing is moved by it.',
    args: { input: t.arg({ type: SuggestionDecideInput, required: true, description: 'Which, and what.' }) },
    resolve: async (_root, { input }, context) => {
      await ensureSnapshotPartitions(context.db, 'app', [context.now]);
      const [suggestionId = ''] = requireId(context, String(input.id), 'TransferSuggestion');
      return runMutation(context, 'transferSuggestionDecide', input, async (scope) => {
        checkDecision(input);
        const transfer = await lockTransfer(scope.sql, suggestionId);
        if (transfer === null) throw new Refusal(userError('NOT_FOUND', ['input', 'id']));
        requireState(transfer, input);
        await requireUnit(scope, transfer.itemId, input);
        await decide(context, scope, transfer, input);
        return { suggestionId };
      });
    },
  }),
);

function requireState({ state, quantity }: DecidedTransfer, input: Input): void {
  const wanted = { APPROVE: 'OPEN', DISMISS: 'OPEN', RELEASE: 'HELD', CANCEL: 'APPROVED' }[input.decision];
  if (state !== wanted) throw new Refusal(userError('STATE_CONFLICT', ['input', 'decision'], { state }));
  if (input.expectedQuantity != null && !new Decimal(input.expectedQuantity).eq(quantity)) {
    const path = ['input', 'expectedQuantity'];
    throw new Refusal(userError('STATE_CONFLICT', path, { state: quantity }, 'USER_QUANTITY_CHANGED'));
  }
  // More than was suggested might leave the donor short of its own need.
  if (input.quantity != null && new Decimal(input.quantity).gt(quantity)) {
    throw new Refusal(userError('OUT_OF_RANGE', ['input', 'quantity'], { bound: `≤ ${quantity}` }));
  }
}

async function decide(
  context: GraphqlContext,
  scope: QueryScope,
  transfer: DecidedTransfer,
  input: Input,
): Promise<void> {
  const { sql, now } = scope;
  const { suggestionId, itemId } = transfer;
  const base = { by: actorOf(context.viewer), reason: input.reason ?? null, at: now };
  if (input.decision === 'APPROVE') {
    const quantity = input.quantity ?? transfer.quantity;
    const inboundShipmentId = await planShipment(context, scope, transfer, quantity);
    const decision = {
      ...base,
      state: 'APPROVED' as const,
      quantity,
      silentUntilOn: null,
      inboundShipmentId,
    };
    await saveTransferDecision(sql, suggestionId, decision);
  } else if (input.decision === 'CANCEL') {
    const { inboundShipmentId, decidedQuantity: quantity } = transfer;
    const decision = {
      ...base,
      state: 'CANCELLED' as const,
      quantity,
      silentUntilOn: null,
      inboundShipmentId,
    };
    await saveTransferDecision(sql, suggestionId, decision);
    if (inboundShipmentId !== null) await removePlannedLine(sql, inboundShipmentId, itemId, now);
  } else {
    const days = input.silentDays ?? silentDaysDefault;
    const silentUntilOn = calendarDateOf(dayIndexOf(transfer.plannedOn) + days);
    const decision = { ...base, state: 'DISMISSED' as const, quantity: null, silentUntilOn };
    await saveTransferDecision(sql, suggestionId, { ...decision, inboundShipmentId: null });
  }
  await saveTransferVersions(sql, [suggestionId], now);
  const levels = [{ itemId, warehouseId: transfer.toWarehouseId }];
  // Both before the level is locked, as planning does it. Where the source counts incoming itself, the level does not
  // change, yet its plan does.
  if (input.decision !== 'DISMISS') await markPlanDue(sql, levels, false, now);
  await markSuggestionsDue(sql, [itemId], now);
  if (input.decision === 'DISMISS') return;
  const { organizationId } = context.viewer;
  const touched = { organizationId, levels, recordedAt: now, syncRunId: null };
  const events = await context.ports.refreshIncoming(sql, touched);
  await announce(context, scope, levels, events);
}

/** The expected inbound at the receiver. It has no day of order: a move says nothing of a supplier's lead time. */
async function planShipment(
  context: GraphqlContext,
  { sql, now }: QueryScope,
  transfer: DecidedTransfer,
  quantity: string,
): Promise<string | null> {
  const { organizationId } = context.viewer;
  const days = daysBetween(transfer.plannedOn, transfer.arrivesOn);
  const externalId = `TR-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(4).toString('hex')}`;
  const writer = { organizationId, shopId: null, observedAt: now, recordedAt: now };
  await saveShipments(sql, writer, [
    {
      ...{ externalId, warehouseId: transfer.toWarehouseId, supplierName: null, status: 'PLANNED' },
      ...{ orderedAt: null, shippedAt: null, receivedAt: null, modifiedAt: now },
      expectedAt: new Date(now.getTime() + Math.max(0, days) * dayMs),
      lines: [
        {
          ...{ lineId: transfer.sku, sku: transfer.sku, quantity, receivedQuantity: null },
          ...{ productId: null, specId: null, title: null },
        },
      ],
    },
  ]);
  return findRecordedShipment(sql, externalId);
}
