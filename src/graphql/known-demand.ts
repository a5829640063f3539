import { items } from '../db/queries/item.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import {
  loadLevelsOf,
  saveForecastOverride,
  saveMarketIndex,
  savePromotion,
} from '../db/queries/plan-known-save.ts';
import { findPolicyTargets } from '../db/queries/policy.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { brandId, type ItemId, isUuid, type WarehouseId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { type Checks, quantityMax, startChecks } from './checks.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { Item, StockLevel } from './refs.ts';
import { Refusal, userError } from './user-error.ts';

const factorBounds = { min: 0.01, max: 100 };
const rowsMax = 5_000;

function checkSpan(checks: Checks, from: string, to: string): void {
  if (to < from) {
    checks.add(userError('INCONSISTENT', ['input', 'toOn'], { other: 'fromOn', bound: '≥ fromOn' }));
  }
}

const PromotionUpsertInput = builder.inputType('PromotionUpsertInput', {
  description:
    'A promotion of an item. Past ones are kept out of its level, coming ones multiply its forecast.',
  fields: (t) => ({
    promotionId: t.string({ description: 'The promotion to change, as answered before; null = a new one.' }),
    itemId: t.id({ required: true, description: 'The item’s id.' }),
    warehouseId: t.id({ description: 'The warehouse’s id; null = everywhere.' }),
    name: t.string({ required: true, description: 'Name for people, 1 to 200 characters.' }),
    fromOn: t.field({ type: 'Date', required: true, description: 'First day.' }),
    toOn: t.field({ type: 'Date', required: true, description: 'Last day, itself included.' }),
    factor: t.field({
      type: 'Decimal',
      description:
        'Demand relative to an ordinary day, 0.01 to 100; null = learnt from the item’s own past promotions.',
    }),
    isCancelled: t.boolean({ description: 'True = it does not take place; false unless given.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const PromotionUpsertPayload = definePayload<{ promotionId: string; itemId: string }>(
  'PromotionUpsertPayload',
  'The promotion; its item’s forecasts follow within seconds.',
  (t) => ({
    promotionId: t.string({
      nullable: true,
      description: 'To change it later.',
      resolve: ({ result }) => result?.promotionId ?? null,
    }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The item.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, items, result.itemId),
    }),
  }),
);

const ForecastOverrideSetInput = builder.inputType('ForecastOverrideSetInput', {
  description:
    'A person’s own forecast for some days of an item in a warehouse; it replaces the computed mean.',
  fields: (t) => ({
    itemId: t.id({ required: true, description: 'The item’s id.' }),
    warehouseId: t.id({ required: true, description: 'The warehouse’s id.' }),
    fromOn: t.field({
      type: 'Date',
      required: true,
      description: 'First day; with the level it names the override.',
    }),
    toOn: t.field({ type: 'Date', required: true, description: 'Last day, itself included.' }),
    unitsPerDay: t.field({ type: 'Decimal', description: 'Units a day, 0 or more; null = withdrawn.' }),
    note: t.string({ description: 'Why, up to 500 characters.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const ForecastOverrideSetPayload = definePayload<{ itemId: string; warehouseId: string }>(
  'ForecastOverrideSetPayload',
  'The level; its forecast follows within seconds.',
  (t) => ({
    stockLevel: t.field({
      type: StockLevel,
      nullable: true,
      description: 'The level.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, stockLevels, result.itemId, result.warehouseId),
    }),
  }),
);

const MarketIndexRowInput = builder.inputType('MarketIndexRowInput', {
  description: 'An outside index of a category’s market on a day.',
  fields: (t) => ({
    category: t.string({ required: true, description: 'Name of the category.' }),
    day: t.field({
      type: 'Date',
      required: true,
      description:
        'The day from which it holds, until the next row’s day. Of rows before today the newest counts, for 31 days.',
    }),
    factor: t.field({
      type: 'Decimal',
      required: true,
      description: 'Demand relative to the present, 0.01 to 100: 1.1 = a tenth more.',
    }),
  }),
});

const MarketIndexImportInput = builder.inputType('MarketIndexImportInput', {
  description: 'Rows of an outside market index; they enter forecasts as a known factor, shown apart.',
  fields: (t) => ({
    rows: t.field({ type: [MarketIndexRowInput], required: true, description: `1 to ${rowsMax} rows.` }),
    source: t.string({ required: true, description: 'Where they come from, 1 to 200 characters.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const MarketIndexImportPayload = definePayload<{ rowCount: number; levelCount: number }>(
  'MarketIndexImportPayload',
  'What was stored; forecasts follow within seconds.',
  (t) => ({
    rowCount: t.int({
      description: 'Rows stored; 0 when refused.',
      resolve: ({ result }) => result?.rowCount ?? 0,
    }),
    levelCount: t.int({
      description: 'Levels that are forecast anew; 0 when refused.',
      resolve: ({ result }) => result?.levelCount ?? 0,
    }),
  }),
);

builder.mutationFields((t) => ({
  promotionUpsert: t.field({
    type: PromotionUpsertPayload,
    authScopes: { scope: 'write:stock' },
    description: 'Makes or changes a promotion in the calendar that forecasts know.',
    args: { input: t.arg({ type: PromotionUpsertInput, required: true, description: 'The promotion.' }) },
    resolve: (_root, { input }, context) => {
      const itemId = brandId<ItemId>(requireId(context, String(input.itemId), 'Item')[0] ?? '');
      const warehouseId = toWarehouse(context, input.warehouseId);
      return runMutation(context, 'promotionUpsert', input, async ({ sql, now }) => {
        const checks = startChecks();
        checks.text(input.name, ['input', 'name'], 200);
        checks.decimal(input.factor, ['input', 'factor'], factorBounds);
        checkSpan(checks, input.fromOn, input.toOn);
        checks.refuseIfAny();
        await requireTargets(sql, itemId, warehouseId);
        const { name, fromOn, toOn } = input;
        const promotion = await savePromotion(
          sql,
          context.viewer.organizationId,
          {
            ...{ itemId, warehouseId, name, fromOn, toOn, factor: input.factor ?? null },
            ...{ promotionId: toUuid(input.promotionId), isCancelled: input.isCancelled ?? false },
          },
          now,
        );
        if (promotion === null) throw new Refusal(userError('NOT_FOUND', ['input', 'promotionId']));
        // It may have moved: the goods that it was for go on without it.
        const levels = await loadLevelsOf(sql, { itemIds: [itemId, promotion.formerItemId] });
        await markPlanDue(sql, levels, true, now);
        return { promotionId: promotion.id, itemId };
      });
    },
  }),
  forecastOverrideSet: t.field({
    type: ForecastOverrideSetPayload,
    authScopes: { scope: 'write:stock' },
    description: 'Sets or withdraws a person’s own forecast for some days.',
    args: {
      input: t.arg({ type: ForecastOverrideSetInput, required: true, description: 'For what, and what.' }),
    },
    resolve: (_root, { input }, context) => {
      const itemId = brandId<ItemId>(requireId(context, String(input.itemId), 'Item')[0] ?? '');
      const warehouseId = brandId<WarehouseId>(
        requireId(context, String(input.warehouseId), 'Warehouse')[0] ?? '',
      );
      return runMutation(context, 'forecastOverrideSet', input, async ({ sql, now }) => {
        const checks = startChecks();
        checks.decimal(input.unitsPerDay, ['input', 'unitsPerDay'], { min: 0, max: quantityMax });
        checks.text(input.note, ['input', 'note'], 500);
        checkSpan(checks, input.fromOn, input.toOn);
        checks.refuseIfAny();
        await requireTargets(sql, itemId, warehouseId);
        const { fromOn, toOn } = input;
        await saveForecastOverride(
          sql,
          context.viewer.organizationId,
          {
            ...{ itemId, warehouseId, fromOn, toOn, unitsPerDay: input.unitsPerDay ?? null },
            ...{ note: input.note ?? null, setBy: context.viewer.keyName },
          },
          now,
        );
        await markPlanDue(sql, [{ itemId, warehouseId }], true, now);
        return { itemId, warehouseId };
      });
    },
  }),
  marketIndexImport: t.field({
    type: MarketIndexImportPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Stores an outside market index by category and day; what was there for the same day is replaced.',
    args: { input: t.arg({ type: MarketIndexImportInput, required: true, description: 'The rows.' }) },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'marketIndexImport', input, async ({ sql, now }) => {
        const { rows, source } = input;
        const checks = startChecks();
        checks.text(source, ['input', 'source'], 200);
        if (rows.length < 1 || rows.length > rowsMax) {
          checks.add(userError('OUT_OF_RANGE', ['input', 'rows'], { bound: `1–${rowsMax}` }));
        }
        const seen = new Map<string, number>();
        rows.forEach((row, index) => {
          checks.text(row.category, ['input', 'rows', index, 'category'], 200);
          checks.decimal(row.factor, ['input', 'rows', index, 'factor'], factorBounds);
          const other = seen.get(`${row.day} ${row.category}`);
          if (other !== undefined) {
            checks.add(userError('DUPLICATE', ['input', 'rows', index], { other: String(other) }));
          }
          seen.set(`${row.day} ${row.category}`, index);
        });
        checks.refuseIfAny();
        await saveMarketIndex(sql, context.viewer.organizationId, rows, { source, at: now });
        const levels = await loadLevelsOf(sql, { categories: rows.map((row) => row.category) });
        await markPlanDue(sql, levels, true, now);
        return { rowCount: rows.length, levelCount: levels.length };
      }),
  }),
}));

function toWarehouse(context: Parameters<typeof requireId>[0], id: string | number | null | undefined) {
  return id == null ? null : brandId<WarehouseId>(requireId(context, String(id), 'Warehouse')[0] ?? '');
}

function toUuid(id: string | null | undefined): string | null {
  if (id == null) return null;
  if (!isUuid(id)) throw new Refusal(userError('NOT_FOUND', ['input', 'promotionId']));
  return id;
}

async function requireTargets(
  sql: Parameters<typeof findPolicyTargets>[0],
  itemId: ItemId,
  warehouseId: WarehouseId | null,
): Promise<void> {
  const found = await findPolicyTargets(sql, { itemId, warehouseId, category: null, supplierName: null });
  if (!found.isItem) throw new Refusal(userError('NOT_FOUND', ['input', 'itemId']));
  if (!found.isWarehouse) throw new Refusal(userError('NOT_FOUND', ['input', 'warehouseId']));
}
