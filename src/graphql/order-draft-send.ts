import { randomUUID } from 'node:crypto';
import type { QueryScope } from '../db/queries/collection.ts';
import { loadTestTarget } from '../db/queries/notification-channel.ts';
import { notificationDeliveries } from '../db/queries/notification-delivery.ts';
import { type NewDelivery, saveDelivery } from '../db/queries/notification-gather.ts';
import { type DraftLineRow, loadDraftLines } from '../db/queries/suggestion-draft.ts';
import { composeOrderLine, composeOrderTitle, type OrderLine } from '../domain/notification/order-message.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { NotificationDelivery } from './notification-refs.ts';
import { Refusal, userError } from './user-error.ts';

/** Lines in one message: as many as a shipment may have, about 150 KB of JSON. */
const linesMax = 500;

const OrderDraftSendInput = builder.inputType('OrderDraftSendInput', {
  description: 'An approved draft and the webhook to send it to.',
  fields: (t) => ({
    supplierName: t.string({
      description:
        'Whose approved draft, 1 to 200 characters; null = the one without a supplier. Must be given.',
    }),
    channelId: t.id({ required: true, description: 'A notification channel of the kind WEBHOOK.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const OrderDraftSendPayload = definePayload<{ deliveryId: string }>(
  'OrderDraftSendPayload',
  'The message: ask for it again until it is SENT or FAILED.',
  (t) => ({
    notificationDelivery: t.field({
      type: NotificationDelivery,
      nullable: true,
      description: 'The message that carries the order.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, notificationDeliveries, result.deliveryId),
    }),
  }),
);

builder.mutationField('orderDraftSend', (t) =>
  t.field({
    type: OrderDraftSendPayload,
    authScopes: { scope: 'write:stock' },
    description: `Sends an approved draft to a webhook, signed, of the type \`orders.approved\`, at most ${linesMax} lines. It is sent when somebody asks for it and never by itself; delivered at least once with the same id.`,
    args: { input: t.arg({ type: OrderDraftSendInput, required: true, description: 'What, and where to.' }) },
    resolve: (_root, { input }, context) => {
      const [channelId = ''] = requireId(context, String(input.channelId), 'NotificationChannel');
      return runMutation(context, 'orderDraftSend', input, async (scope) => {
        const { supplierName } = input;
        if (supplierName === undefined) {
          throw new Refusal(
            userError('REQUIRED', ['input', 'supplierName'], { what: 'supplierName / null' }),
          );
        }
        const checks = startChecks();
        checks.text(supplierName, ['input', 'supplierName'], 200);
        checks.refuseIfAny();
        const locale = await requireWebhook(scope, channelId);
        const lines = await loadLines(scope, supplierName);
        const orders = lines.map(toOrderLine);
        const deliveryId = randomUUID();
        const delivery: NewDelivery = {
          ...{ deliveryId, channelId, kind: 'ORDERS', state: 'QUEUED', recipient: '', severity: 'INFO' },
          title: composeOrderTitle(supplierName, orders.length, locale),
          message: {
            texts: orders.map((line) => composeOrderLine(line, locale)),
            ...{ alerts: [], mentions: [], orders },
          },
          ...{ partNumber: 1, partCount: 1, noticeCount: orders.length, digest: 'NONE', changedAt: null },
        };
        await saveDelivery(scope.sql, context.viewer.organizationId, delivery, scope.now);
        return { deliveryId };
      });
    },
  }),
);

/** @throws Refusal unless the channel is a webhook that is switched on; answers the language of its messages */
async function requireWebhook({ sql }: QueryScope, channelId: string) {
  const target = await loadTestTarget(sql, channelId);
  if (target === null) throw new Refusal(userError('NOT_FOUND', ['input', 'channelId']));
  if (target.kind !== 'WEBHOOK') {
    throw new Refusal(userError('NOT_ALLOWED_HERE', ['input', 'channelId'], { what: target.kind }));
  }
  if (!target.isEnabled) {
    throw new Refusal(userError('STATE_CONFLICT', ['input', 'channelId'], { state: 'DISABLED' }));
  }
  return target.locale;
}

async function loadLines(scope: QueryScope, supplierName: string | null): Promise<DraftLineRow[]> {
  const lines = await loadDraftLines(scope, { state: 'APPROVED', supplierName }, linesMax + 1);
  if (lines.length === 0) throw new Refusal(userError('NOT_FOUND', ['input', 'supplierName']));
  if (lines.length > linesMax) {
    throw new Refusal(userError('OUT_OF_RANGE', ['input', 'supplierName'], { bound: `≤ ${linesMax}` }));
  }
  return lines;
}

function toOrderLine(line: DraftLineRow): OrderLine {
  const { suggestionId, supplierName, sku, warehouseCode, quantity, unit, unitCost, orderByOn } = line;
  return {
    ...{ suggestionId, orderId: line.externalId, supplierName, sku, itemTitle: line.title, warehouseCode },
    ...{ quantity, unit, unitCost, orderByOn, expectedArrivalOn: line.arrivesOn },
  };
}
