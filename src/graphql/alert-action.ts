import { stockAlerts } from '../db/queries/alert.ts';
import { actOnAlert } from '../db/queries/alert-action.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import type { AlertAction } from '../domain/alert/alert-action.ts';
import { dayMs } from '../shared/time.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import { actorOf, type GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import {
  definePayload,
  type IdempotentInput,
  idempotencyKeyDescription,
  type PayloadValue,
  runMutation,
} from './mutation.ts';
import { requireId } from './node.ts';
import { StockAlert } from './refs.ts';
import { Refusal, userError } from './user-error.ts';

/** Nobody means to be silent for longer than a quarter of a year. */
const snoozeDaysMax = 90;

const StockAlertPayload = definePayload<{ alertId: string }>(
  'StockAlertPayload',
  'The alert as it is now.',
  (t) => ({
    stockAlert: t.field({
      type: StockAlert,
      nullable: true,
      description: 'The alert.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, stockAlerts, result.alertId),
    }),
  }),
);

const StockAlertAcknowledgeInput = builder.inputType('StockAlertAcknowledgeInput', {
  description: 'An alert that somebody takes up.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The alert’s id.' }),
    note: t.string({ description: 'What they have to say, 1 to 500 characters; null = nothing.' }),
    until: t.field({
      type: 'DateTime',
      description: `When it shall fire again if it is not over by then (business time): after now, at most ${snoozeDaysMax} days ahead; null = never.`,
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const StockAlertSnoozeInput = builder.inputType('StockAlertSnoozeInput', {
  description: 'An alert to be silent for a time.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The alert’s id.' }),
    until: t.field({
      type: 'DateTime',
      required: true,
      description: `Until when (business time): after now, at most ${snoozeDaysMax} days ahead. It may still resolve or get worse.`,
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const StockAlertUnsnoozeInput = builder.inputType('StockAlertUnsnoozeInput', {
  description: 'A silent alert that shall speak again.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The alert’s id.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

builder.mutationFields((t) => ({
  stockAlertAcknowledge: t.field({
    type: StockAlertPayload,
    authScopes: { scope: 'write:alerts' },
    description: 'Takes up an open alert: says who is on it. Ends a snooze. Refused once it is resolved.',
    args: { input: t.arg({ type: StockAlertAcknowledgeInput, required: true, description: 'Which alert.' }) },
    resolve: (_root, { input }, context) =>
      act(
        context,
        'stockAlertAcknowledge',
        input,
        { kind: 'acknowledge', until: input.until ?? null },
        input.note ?? null,
      ),
  }),
  stockAlertSnooze: t.field({
    type: StockAlertPayload,
    authScopes: { scope: 'write:alerts' },
    description: 'Silences an open alert until an instant. Refused once it is resolved.',
    args: {
      input: t.arg({ type: StockAlertSnoozeInput, required: true, description: 'Which alert, until when.' }),
    },
    resolve: (_root, { input }, context) =>
      act(context, 'stockAlertSnooze', input, { kind: 'snooze', until: input.until }, null),
  }),
  stockAlertUnsnooze: t.field({
    type: StockAlertPayload,
    authScopes: { scope: 'write:alerts' },
    description: 'Ends a snooze: the alert is what it was before. Refused unless it is SNOOZED.',
    args: { input: t.arg({ type: StockAlertUnsnoozeInput, required: true, description: 'Which alert.' }) },
    resolve: (_root, { input }, context) =>
      act(context, 'stockAlertUnsnooze', input, { kind: 'unsnooze' }, null),
  }),
}));

function act(
  context: GraphqlContext,
  mutation: string,
  input: IdempotentInput & { readonly id: string },
  action: AlertAction,
  note: string | null,
): Promise<PayloadValue<{ alertId: string }>> {
  const [alertId = ''] = requireId(context, input.id, 'StockAlert');
  const { organizationId } = context.viewer;
  return runMutation(context, mutation, input, async ({ sql, now }) => {
    const checks = startChecks();
    checks.text(note, ['input', 'note'], 500);
    const until = action.kind === 'unsnooze' ? null : action.until;
    if (until !== null && !isAhead(until, now)) {
      checks.add(userError('OUT_OF_RANGE', ['input', 'until'], { bound: `> now, ≤ ${snoozeDaysMax} d` }));
    }
    checks.refuseIfAny();
    const by = actorOf(context.viewer);
    const acted = await actOnAlert(sql, { organizationId, alertId, action, by, note, at: now });
    if (acted.kind === 'missing') throw new Refusal(userError('NOT_FOUND', ['input', 'id']));
    if (acted.kind === 'conflict') {
      throw new Refusal(userError('STATE_CONFLICT', ['input', 'id'], { state: acted.state }));
    }
    await appendEvents(sql, organizationId, [acted.event], now);
    return { alertId };
  });
}

function isAhead(until: Date, now: Date): boolean {
  const ahead = until.getTime() - now.getTime();
  return ahead > 0 && ahead <= snoozeDaysMax * dayMs;
}
