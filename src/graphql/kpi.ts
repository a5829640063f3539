import { figuresOfWindow } from '../domain/plan/history-figures.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { UnavailableReason } from './enums.ts';
import { loadWindow, usualWindow } from './kpi-window.ts';
import {
  checkDays,
  forecastReason,
  loadOpenedPlan,
  type OpenedPlan,
  type PlannedLevelKey,
} from './level-plan.ts';
import { StockLevel } from './refs.ts';
import { Money } from './values.ts';

const windowArg = 'Days looked back, whole business days up to yesterday: 1 to 365.';

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
      'Turns a year: units sold over the time-weighted mean stock of the window, scaled to a year; at one cost the same as in money. Days whose stock is not on record are left out. 0 when there was stock and nothing sold; null until stock was on record for a whole business day of the window, and when it was 0 on all of them (`turnoverUnavailableReason`).',
    args: { days: t.arg.int({ required: true, description: windowArg }) },
    resolve: async (level, { days }, context) =>
      (await windowFigures(context, level, days))?.turnover.value ?? null,
  }),
  turnoverUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why `turnover` and `sellThrough` of the same window are null; null when they are not. NO_HISTORY = no whole business day of stock on record, NO_STOCK = on record, and always 0.',
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
    description:
      'Whole days without stock in the last 90; null without a day of stock on record (`inStockRateUnavailableReason`), which is not 0.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      return plan === null || plan.row.inStockRate90 === null ? null : plan.row.stockOutDays90;
    },
  }),
  lostSalesUnits: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Units probably not sold in the last 90 days for lack of stock; null where there is no estimate (`lostSalesUnavailableReason`).',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.lostSalesUnits90 ?? null,
  }),
  lostSalesUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why `lostSalesUnits` is null; null when it is not. NO_HISTORY = no day of stock on record, or days ran out and nothing says what would have been sold.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return 'NOT_YET_COMPUTED';
      if (plan.row.lostSalesUnits90 !== null) return null;
      return plan.facts.history.lostUnits90.reason ?? 'NO_HISTORY';
    },
  }),
  stockValue: t.field({
    type: Money,
    nullable: true,
    description:
      'Value of what lies here (`onHand`, `available` where that is not reported) as of the last plan, at cost, at price where the cost is unknown; null when neither is known (`valueUnavailableReason`).',
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
    description:
      'Value of the excess, valued as `stockValue`; null without a forecast, cost or price (`valueUnavailableReason`).',
    resolve: async (level, _args, context) => moneyOf(await loadOpenedPlan(context, level), 'excessValue'),
  }),
  valueUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `stockValue` or `excessValue` is null; null when neither is.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return 'NOT_YET_COMPUTED';
      if (plan.row.stockValue === null) return 'NO_COST';
      return plan.row.excessValue === null ? (forecastReason(plan) ?? 'NO_HISTORY') : null;
    },
  }),
  isDeadStock: t.boolean({
    nullable: true,
    description:
      'Whether stock lies here that did not sell for 180 days; null until first planned (`policyUnavailableReason`).',
    resolve: async (level, _args, context) => (await loadOpenedPlan(context, level))?.row.isDead ?? null,
  }),
}));

function moneyOf(plan: OpenedPlan | null, field: 'stockValue' | 'excessValue') {
  const amount = plan?.row[field] ?? null;
  return plan === null || amount === null ? null : { amount, currencyCode: plan.row.currencyCode };
}
