import type { QueryScope } from '../db/queries/collection.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { loadItemUnit } from '../db/queries/item.ts';
import { replenishmentSuggestions } from '../db/queries/suggestion.ts';
import {
  type DecidedSuggestion,
  lockSuggestion,
  removePlannedLine,
  saveDecision,
} from '../db/queries/suggestion-decide.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { releaseReadings } from '../db/queries/suggestion-guard.ts';
import { saveVersions } from '../db/queries/suggestion-save.ts';
import { calendarDateOf, dayIndexOf } from '../domain/forecast/calendar-index.ts';
import { Decimal } from '../shared/decimal.ts';
import type { ItemId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { quantityMax, startChecks } from './checks.ts';
import { actorOf, type GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { ReplenishmentSuggestion } from './replenishment-suggestion.ts';
import { approvePurchases, endDecision } from './suggestion-approve.ts';
import { SuggestionDecision } from './suggestion-enums.ts';
import { Refusal, userError } from './user-error.ts';

/** A dismissal holds for a week unless said otherwise, days. */
export const silentDaysDefault = 7;
const silentDaysMax = 365;

/** What to do with a suggestion, be it of a purchase, a listing quantity or a transfer. */
export const SuggestionDecideInput = builder.inputType('SuggestionDecideInput', {
  description: 'A decision about a suggestion.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The suggestion’s id.' }),
    decision: t.field({ type: SuggestionDecision, required: true, description: 'What to do.' }),
    quantity: t.field({
      type: 'Decimal',
      description: 'With APPROVE: other than suggested, above 0, in the item’s unit; null = as suggested.',
    }),
    expectedQuantity: t.field({
      type: 'Decimal',
      description:
        'The suggested quantity as it was seen; refused when it is another by now. Null = not checked.',
    }),
    reason: t.string({ description: 'Why, 1 to 500 characters; needed with DISMISS.' }),
    silentDays: t.int({
      description: `With DISMISS: suggest nothing here for so many days, 0 to ${silentDaysMax}, unless the need grows by a quarter; ${silentDaysDefault} unless given.`,
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

type Input = typeof SuggestionDecideInput.$inferInput;

/** The suggestion as it is after a decision; what else can be decided about adds its own field. */
export const SuggestionDecidePayload = definePayload<{ suggestionId: string }>(
  'SuggestionDecidePayload',
  'The suggestion as it is now.',
  (t) => ({
    replenishmentSuggestion: t.field({
      type: ReplenishmentSuggestion,
      nullable: true,
      description: 'The suggested purchase or listing quantity; null when it was another kind of suggestion.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, replenishmentSuggestions, result.suggestionId),
    }),
  }),
);

builder.mutationField('replenishmentSuggestionDecide', (t) =>
  t.field({
    type: SuggestionDecidePayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Approves, dismisses, releases or cancels a suggestion; kept with who and when. An approved purchase becomes expected inbound (PLANNED) until the order is recorded or it is cancelled. Nothing is ordered by it.',
    args: { input: t.arg({ type: SuggestionDecideInput, required: true, description: 'Which, and what.' }) },
    resolve: async (_root, { input }, context) => {
      await ensureSnapshotPartitions(context.db, 'app', [context.now]);
      const [suggestionId = ''] = requireId(context, String(input.id), 'ReplenishmentSuggestion');
      return runMutation(context, 'replenishmentSuggestionDecide', input, async (scope) => {
        checkDecision(input);
        const suggestion = await lockSuggestion(scope.sql, suggestionId);
        if (suggestion === null) throw new Refusal(userError('NOT_FOUND', ['input', 'id']));
        requireState(suggestion, input);
        await requireUnit(scope, suggestion.itemId, input);
        await decide(context, scope, suggestion, input);
        return { suggestionId };
      });
    },
  }),
);

/** Checks what every decision has to satisfy. @throws Refusal naming all faults */
export function checkDecision(input: Input): void {
  const checks = startChecks();
  checks.text(input.reason, ['input', 'reason'], 500);
  checks.decimal(input.quantity, ['input', 'quantity'], { max: quantityMax });
  if (input.quantity != null && new Decimal(input.quantity).lte(0)) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'quantity'], { bound: '> 0' }));
  }
  if (input.decision === 'DISMISS' && input.reason == null) {
    checks.add(userError('REQUIRED', ['input', 'reason'], { what: 'DISMISS' }));
  }
  const days = input.silentDays ?? silentDaysDefault;
  if (days < 0 || days > silentDaysMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'silentDays'], { bound: `0–${silentDaysMax}` }));
  }
  if (input.decision !== 'APPROVE' && input.quantity != null) {
    const params = { other: 'decision', bound: 'APPROVE' };
    checks.add(userError('INCONSISTENT', ['input', 'quantity'], params));
  }
  checks.refuseIfAny();
}

/** Checks that a quantity is one that the item's unit has. @throws Refusal */
export async function requireUnit({ sql }: QueryScope, itemId: ItemId, input: Input): Promise<void> {
  if (input.quantity == null) return;
  const checks = startChecks();
  checks.unit(input.quantity, ['input', 'quantity'], await loadItemUnit(sql, itemId));
  checks.refuseIfAny();
}

const decidable: Record<Input['decision'], readonly string[]> = {
  APPROVE: ['OPEN'],
  DISMISS: ['OPEN', 'HELD'],
  RELEASE: ['HELD'],
  CANCEL: ['APPROVED'],
};

function requireState({ state, quantity }: DecidedSuggestion, input: Input): void {
  if (!decidable[input.decision].includes(state)) {
    throw new Refusal(userError('STATE_CONFLICT', ['input', 'decision'], { state }));
  }
  if (input.expectedQuantity != null && !new Decimal(input.expectedQuantity).eq(quantity)) {
    const path = ['input', 'expectedQuantity'];
    throw new Refusal(userError('STATE_CONFLICT', path, { state: quantity }, 'USER_QUANTITY_CHANGED'));
  }
}

async function decide(
  context: GraphqlContext,
  scope: Parameters<typeof endDecision>[1],
  suggestion: DecidedSuggestion,
  input: Input,
): Promise<void> {
  const { sql, now } = scope;
  const { suggestionId } = suggestion;
  const base = {
    by: actorOf(context.viewer),
    reason: input.reason ?? null,
    at: now,
    inboundShipmentId: null,
  };
  const end = (silentDays: number) => calendarDateOf(dayIndexOf(suggestion.plannedOn) + silentDays);
  switch (input.decision) {
    case 'APPROVE': {
      const quantity = input.quantity ?? suggestion.quantity;
      if (new Decimal(quantity).lte(0)) {
        throw new Refusal(userError('REQUIRED', ['input', 'quantity'], { what: 'APPROVE' }));
      }
      if (suggestion.kind === 'PURCHASE') {
        return approvePurchases(context, scope, [{ suggestion, quantity, reason: base.reason }]);
      }
      // The channel needs a while to show it; until tomorrow the same is not asked for again.
      await saveDecision(sql, suggestionId, { ...base, state: 'APPROVED', quantity, silentUntilOn: end(1) });
      return saveVersions(sql, [suggestionId], now);
    }
    case 'DISMISS': {
      const silentUntilOn = end(input.silentDays ?? silentDaysDefault);
      await saveDecision(sql, suggestionId, { ...base, state: 'DISMISSED', quantity: null, silentUntilOn });
      await markSuggestionsDue(sql, [suggestion.itemId], now);
      return saveVersions(sql, [suggestionId], now);
    }
    case 'RELEASE':
      await releaseReadings(sql, suggestion, base.by, now);
      await saveDecision(sql, suggestionId, { ...base, state: 'OPEN', quantity: null, silentUntilOn: null });
      await markSuggestionsDue(sql, [suggestion.itemId], now);
      return saveVersions(sql, [suggestionId], now);
    case 'CANCEL': {
      const quantity = suggestion.decidedQuantity;
      await saveDecision(sql, suggestionId, { ...base, state: 'CANCELLED', quantity, silentUntilOn: null });
      if (suggestion.inboundShipmentId === null) return saveVersions(sql, [suggestionId], now);
      await removePlannedLine(sql, suggestion.inboundShipmentId, suggestion.itemId, now);
      return endDecision(context, scope, [suggestion]);
    }
  }
}
