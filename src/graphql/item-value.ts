import { itemPlans, type PlanSums } from '../db/queries/plan-read.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { UnavailableReason } from './enums.ts';
import { loadByKey } from './loader.ts';
import { Item } from './refs.ts';
import { Money } from './values.ts';

const sumsOf = (context: GraphqlContext, itemId: string): Promise<PlanSums | null> =>
  loadByKey(context, itemPlans, itemId);
const over = 'its levels together, pools only where no warehouse holds it';

builder.objectFields(Item, (t) => ({
  stockValue: t.field({
    type: Money,
    nullable: true,
    description: `Stock of ${over}, at unit cost or, where that is unknown, at price, as of the last plan; null when neither is known (\`valueUnavailableReason\`).`,
    resolve: async (item, _args, context) => moneyOf(item, (await sumsOf(context, item.itemId))?.stockValue),
  }),
  excessValue: t.field({
    type: Money,
    nullable: true,
    description: `What of ${over} lies beyond the likely need of 90 days, valued as \`stockValue\`; null as there, and without a forecast.`,
    resolve: async (item, _args, context) => moneyOf(item, (await sumsOf(context, item.itemId))?.excessValue),
  }),
  valueUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `stockValue` or `excessValue` is null; null when neither is.',
    resolve: async (item, _args, context) => {
      const sums = await sumsOf(context, item.itemId);
      if (sums === null) return 'NOT_YET_COMPUTED';
      if (sums.stockValue === null) return 'NO_COST';
      return sums.excessValue === null ? 'NO_HISTORY' : null;
    },
  }),
}));

function moneyOf({ currencyCode }: { readonly currencyCode: string }, amount: string | null | undefined) {
  return amount == null ? null : { amount, currencyCode };
}
