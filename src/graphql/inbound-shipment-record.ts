import {
  findRecordedShipment,
  inboundShipmentLinesMax,
  inboundShipments,
} from '../db/queries/inbound-shipment.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { type ShipmentWrite, saveShipments } from '../db/queries/ingest-shipment.ts';
import { loadImportTargets } from '../db/queries/stock-import.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { builder } from './builder.ts';
import { quantityMax, startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { InboundShipmentStatus } from './inbound-shipment.ts';
import { loadByKey } from './loader.ts';
import { announce, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { InboundShipment } from './refs.ts';
import { userError } from './user-error.ts';

const InboundShipmentLineInput = builder.inputType('InboundShipmentLineInput', {
  description: 'A line of goods on their way, in the item’s unit.',
  fields: (t) => ({
    lineId: t.string({
      description: 'Id inside the shipment, 1 to 100 characters; null = the article number.',
    }),
    sku: t.string({ required: true, description: 'Article number of an item that exists.' }),
    quantity: t.field({
      type: 'Decimal',
      required: true,
      description: 'On the way, 0 or more; 0 = none after all.',
    }),
    receivedQuantity: t.field({
      type: 'Decimal',
      description: 'What of it has arrived, 0 or more; null = not known.',
    }),
  }),
});

const InboundShipmentRecordInput = builder.inputType('InboundShipmentRecordInput', {
  description: 'Goods on their way, as somebody knows them. Recording the same id again changes it.',
  fields: (t) => ({
    externalId: t.string({
      required: true,
      description: 'The merchant’s own id of it, 1 to 100 characters.',
    }),
    warehouseCode: t.string({
      description: 'Code of the physical warehouse where it goes; null = not known.',
    }),
    supplierName: t.string({ description: 'Who sends it, 1 to 200 characters; null = unknown.' }),
    status: t.field({ type: InboundShipmentStatus, required: true, description: 'Where it stands.' }),
    orderedAt: t.field({ type: 'DateTime', description: 'When it was ordered; null = unknown.' }),
    shippedAt: t.field({
      type: 'DateTime',
      description: 'When it was handed to the carrier; null = not yet.',
    }),
    expectedAt: t.field({ type: 'DateTime', description: 'When it is expected; null = unknown.' }),
    receivedAt: t.field({ type: 'DateTime', description: 'When it arrived; null = not yet.' }),
    lines: t.field({
      type: [InboundShipmentLineInput],
      required: true,
      description: `1 to ${inboundShipmentLinesMax} lines. A line recorded earlier and not named now stays as it was.`,
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

type Input = typeof InboundShipmentRecordInput.$inferInput;

const InboundShipmentRecordPayload = definePayload<{ inboundShipmentId: string }>(
  'InboundShipmentRecordPayload',
  'The shipment as it is now.',
  (t) => ({
    inboundShipment: t.field({
      type: InboundShipment,
      nullable: true,
      description: 'The shipment.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, inboundShipments, result.inboundShipmentId),
    }),
  }),
);

builder.mutationField('inboundShipmentRecord', (t) =>
  t.field({
    type: InboundShipmentRecordPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Records goods on their way, or changes what was recorded. While PLANNED, ORDERED or SHIPPED they count as incoming of their warehouse, where its source does not report incoming itself. What arrived shows in the levels only when their source says so.',
    args: {
      input: t.arg({ type: InboundShipmentRecordInput, required: true, description: 'The shipment.' }),
    },
    resolve: async (_root, { input }, context) => {
      await ensureSnapshotPartitions(context.db, 'app', [context.now]);
      const { organizationId } = context.viewer;
      return runMutation(context, 'inboundShipmentRecord', input, async (scope) => {
        const { sql, now } = scope;
        const shipment = await checkShipment(input, scope, now);
        const writer = { organizationId, shopId: null, observedAt: now, recordedAt: now };
        const saved = await saveShipments(sql, writer, [shipment]);
        const touched = { organizationId, levels: saved.levels, recordedAt: now, syncRunId: null };
        // What was planned and is on record now ends the approval behind it. Marked before the levels are locked.
        await markSuggestionsDue(
          sql,
          saved.levels.map(({ itemId }) => itemId),
          now,
        );
        const events = await context.ports.refreshIncoming(sql, touched);
        await announce(context, scope, saved.levels, events);
        const inboundShipmentId = await findRecordedShipment(sql, input.externalId);
        return { inboundShipmentId };
      });
    },
  }),
);

async function checkShipment(
  input: Input,
  { sql }: Parameters<Parameters<GraphqlContext['write']>[0]>[0],
  now: Date,
): Promise<ShipmentWrite> {
  const checks = startChecks();
  checks.text(input.externalId, ['input', 'externalId'], 100);
  checks.text(input.supplierName, ['input', 'supplierName'], 200);
  if (input.lines.length === 0 || input.lines.length > inboundShipmentLinesMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'lines'], { bound: `1–${inboundShipmentLinesMax}` }));
  }
  checks.refuseIfAny();
  const codes = input.warehouseCode == null ? [] : [input.warehouseCode];
  const skus = input.lines.map((line) => line.sku);
  const targets = await loadImportTargets(sql, skus, codes);
  const warehouse = targets.warehouses.get(input.warehouseCode ?? '');
  if (input.warehouseCode != null && warehouse === undefined) {
    checks.add(userError('NOT_FOUND', ['input', 'warehouseCode']));
  }
  if (warehouse?.kind === 'MARKETPLACE_POOL') {
    checks.add(userError('NOT_ALLOWED_HERE', ['input', 'warehouseCode'], { what: 'MARKETPLACE_POOL' }));
  }
  const seen = new Map<string, number>();
  input.lines.forEach((line, index) => {
    const path = (field: string) => ['input', 'lines', index, field];
    const item = targets.items.get(line.sku);
    if (item === undefined) checks.add(userError('NOT_FOUND', path('sku')));
    else {
      checks.unit(line.quantity, path('quantity'), item);
      checks.unit(line.receivedQuantity, path('receivedQuantity'), item);
    }
    checks.text(line.lineId, path('lineId'), 100);
    checks.decimal(line.quantity, path('quantity'), { min: 0, max: quantityMax });
    checks.decimal(line.receivedQuantity, path('receivedQuantity'), { min: 0, max: quantityMax });
    const lineId = line.lineId ?? line.sku;
    const first = seen.get(lineId);
    if (first === undefined) seen.set(lineId, index);
    else checks.add(userError('DUPLICATE', path('lineId'), { other: String(first) }));
  });
  checks.refuseIfAny();
  return {
    externalId: input.externalId,
    warehouseId: warehouse?.warehouseId ?? null,
    supplierName: input.supplierName ?? null,
    status: input.status,
    orderedAt: input.orderedAt ?? null,
    shippedAt: input.shippedAt ?? null,
    expectedAt: input.expectedAt ?? null,
    receivedAt: input.receivedAt ?? null,
    modifiedAt: now,
    lines: input.lines.map((line) => ({
      lineId: line.lineId ?? line.sku,
      productId: null,
      specId: null,
      sku: line.sku,
      title: null,
      quantity: line.quantity,
      receivedQuantity: line.receivedQuantity ?? null,
    })),
  };
}
