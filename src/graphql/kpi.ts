import { itemPlans } from '../db/queries/plan-read.ts';
import { stockOutDaysMax } from '../domain/plan/days-to-stock-out.ts';
import { figuresOfWindow } from '../domain/plan/history-figures.ts';
import { actionOf, type UrgencyTier } from '../domain/urgency.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { UnavailableReason } from './enums.ts';
import { Explanation } from './explanation.ts';
import { loadWindow } from './kpi-window.ts';
import {
  checkDays,
  forecastReason,
  loadOpenedPlan,
  type OpenedPlan,
  type PlannedLevelKey,
} from './level-plan.ts';
import { loadByKey } from './loader.ts';
import { AbcClass, DemandClass, UrgencyTierEnum, XyzClass } from './plan-enums.ts';
import { type ExplainedValue, explainPlan } from './plan-explanation.ts';
import { Quantiles, toDayQuantiles } from './quantiles.ts';
import { Item, StockLevel } from './refs.ts';
import { Money } from './values.ts';

/** Which planned value to explain. */
export const ExplainedValueEnum = builder.enumType('ExplainedValue', {
  description: 'A computed value that can be explained. New values may be added.',
  values: {
    SAFETY_STOCK: { description: 'Safety stock.' },
    REORDER_POINT: { description: 'Reorder point.' },
    TARGET_LEVEL: { description: 'Target level.' },
    STOCK_OUT_PROBABILITY: { description: 'Probability of a stock-out within `days`.' },
    DAYS_OF_STOCK: { description: 'Days of stock.' },
    STOCK_VALUE: { description: 'Stock value.' },
    TURNOVER: { description: 'Turnover of the last `days`.' },
    SELL_THROUGH: { description: 'Sell-through of the last `days`.' },
    IN_STOCK_RATE: { description: 'In-stock rate of the last `days`.' },
    EXCESS_UNITS: { description: 'Excess units.' },
    EXCESS_VALUE: { description: 'Excess value.' },
    HEALTH: { description: 'Health score.' },
  } as const,
});

const Urgency = builder.objectRef<OpenedPlan & { tier: UrgencyTier }>('Urgency').implement({
  description: 'Where a level stands in the list of what to do.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    tier: t.field({ type: UrgencyTierEnum, description: 'What should happen.', resolve: ({ tier }) => tier }),
    action: t.string({
      description:
        'What to do: CHECK_SOURCE, EXPEDITE_OR_TRANSFER, EXPEDITE_AND_ORDER, ORDER, PREPARE_ORDER, COUNT_OR_CHASE, MOVE_OUT_OR_STOP_BUYING or NONE; more may be added.',
      resolve: ({ tier }) => actionOf(tier),
    }),
    score: t.field({
      type: 'Decimal',
      description: '0 to 100 in the order of the list, higher is sooner.',
      resolve: ({ row }) => row.urgencyScore ?? '0',
    }),
    stake: t.field({
      type: 'Decimal',
      description:
        'Money at stake until the next decision: expected lost margin, or a day’s cost of holding the excess; units where no price is known.',
      resolve: ({ row }) => row.urgencyStake ?? '0',
    }),
  }),
});

const windowArg = 'Days looked back, whole business days up to yesterday: 1 to 365.';
const usualWindow = 90;

/** The figures of a window that its plan was counted up to; null until first planned. */
async function windowFigures(context: GraphqlContext, level: PlannedLevelKey, days: number) {
  checkDays(context, 'days', days);
  const plan = await loadOpenedPlan(context, level);
  return plan === null ? null : figuresOfWindow(await loadWindow(context, plan, days));
}

builder.objectFields(StockLevel, (t) => ({
  daysOfStock: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Available over the mean forecast of 28 days: a single quotient, as shops know it; null without a forecast or demand (`daysOfStockUnavailableReason`). When the shelf will really be empty is `daysToStockOut`.',
    resolve: async (level, _args, context) => (await loadOpenedPlan(context, level))?.row.daysOfStock ?? null,
  }),
  daysOfStockUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `daysOfStock` is null; null when it is not.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan?.row.daysOfStock != null) return null;
      return forecastReason(plan) ?? 'NO_DEMAND';
    },
  }),
  turnover: t.field({
    type: 'Decimal',
    nullable: true,
    complexity: { field: 2 },
    description:
      'Turns a year: units sold over the time-weighted mean stock of the window, scaled to a year; at one cost the same as in money. Days whose stock is not on record are left out. 0 when there was stock and nothing sold; null without stock on record (`turnoverUnavailableReason`).',
    args: { days: t.arg.int({ required: true, description: windowArg }) },
    resolve: async (level, { days }, context) =>
      (await windowFigures(context, level, days))?.turnover.value ?? null,
  }),
  turnoverUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `turnover` of the same window is null; null when it is not.',
    args: { days: t.arg.int({ required: true, defaultValue: usualWindow, description: windowArg }) },
    resolve: async (level, { days }, context) => {
      const figures = await windowFigures(context, level, days);
      return figures === null ? 'NOT_YET_COMPUTED' : figures.turnover.reason;
    },
  }),
  sellThrough: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Units sold over the mean units on hand of the window; null without stock on record (`turnoverUnavailableReason` of the same window).',
    args: { days: t.arg.int({ required: true, defaultValue: usualWindow, description: windowArg }) },
    resolve: async (level, { days }, context) =>
      (await windowFigures(context, level, days))?.sellThrough.value ?? null,
  }),
  inStockRate: t.float({
    nullable: true,
    complexity: { field: 2 },
    description:
      'Share of the window with stock, parts of days counted, 0 to 1; null without stock on record (`inStockRateUnavailableReason`).',
    args: { days: t.arg.int({ required: true, description: windowArg }) },
    resolve: async (level, { days }, context) => {
      const value = (await windowFigures(context, level, days))?.inStockRate.value ?? null;
      return value === null ? null : Number(value);
    },
  }),
  inStockRateUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `inStockRate` of the same window is null; null when it is not.',
    args: { days: t.arg.int({ required: true, defaultValue: usualWindow, description: windowArg }) },
    resolve: async (level, { days }, context) => {
      const figures = await windowFigures(context, level, days);
      return figures === null ? 'NOT_YET_COMPUTED' : figures.inStockRate.reason;
    },
  }),
  stockOutDays: t.int({
    nullable: true,
    description: 'Whole days without stock in the last 90; null until first planned.',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.stockOutDays90 ?? null,
  }),
  lostSalesUnits: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Units probably not sold in the last 90 days for lack of stock; null where there is no estimate.',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.lostSalesUnits90 ?? null,
  }),
  stockValue: t.field({
    type: Money,
    nullable: true,
    description:
      'Value of the stock at cost, at price where the cost is unknown; null when neither is known.',
    resolve: async (level, _args, context) => moneyOf(await loadOpenedPlan(context, level), 'stockValue'),
  }),
  excessUnits: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Units beyond what the next 90 days are likely to need (90 % quantile); null without a forecast (`policyUnavailableReason`).',
    resolve: async (level, _args, context) => (await loadOpenedPlan(context, level))?.row.excessUnits ?? null,
  }),
  excessValue: t.field({
    type: Money,
    nullable: true,
    description: 'Value of the excess; null without a forecast, cost or price.',
    resolve: async (level, _args, context) => moneyOf(await loadOpenedPlan(context, level), 'excessValue'),
  }),
  isDeadStock: t.boolean({
    nullable: true,
    description: 'Whether stock lies here that did not sell for 180 days; null until first planned.',
    resolve: async (level, _args, context) => (await loadOpenedPlan(context, level))?.row.isDead ?? null,
  }),
  urgency: t.field({
    type: Urgency,
    nullable: true,
    description:
      'Where it stands in the list of what to do; null until first planned, and for levels not watched.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null || plan.row.urgencyTier === null) return null;
      return { ...plan, tier: plan.row.urgencyTier as UrgencyTier };
    },
  }),
  planExplanation: t.field({
    type: Explanation,
    nullable: true,
    complexity: { field: 2 },
    description: 'How a computed value came about; null where the value itself is null.',
    args: {
      of: t.arg({ type: ExplainedValueEnum, required: true, description: 'Which value.' }),
      days: t.arg.int({
        description:
          'Horizon of the stock-out probability, 1 to 365, null = the protection period; window of turnover, sell-through and in-stock rate, null = 90.',
      }),
    },
    resolve: async (level, { of, days }, context) => {
      if (days != null) checkDays(context, 'days', days);
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return null;
      const value = of as ExplainedValue;
      const isPast = value === 'TURNOVER' || value === 'SELL_THROUGH' || value === 'IN_STOCK_RATE';
      const isKept = days == null || days === usualWindow || (days === 365 && value === 'TURNOVER');
      const window = isPast && !isKept ? await loadWindow(context, plan, days) : null;
      return explainPlan(plan, value, days ?? null, window);
    },
  }),
}));

function moneyOf(plan: OpenedPlan | null, field: 'stockValue' | 'excessValue') {
  const amount = plan?.row[field] ?? null;
  return plan === null || amount === null ? null : { amount, currencyCode: plan.row.currencyCode };
}

builder.objectFields(Item, (t) => ({
  abcClass: t.field({
    type: AbcClass,
    nullable: true,
    description: 'Class by value; null until first summed up, and without any demand on record.',
    resolve: async (item, _args, context) =>
      (await loadByKey(context, itemPlans, item.itemId))?.abcClass ?? null,
  }),
  xyzClass: t.field({
    type: XyzClass,
    nullable: true,
    description: 'Class by steadiness of the level that sells most; null with fewer than 8 weeks of demand.',
    resolve: async (item, _args, context) =>
      (await loadByKey(context, itemPlans, item.itemId))?.xyzClass ?? null,
  }),
  demandClass: t.field({
    type: DemandClass,
    nullable: true,
    description: 'Pattern of demand of the level that sells most; null without demand.',
    resolve: async (item, _args, context) =>
      (await loadByKey(context, itemPlans, item.itemId))?.demandClass ?? null,
  }),
  classUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why one of the three classes is null; null when none is.',
    resolve: async (item, _args, context) => {
      const plan = await loadByKey(context, itemPlans, item.itemId);
      if (plan === null) return 'NOT_YET_COMPUTED';
      return plan.abcClass === null || plan.xyzClass === null || plan.demandClass === null
        ? 'NO_HISTORY'
        : null;
    },
  }),
  daysToStockOut: t.field({
    type: Quantiles,
    nullable: true,
    description:
      'Days until the first of its levels is empty, pools only where no warehouse holds it; null until first summed up (`daysToStockOutUnavailableReason`).',
    resolve: async (item, _args, context) => {
      const plan = await loadByKey(context, itemPlans, item.itemId);
      if (plan === null || plan.stockOutProbability === null) return null;
      const { daysToStockOutP10: p10, daysToStockOutP50: p50, daysToStockOutP90: p90 } = plan;
      return toDayQuantiles({ p10, p50, p90 }, stockOutDaysMax);
    },
  }),
  daysToStockOutUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `daysToStockOut` or one of its quantiles is null; null when none is.',
    resolve: async (item, _args, context) => {
      const plan = await loadByKey(context, itemPlans, item.itemId);
      if (plan === null) return 'NOT_YET_COMPUTED';
      if (plan.stockOutProbability === null) return 'NO_HISTORY';
      return plan.daysToStockOutP90 === null ? 'BEYOND_HORIZON' : null;
    },
  }),
}));
