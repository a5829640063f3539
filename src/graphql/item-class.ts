import { type ItemPlanRow, itemPlans } from '../db/queries/plan-read.ts';
import { stockOutDaysMax } from '../domain/plan/days-to-stock-out.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { UnavailableReason } from './enums.ts';
import { loadByKey } from './loader.ts';
import { AbcClass, DemandClass, XyzClass } from './plan-enums.ts';
import { Quantiles, toDayQuantiles } from './quantiles.ts';
import { Item } from './refs.ts';

const planOf = (context: GraphqlContext, itemId: string): Promise<ItemPlanRow | null> =>
  loadByKey(context, itemPlans, itemId);

builder.objectFields(Item, (t) => ({
  abcClass: t.field({
    type: AbcClass,
    nullable: true,
    description:
      'Class by value; null until first summed up, and without any demand on record (`classUnavailableReason`).',
    resolve: async (item, _args, context) => (await planOf(context, item.itemId))?.abcClass ?? null,
  }),
  xyzClass: t.field({
    type: XyzClass,
    nullable: true,
    description:
      'Class by steadiness of the level that sells most; null with fewer than 8 weeks of demand (`classUnavailableReason`).',
    resolve: async (item, _args, context) => (await planOf(context, item.itemId))?.xyzClass ?? null,
  }),
  demandClass: t.field({
    type: DemandClass,
    nullable: true,
    description:
      'Pattern of demand of the level that sells most; null without demand (`classUnavailableReason`).',
    resolve: async (item, _args, context) => (await planOf(context, item.itemId))?.demandClass ?? null,
  }),
  classUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why one of the three classes is null; null when none is. NO_HISTORY = nothing or too little is on record, NO_DEMAND = on record, and nothing was sold.',
    resolve: async (item, _args, context) => {
      const plan = await planOf(context, item.itemId);
      if (plan === null) return 'NOT_YET_COMPUTED';
      if (plan.unitsPerDay === null) return 'NO_HISTORY';
      if (plan.abcClass === null || plan.demandClass === null) return 'NO_DEMAND';
      return plan.xyzClass === null ? 'NO_HISTORY' : null;
    },
  }),
  daysToStockOut: t.field({
    type: Quantiles,
    nullable: true,
    description:
      'Days until the level that is likely empty first, by its median, is empty; of the levels that sell it (see InventoryKpis for which these are), as last summed up. Null until then, and without a forecast (`daysToStockOutUnavailableReason`).',
    resolve: async (item, _args, context) => {
      const plan = await planOf(context, item.itemId);
      if (plan === null || plan.stockOutProbability === null) return null;
      const { daysToStockOutP10: p10, daysToStockOutP50: p50, daysToStockOutP90: p90 } = plan;
      return toDayQuantiles({ p10, p50, p90 }, stockOutDaysMax);
    },
  }),
  daysToStockOutUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why `daysToStockOut` or one of its quantiles is null; null when none is. NO_DEMAND = nobody is expected to want it, BEYOND_HORIZON = it lasts longer than the days looked ahead.',
    resolve: async (item, _args, context) => {
      const plan = await planOf(context, item.itemId);
      if (plan === null) return 'NOT_YET_COMPUTED';
      if (plan.stockOutProbability === null) return 'NO_HISTORY';
      if (plan.daysToStockOutP90 !== null) return null;
      return Number(plan.unitsPerDay) > 0 ? 'BEYOND_HORIZON' : 'NO_DEMAND';
    },
  }),
}));
