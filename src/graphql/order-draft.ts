import { items } from '../db/queries/item.ts';
import { replenishmentSuggestions } from '../db/queries/suggestion.ts';
import {
  type DraftLineRow,
  type DraftWanted,
  loadDraftLines,
  loadMinOrderValues,
} from '../db/queries/suggestion-draft.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { type DraftLine, groupOrderDrafts } from '../domain/plan/order-draft.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { loadPromised } from './loader.ts';
import { writeOrderCsv } from './order-draft-csv.ts';
import { Item, Warehouse } from './refs.ts';
import { ReplenishmentSuggestion } from './replenishment-suggestion.ts';
import { Money } from './values.ts';

/** Lines that all drafts of an answer have at most; more need a supplier named. */
const draftLinesMax = 5_000;

/** What to send to one supplier. */
interface OrderDraftValue {
  readonly supplierName: string | null;
  readonly lines: readonly DraftLineRow[];
  readonly value: string;
  readonly unpricedLineCount: number;
  readonly minOrderValue: string | null;
  readonly missingValue: string;
  readonly currencyCode: string;
}

const OrderDraftState = builder.enumType('OrderDraftState', {
  description: 'Which drafts. New values may be added.',
  values: {
    OPEN: { description: 'Made of what is suggested and not decided.' },
    APPROVED: {
      description: 'Made of what is approved and not on record as ordered yet: what is to be sent.',
    },
  } as const,
});

const OrderDraftLine = builder.objectRef<DraftLineRow>('OrderDraftLine').implement({
  description: 'A line of an order draft.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    suggestion: t.field({
      type: ReplenishmentSuggestion,
      description: 'The suggestion behind it.',
      resolve: (line, _args, context) => loadPromised(context, replenishmentSuggestions, line.suggestionId),
    }),
    item: t.field({
      type: Item,
      description: 'The goods.',
      resolve: (line, _args, context) => loadPromised(context, items, line.itemId),
    }),
    warehouse: t.field({
      type: Warehouse,
      description: 'Where they go.',
      resolve: (line, _args, context) => loadPromised(context, warehouses, line.warehouseId),
    }),
    quantity: t.field({
      type: 'Decimal',
      description: 'Suggested, or approved, in the item’s unit.',
      resolve: (line) => line.quantity,
    }),
    isDue: t.exposeBoolean('isDue', {
      description:
        'Whether it must be ordered now; false = it comes along, since a second order soon costs more.',
    }),
    orderByOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'Latest day to order; null = not in sight.',
      resolve: (line) => line.orderByOn,
    }),
    unitCost: t.field({
      type: Money,
      nullable: true,
      description: 'What one costs the merchant; null = unknown.',
      resolve: (line) =>
        line.unitCost === null ? null : { amount: line.unitCost, currencyCode: line.currencyCode },
    }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        'Id of the planned shipment, under which the order can be recorded; null = not approved yet.',
    }),
  }),
});

const OrderDraft = builder.objectRef<OrderDraftValue>('OrderDraft').implement({
  description:
    'What to order from one supplier. There is one when any of its lines is due; lines that are not due yet come along. Never sent by itself.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    supplierName: t.exposeString('supplierName', {
      nullable: true,
      description: 'The supplier; null = nobody said where to buy these: `itemDetailsSet` tells it.',
    }),
    lines: t.field({
      type: [OrderDraftLine],
      description: 'By warehouse and article number.',
      complexity: { field: 0, multiplier: 20 },
      resolve: (draft) => [...draft.lines],
    }),
    value: t.field({
      type: Money,
      description: 'Sum of the lines whose cost is known.',
      resolve: (draft) => ({ amount: draft.value, currencyCode: draft.currencyCode }),
    }),
    unpricedLineCount: t.exposeInt('unpricedLineCount', {
      description: 'Lines without a cost: the value is then too low.',
    }),
    minOrderValue: t.field({
      type: Money,
      nullable: true,
      description:
        'Least value of an order to this supplier, by its stock policy, else the organization’s; null = none.',
      resolve: (draft) =>
        draft.minOrderValue === null
          ? null
          : { amount: draft.minOrderValue, currencyCode: draft.currencyCode },
    }),
    missingValue: t.field({
      type: Money,
      description:
        'What is missing to the least value; 0 = reached, none, or a line has no cost. A draft is never filled up by itself.',
      resolve: (draft) => ({ amount: draft.missingValue, currencyCode: draft.currencyCode }),
    }),
    csv: t.string({
      description: 'The lines as CSV with a heading: comma, UTF-8, CR LF; formulas are made harmless.',
      resolve: (draft) => writeOrderCsv(draft.lines),
    }),
  }),
});

builder.queryField('orderDrafts', (t) =>
  t.field({
    type: [OrderDraft],
    authScopes: { scope: 'read:stock' },
    description: `Order drafts by supplier, those without one last. At most ${draftLinesMax} lines in all: more are refused, then name a supplier.`,
    complexity: { field: 20, multiplier: 5 },
    args: {
      state: t.arg({
        type: OrderDraftState,
        required: true,
        defaultValue: 'OPEN',
        description: 'Suggested or approved; OPEN unless given.',
      }),
      supplierName: t.arg.string({ description: 'Of this supplier only; null = of all.' }),
    },
    resolve: (_root, { state, supplierName }, context) =>
      loadOrderDrafts(context, { state, ...(supplierName == null ? {} : { supplierName }) }),
  }),
);

/**
 * Order drafts of what is suggested or approved, by supplier.
 *
 * @throws GraphQLError when there are more lines than one answer may have
 */
async function loadOrderDrafts(context: GraphqlContext, wanted: DraftWanted): Promise<OrderDraftValue[]> {
  const [rows, minimums] = await context.read(async (scope) => [
    await loadDraftLines(scope, wanted, draftLinesMax + 1),
    await loadMinOrderValues(scope),
  ]);
  if (rows.length > draftLinesMax) {
    const bound = `≤ ${draftLinesMax}`;
    throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', { argument: 'supplierName', bound });
  }
  return toOrderDrafts(rows, minimums, wanted.state);
}

/** Groups lines by supplier; of approved ones every line is due. */
function toOrderDrafts(
  rows: readonly DraftLineRow[],
  minimums: ReadonlyMap<string, string>,
  state: DraftWanted['state'],
): OrderDraftValue[] {
  const byId = new Map(rows.map((row) => [row.suggestionId, row]));
  const lines = rows.map((row): DraftLine & { suggestionId: string } => ({
    ...{ suggestionId: row.suggestionId, itemId: row.sku, warehouseId: row.warehouseCode },
    ...{ supplierId: row.supplierName, isDue: state === 'APPROVED' || row.isDue },
    quantity: new Decimal(row.quantity),
    unitCost: row.unitCost === null ? null : new Decimal(row.unitCost),
  }));
  const minimumOf = (name: string) => minimums.get(name) ?? minimums.get('') ?? null;
  const drafts = groupOrderDrafts(lines, (name) => {
    const value = minimumOf(name);
    return value === null ? null : new Decimal(value);
  });
  return drafts.map((draft) => {
    const own = draft.lines.map(({ suggestionId }) => byId.get(suggestionId)!);
    return {
      ...{ supplierName: draft.supplierId, lines: own, value: formatDecimal(draft.value) },
      unpricedLineCount: draft.unpricedCount,
      minOrderValue: draft.supplierId === null ? null : minimumOf(draft.supplierId),
      missingValue: formatDecimal(draft.missingValue),
      currencyCode: own[0]?.currencyCode ?? 'CNY',
    };
  });
}
