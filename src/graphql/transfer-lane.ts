import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import {
  type EnteredLane,
  removeTransferLanes,
  saveTransferLanes,
  type TransferLaneRow,
  transferLanes,
} from '../db/queries/transfer-lane.ts';
import { type WarehouseRow, warehouses } from '../db/queries/warehouse.ts';
import { Decimal } from '../shared/decimal.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { type Checks, quantityMax, startChecks } from './checks.ts';
import { resolveConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { loadByKey, loadPromised, loadRow } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { ascending } from './order.ts';
import { defineConnection, flatPage, pageCost } from './page.ts';
import { Warehouse } from './refs.ts';
import { userError } from './user-error.ts';

const TransferLane = builder.objectRef<TransferLaneRow>('TransferLane');
TransferLane.implement({
  description: 'A way to move goods between two physical warehouses. Without a lane nothing is suggested.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    from: t.field({
      type: Warehouse,
      description: 'Where goods leave.',
      resolve: (lane, _args, context) => loadPromised(context, warehouses, lane.fromWarehouseId),
    }),
    to: t.field({
      type: Warehouse,
      description: 'Where they arrive.',
      resolve: (lane, _args, context) => loadPromised(context, warehouses, lane.toWarehouseId),
    }),
    unitCost: t.field({
      type: 'Decimal',
      description: 'Money per unit, in the currency of the items, 0 or more.',
      resolve: (lane) => lane.unitCost,
    }),
    fixedCost: t.field({
      type: 'Decimal',
      description: 'Money for using the lane at all, shared by all items that are moved on it together.',
      resolve: (lane) => lane.fixedCost,
    }),
    unitsMin: t.field({
      type: 'Decimal',
      description: 'Least units of one item worth sending; 0 = no minimum.',
      resolve: (lane) => lane.unitsMin,
    }),
    packUnits: t.field({
      type: 'Decimal',
      description:
        'Units are sent in multiples of this, 1 or more. An item has one pack: the largest among the lanes of its warehouses.',
      resolve: (lane) => lane.packUnits,
    }),
    transferDays: t.exposeInt('transferDays', { description: 'Days until the goods can be sold there.' }),
  }),
});

const TransferLaneConnection = defineConnection('TransferLane', TransferLane, 'read:stock');

builder.queryField('transferLanes', (t) =>
  t.field({
    type: TransferLaneConnection,
    authScopes: { scope: 'read:stock' },
    description: 'All lanes, by the codes of their ends.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: transferLanes,
        args,
        sizes: flatPage,
        sort: [ascending('fromCode'), ascending('toCode')],
      }),
  }),
);

const TransferLaneInput = builder.inputType('TransferLaneInput', {
  description: 'A lane, made or replaced by its two ends.',
  fields: (t) => ({
    fromWarehouseCode: t.string({
      required: true,
      description: 'Code of the physical warehouse goods leave.',
    }),
    toWarehouseCode: t.string({
      required: true,
      description: 'Code of the physical warehouse they come to.',
    }),
    unitCost: t.field({ type: 'Decimal', required: true, description: 'Money per unit, 0 or more.' }),
    fixedCost: t.field({ type: 'Decimal', description: 'Money for using the lane at all; 0 unless given.' }),
    unitsMin: t.field({ type: 'Decimal', description: 'Least units of one item; 0 unless given.' }),
    packUnits: t.field({ type: 'Decimal', description: 'Multiple to send in, 1 or more; 1 unless given.' }),
    transferDays: t.int({ required: true, description: 'Days until the goods can be sold there, 0 to 365.' }),
    isRemoved: t.boolean({ description: 'True = remove the lane; the rest is then ignored.' }),
  }),
});

const TransferLanesSetInput = builder.inputType('TransferLanesSetInput', {
  description: 'Lanes to make, replace or remove. Lanes that are not named stay as they are.',
  fields: (t) => ({
    lanes: t.field({ type: [TransferLaneInput], required: true, description: 'Up to 500, each once.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

type LaneInput = typeof TransferLaneInput.$inferInput;

const TransferLanesSetPayload = definePayload<{ ends: { from: string; to: string }[] }>(
  'TransferLanesSetPayload',
  'The lanes as they are now.',
  (t) => ({
    lanes: t.field({
      type: [TransferLane],
      nullable: true,
      description: 'The lanes that were made or replaced, in the order given; null when refused.',
      resolve: async ({ result }, _args, context) => {
        if (result === null) return null;
        const rows = await Promise.all(
          result.ends.map(({ from, to }) => loadByKey(context, transferLanes, from, to)),
        );
        return rows.filter((row) => row !== null);
      },
    }),
  }),
);

const lanesMax = 500;
const daysMax = 365;

builder.mutationField('transferLanesSet', (t) =>
  t.field({
    type: TransferLanesSetPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Makes, replaces or removes lanes between physical warehouses, all or none. Every transfer is then decided anew.',
    args: { input: t.arg({ type: TransferLanesSetInput, required: true, description: 'The lanes.' }) },
    resolve: async (_root, { input }, context) => {
      const places = await loadPlaces(context, input.lanes);
      return runMutation(context, 'transferLanesSet', input, async ({ sql, now }) => {
        const entered = checkLanes(input.lanes, places);
        const ends = (lane: EnteredLane) => ({ from: lane.fromWarehouseId, to: lane.toWarehouseId });
        const kept = entered.filter((_, index) => input.lanes[index]!.isRemoved !== true);
        const removed = entered.filter((_, index) => input.lanes[index]!.isRemoved === true);
        await saveTransferLanes(sql, context.viewer.organizationId, kept, now);
        await removeTransferLanes(sql, removed);
        await markSuggestionsDue(sql, 'all', now);
        return { ends: kept.map(ends) };
      });
    },
  }),
);

async function loadPlaces(
  context: GraphqlContext,
  lanes: readonly LaneInput[],
): Promise<ReadonlyMap<string, WarehouseRow | null>> {
  const codes = [
    ...new Set(lanes.slice(0, lanesMax).flatMap((lane) => [lane.fromWarehouseCode, lane.toWarehouseCode])),
  ];
  const rows = await Promise.all(codes.map((code) => loadRow(context, warehouses, ['code'], [code])));
  return new Map(codes.map((code, index) => [code, rows[index]!]));
}

/** @throws Refusal naming every fault of every lane */
function checkLanes(
  lanes: readonly LaneInput[],
  places: ReadonlyMap<string, WarehouseRow | null>,
): EnteredLane[] {
  const checks = startChecks();
  if (lanes.length === 0 || lanes.length > lanesMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'lanes'], { bound: `1–${lanesMax}` }));
    checks.refuseIfAny();
  }
  const seen = new Map<string, number>();
  const entered = lanes.map((lane, index) => {
    const path = ['input', 'lanes', index];
    const place = (field: 'fromWarehouseCode' | 'toWarehouseCode') =>
      findPlace(checks, places, lane, field, path);
    const from = place('fromWarehouseCode');
    const to = place('toWarehouseCode');
    const key = `${lane.fromWarehouseCode}\n${lane.toWarehouseCode}`;
    if (lane.fromWarehouseCode === lane.toWarehouseCode) {
      checks.add(
        userError('INCONSISTENT', [...path, 'toWarehouseCode'], { other: 'fromWarehouseCode', bound: '≠' }),
      );
    }
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else checks.add(userError('DUPLICATE', path, { other: String(first) }));
    checkNumbers(checks, lane, path);
    return {
      ...{ fromWarehouseId: from?.warehouseId ?? '', toWarehouseId: to?.warehouseId ?? '' },
      ...{ unitCost: lane.unitCost, fixedCost: lane.fixedCost ?? '0', unitsMin: lane.unitsMin ?? '0' },
      ...{ packUnits: lane.packUnits ?? '1', transferDays: lane.transferDays },
    };
  });
  checks.refuseIfAny();
  return entered;
}

function findPlace(
  checks: Checks,
  places: ReadonlyMap<string, WarehouseRow | null>,
  lane: LaneInput,
  field: 'fromWarehouseCode' | 'toWarehouseCode',
  path: readonly (string | number)[],
): WarehouseRow | null {
  const row = places.get(lane[field]) ?? null;
  if (row === null) checks.add(userError('NOT_FOUND', [...path, field]));
  else if (row.kind === 'MARKETPLACE_POOL') {
    checks.add(userError('NOT_ALLOWED_HERE', [...path, field], { what: 'MARKETPLACE_POOL' }));
  }
  return row;
}

function checkNumbers(checks: Checks, lane: LaneInput, path: readonly (string | number)[]): void {
  checks.decimal(lane.unitCost, [...path, 'unitCost'], { min: 0, max: quantityMax });
  checks.decimal(lane.fixedCost, [...path, 'fixedCost'], { min: 0, max: quantityMax });
  checks.decimal(lane.unitsMin, [...path, 'unitsMin'], { min: 0, max: quantityMax });
  checks.decimal(lane.packUnits, [...path, 'packUnits'], { min: 1, max: quantityMax });
  if (lane.packUnits != null && !new Decimal(lane.packUnits).isInteger()) {
    checks.add(userError('INVALID', [...path, 'packUnits'], { bound: '1, 2, 3 …' }));
  }
  if (lane.transferDays < 0 || lane.transferDays > daysMax) {
    checks.add(userError('OUT_OF_RANGE', [...path, 'transferDays'], { bound: `0–${daysMax}` }));
  }
}
