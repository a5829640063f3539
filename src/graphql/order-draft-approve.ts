import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { replenishmentSuggestions } from '../db/queries/suggestion.ts';
import { findSuggestions, lockSuggestionsOf } from '../db/queries/suggestion-decide.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { ReplenishmentSuggestion } from './replenishment-suggestion.ts';
import { approvePurchases } from './suggestion-approve.ts';
import { Refusal, userError } from './user-error.ts';

/** Lines approved at once: as many as a shipment may have. */
const linesMax = 500;

const OrderDraftApproveInput = builder.inputType('OrderDraftApproveInput', {
  description: 'The approval of everything in one draft.',
  fields: (t) => ({
    supplierName: t.string({
      description:
        'The supplier, 1 to 200 characters; null = the draft without one. Must be given, so that nothing is approved by a name that was forgotten.',
    }),
    leaveOutIds: t.idList({ description: 'Suggestions that stay open; null = none.' }),
    isDueOnly: t.boolean({ description: 'True = only lines that are due; false unless given.' }),
    reason: t.string({ description: 'What to note, 1 to 500 characters; null = nothing.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const OrderDraftApprovePayload = definePayload<{ suggestionIds: string[] }>(
  'OrderDraftApprovePayload',
  'The approved suggestions.',
  (t) => ({
    replenishmentSuggestions: t.field({
      type: [ReplenishmentSuggestion],
      nullable: { list: true, items: true },
      description: 'As they are now.',
      resolve: ({ result }, _args, context) =>
        result === null
          ? null
          : result.suggestionIds.map((id) => loadByKey(context, replenishmentSuggestions, id)),
    }),
  }),
);

builder.mutationField('orderDraftApprove', (t) =>
  t.field({
    type: OrderDraftApprovePayload,
    authScopes: { scope: 'write:stock' },
    description: `Approves a draft as suggested, up to ${linesMax} lines: one planned shipment for each warehouse. What the guard holds stays. Nothing is ordered by it.`,
    args: { input: t.arg({ type: OrderDraftApproveInput, required: true, description: 'Whose draft.' }) },
    resolve: async (_root, { input }, context) => {
      await ensureSnapshotPartitions(context.db, 'app', [context.now]);
      const leftOut = (input.leaveOutIds ?? []).map(
        (id) => requireId(context, String(id), 'ReplenishmentSuggestion')[0] ?? '',
      );
      return runMutation(context, 'orderDraftApprove', input, async (scope) => {
        const checks = startChecks();
        if (input.supplierName === undefined) {
          checks.add(userError('REQUIRED', ['input', 'supplierName'], { what: 'supplierName / null' }));
        }
        checks.text(input.supplierName, ['input', 'supplierName'], 200);
        checks.text(input.reason, ['input', 'reason'], 500);
        // A line that should stay and is not there would otherwise let more through than was meant.
        const known = await findSuggestions(scope.sql, leftOut);
        leftOut.forEach((id, index) => {
          if (!known.has(id)) checks.add(userError('NOT_FOUND', ['input', 'leaveOutIds', index]));
        });
        checks.refuseIfAny();
        const found = await lockSuggestionsOf(scope.sql, input.supplierName ?? null, linesMax);
        const staying = new Set(leftOut);
        const wanted = found.filter(
          ({ suggestionId, isDue }) => !staying.has(suggestionId) && (isDue || input.isDueOnly !== true),
        );
        if (wanted.length === 0) throw new Refusal(userError('NOT_FOUND', ['input', 'supplierName']));
        const reason = input.reason ?? null;
        const lines = wanted.map((suggestion) => ({ suggestion, quantity: suggestion.quantity, reason }));
        await approvePurchases(context, scope, lines);
        return { suggestionIds: wanted.map(({ suggestionId }) => suggestionId) };
      });
    },
  }),
);
