import type { QueryScope } from '../db/queries/collection.ts';
import { items } from '../db/queries/item.ts';
import { findItemIds, saveItemDetails } from '../db/queries/item-details.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import { loadLevelsOf } from '../db/queries/plan-known-save.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import type { ItemId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { quantityMax, startChecks, unitDecimalsMax } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { announce, DryRun, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { Item } from './refs.ts';
import { userError } from './user-error.ts';

/** As many rows as lanes and lines of a shipment. */
const rowsMax = 500;

const ItemDetailsRowInput = builder.inputType('ItemDetailsRowInput', {
  description: 'What is said of one item. What is left out stays as it is; null = no longer known.',
  fields: (t) => ({
    sku: t.string({ required: true, description: 'Article number of the item.' }),
    unitCost: t.field({
      type: 'Decimal',
      description:
        'What one unit costs the merchant, in the currency of the item, 0 or more. Null = no longer known.',
    }),
    supplierName: t.string({
      description:
        'The usual supplier, 1 to 200 characters, written as in its stock policy. Null = no longer known.',
    }),
    unitDecimals: t.int({
      description: `Decimal places that quantities in the unit of the item may have, 0 (pieces) to ${unitDecimalsMax}; quantities that people enter with more are refused, what stands already stays. Null = as it is.`,
    }),
  }),
});

const ItemDetailsSetInput = builder.inputType('ItemDetailsSetInput', {
  description: 'Costs, suppliers and units of items. Items that are not named stay as they are.',
  fields: (t) => ({
    rows: t.field({
      type: [ItemDetailsRowInput],
      required: true,
      description: `1 to ${rowsMax} rows, each item once.`,
    }),
    dryRun: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'True: everything is done and checked as usual, then undone; nothing is kept or announced.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

type Row = typeof ItemDetailsRowInput.$inferInput;

const ItemDetailsSetPayload = definePayload<{ itemIds: ItemId[]; changedCount: number }>(
  'ItemDetailsSetPayload',
  'The items as they are now.',
  (t) => ({
    items: t.field({
      type: [Item],
      nullable: true,
      description: 'The items named, in the order given; after a dry run they are as before.',
      resolve: async ({ result }, _args, context) => {
        if (result === null) return null;
        const rows = await Promise.all(result.itemIds.map((id) => loadByKey(context, items, id)));
        return rows.filter((row) => row !== null);
      },
    }),
    changedItemCount: t.int({
      description: 'Items that differ by it, or would after a dry run; 0 when refused.',
      resolve: ({ result }) => result?.changedCount ?? 0,
    }),
  }),
);

builder.mutationField('itemDetailsSet', (t) =>
  t.field({
    type: ItemDetailsSetPayload,
    authScopes: { scope: 'write:stock' },
    complexity: ({ input }) => ({ field: 1 + input.rows.length, multiplier: 1 }),
    description:
      'Sets what items cost, who supplies them and how finely they are counted, by article number, all or none. Safety stocks follow at once by the policies of the supplier; plans, stock value, suggestions and order drafts as soon as they are computed anew.',
    args: { input: t.arg({ type: ItemDetailsSetInput, required: true, description: 'The rows.' }) },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'itemDetailsSet', input, async (scope) => {
        const itemIds = await checkRows(scope, input.rows);
        const details = input.rows.map((row, index) => ({ ...row, itemId: itemIds[index]! }));
        const changed = await saveItemDetails(scope.sql, details, scope.now);
        const result = { itemIds, changedCount: changed.length };
        if (changed.length > 0) await follow(context, scope, changed, input.rows.some(isAboutUnit));
        if (input.dryRun) throw new DryRun(result);
        return result;
      }),
  }),
);

/** @throws Refusal naming every fault of every row; answers their items */
async function checkRows({ sql }: QueryScope, rows: readonly Row[]): Promise<ItemId[]> {
  const checks = startChecks();
  if (rows.length === 0 || rows.length > rowsMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'rows'], { bound: `1–${rowsMax}` }));
    checks.refuseIfAny();
  }
  const known = await findItemIds(sql, [...new Set(rows.map(({ sku }) => sku))]);
  const firsts = new Map<string, number>();
  const itemIds = rows.flatMap((row, index) => {
    const path = ['input', 'rows', index];
    const first = firsts.get(row.sku);
    if (first === undefined) firsts.set(row.sku, index);
    else checks.add(userError('DUPLICATE', path, { other: String(first) }));
    checks.decimal(row.unitCost, [...path, 'unitCost'], { min: 0, max: quantityMax });
    checks.text(row.supplierName, [...path, 'supplierName'], 200);
    const decimals = row.unitDecimals == null ? null : String(row.unitDecimals);
    checks.decimal(decimals, [...path, 'unitDecimals'], { min: 0, max: unitDecimalsMax });
    const itemId = known.get(row.sku);
    if (itemId === undefined) checks.add(userError('NOT_FOUND', [...path, 'sku']));
    return itemId ?? [];
  });
  checks.refuseIfAny();
  return itemIds;
}

/** What is counted in fractions is forecast otherwise than pieces. */
const isAboutUnit = ({ unitDecimals }: Row): boolean => unitDecimals != null;

/** Everything that rests on cost and supplier: marks before levels are locked, as planning does it. */
async function follow(
  context: GraphqlContext,
  scope: QueryScope,
  itemIds: readonly ItemId[],
  isForecastDue: boolean,
): Promise<void> {
  const { sql, now } = scope;
  const levels = await loadLevelsOf(sql, { itemIds });
  await markPlanDue(sql, levels, isForecastDue, now);
  await markSuggestionsDue(sql, itemIds, now);
  const changed = await context.ports.refreshThresholds(sql, levels, now);
  await announce(context, scope, changed, []);
}
