import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import { stockOutDaysMax } from '../domain/plan/days-to-stock-out.ts';
import { agedInboundOf } from '../domain/plan/level-facts.ts';
import { computeStockOutProbability } from '../domain/plan/stock-out-risk.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import { UnavailableReason } from './enums.ts';
import { Explanation } from './explanation.ts';
import { checkDays, forecastReason, loadOpenedPlan, type OpenedPlan, type PlanReason } from './level-plan.ts';
import { explainPlan } from './plan-explanation.ts';
import { Quantiles, toDayQuantiles, toQuantiles } from './quantiles.ts';
import { StockLevel } from './refs.ts';

const Arrival = builder.objectRef<{ date: string; units: string }>('PlannedArrival').implement({
  description: 'Goods that planning counts on.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    date: t.field({
      type: 'Date',
      description: 'Business day from which they can be sold; overdue ones at their new expected day.',
      resolve: (arrival) => arrival.date,
    }),
    units: t.field({ type: 'Decimal', description: 'Units.', resolve: (arrival) => arrival.units }),
  }),
});

/** Why the days to stock-out are null; null when all three are known. */
function stockOutReason(plan: OpenedPlan | null): PlanReason | null {
  const reason = forecastReason(plan);
  if (reason !== null || plan === null) return reason;
  if (plan.row.daysToStockOutP90 !== null) return null;
  return Number(plan.row.unitsPerDay) > 0 ? 'BEYOND_HORIZON' : 'NO_DEMAND';
}

function probabilityOf(plan: OpenedPlan, withinDays: number): number | null {
  return plan.risk === null ? null : computeStockOutProbability(plan.risk, withinDays);
}

/** A stock-out probability with its explanation. */
export const StockOutRisk = builder
  .objectRef<{ plan: OpenedPlan; withinDays: number }>('StockOutRisk')
  .implement({
    description:
      'Probability that demand finds too little stock on some day of a horizon; inbound counts from its day only.',
    authScopes: { scope: 'read:stock' },
    fields: (t) => ({
      withinDays: t.exposeInt('withinDays', { description: 'Days looked ahead, today included.' }),
      probability: t.float({
        nullable: true,
        description: '0 to 1; null without a forecast (`policyUnavailableReason` of the level).',
        resolve: ({ plan, withinDays }) => probabilityOf(plan, withinDays),
      }),
      explanation: t.field({
        type: Explanation,
        nullable: true,
        description:
          'How it came about; null without a forecast, and with negative stock, which is 1 for sure.',
        resolve: ({ plan, withinDays }) => explainPlan(plan, 'STOCK_OUT_PROBABILITY', withinDays),
      }),
      computedAt: t.field({
        type: 'DateTime',
        description: 'When the plan that it rests on was computed.',
        resolve: ({ plan }) => plan.row.computedAt,
      }),
      dataAsOf: t.field({
        type: 'DateTime',
        description: 'Newest data that went in.',
        resolve: ({ plan }) => plan.row.dataAsOf,
      }),
    }),
  });

const daysArg = 'Days ahead, today included; 1 to 365.';

builder.objectFields(StockLevel, (t) => ({
  daysToStockOut: t.field({
    type: Quantiles,
    nullable: true,
    description: `Days until the shelf is empty, as a distribution over demand and arrivals: 0 = empty now. Looks ${stockOutDaysMax} days ahead; a quantile beyond is null. Null without a forecast (\`daysToStockOutUnavailableReason\`).`,
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null || plan.demand === null) return null;
      const { daysToStockOutP10: p10, daysToStockOutP50: p50, daysToStockOutP90: p90 } = plan.row;
      return toDayQuantiles({ p10, p50, p90 }, stockOutDaysMax);
    },
  }),
  daysToStockOutUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `daysToStockOut` or one of its quantiles is null; null when none is.',
    resolve: async (level, _args, context) => stockOutReason(await loadOpenedPlan(context, level)),
  }),
  stockOutProbability: t.float({
    nullable: true,
    complexity: { field: 2 },
    description:
      'Probability that demand finds too little stock on some day within so many days; null without a forecast (`policyUnavailableReason`). A shelf sold to exactly 0 is empty (`daysToStockOut`), but short only when somebody wants more.',
    args: { withinDays: t.arg.int({ required: true, description: daysArg }) },
    resolve: async (level, { withinDays }, context) => {
      checkDays(context, 'withinDays', withinDays);
      const plan = await loadOpenedPlan(context, level);
      return plan === null ? null : probabilityOf(plan, withinDays);
    },
  }),
  stockOutRisk: t.field({
    type: StockOutRisk,
    nullable: true,
    complexity: { field: 2 },
    description:
      'The same with its explanation; the horizon is the protection period unless given. Null until first planned (`policyUnavailableReason`).',
    args: { withinDays: t.arg.int({ description: `${daysArg} Null = the protection period.` }) },
    resolve: async (level, { withinDays }, context) => {
      if (withinDays != null) checkDays(context, 'withinDays', withinDays);
      const plan = await loadOpenedPlan(context, level);
      return plan === null ? null : { plan, withinDays: withinDays ?? plan.row.protectionDays };
    },
  }),
  probabilityBeforeNextReceipt: t.float({
    nullable: true,
    description:
      'Probability that demand finds too little stock before the next receipt; null when nothing is on its way, and without a forecast (`nextReceiptUnavailableReason`).',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.probabilityBeforeReceipt ?? null,
  }),
  nextReceiptOn: t.field({
    type: 'Date',
    nullable: true,
    description:
      'Business day of the next receipt after today; null when nothing is on its way (`nextReceiptUnavailableReason`).',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.nextReceiptOn ?? null,
  }),
  nextReceiptUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why `nextReceiptOn` or `probabilityBeforeNextReceipt` is null; null when neither is. NO_HISTORY is about the probability alone.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return 'NOT_YET_COMPUTED';
      if (plan.row.nextReceiptOn === null) return 'NOTHING_INCOMING';
      return plan.row.probabilityBeforeReceipt === null ? 'NO_HISTORY' : null;
    },
  }),
  expectedLostUnits: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Units expected to find no stock within the protection period; null without a forecast (`policyUnavailableReason`).',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.expectedLostUnits ?? null,
  }),
  orderByOn: t.field({
    type: 'Date',
    nullable: true,
    description:
      'Latest day to order so that the expected stock stays at or above the safety stock; today when late. Null when that is not in sight within a year, and without a forecast (`orderByUnavailableReason`).',
    resolve: async (level, _args, context) => (await loadOpenedPlan(context, level))?.row.orderByOn ?? null,
  }),
  orderByUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why `orderByOn` is null; null when it is not. NO_DEMAND = nobody is expected to want it, BEYOND_HORIZON = later than a year.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      const reason = forecastReason(plan);
      if (reason !== null || plan === null || plan.row.orderByOn !== null) return reason;
      return Number(plan.row.unitsPerDay) > 0 ? 'BEYOND_HORIZON' : 'NO_DEMAND';
    },
  }),
  demandOver: t.field({
    type: Quantiles,
    nullable: true,
    complexity: { field: 2 },
    description:
      'Demand of the next so many days together, in the item’s unit: the distribution of the sum, since daily quantiles do not add. Null without a forecast (`policyUnavailableReason`).',
    args: { days: t.arg.int({ required: true, description: daysArg }) },
    resolve: async (level, { days }, context) => {
      checkDays(context, 'days', days);
      const plan = await loadOpenedPlan(context, level);
      return plan?.demand == null ? null : toQuantiles(plan.demand.demandOver(days), days);
    },
  }),
  incomingWithin: t.field({
    type: 'Decimal',
    nullable: true,
    description:
      'Units that planning counts on within so many days, overdue ones at their new expected day; null until first planned (`policyUnavailableReason`).',
    args: { days: t.arg.int({ required: true, description: daysArg }) },
    resolve: async (level, { days }, context) => {
      checkDays(context, 'days', days);
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return null;
      const due = arrivalsOf(plan).filter(({ day }) => day <= days);
      return formatDecimal(due.reduce((sum, { units }) => sum.plus(units), new Decimal(0)));
    },
  }),
  arrivals: t.field({
    type: [Arrival],
    description: 'Goods that planning counts on, by day; empty when there are none.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return [];
      return arrivalsOf(plan).map(({ day, units }) => ({
        date: calendarDateOf(plan.facts.plannedDay + day - 1),
        units: formatDecimal(units),
      }));
    },
  }),
  inboundOverdue: t.field({
    type: 'Decimal',
    nullable: true,
    description: 'Units past their due day; null until first planned (`policyUnavailableReason`).',
    resolve: async (level, _args, context) =>
      (await loadOpenedPlan(context, level))?.row.inboundOverdue ?? null,
  }),
}));

function arrivalsOf(plan: OpenedPlan) {
  return agedInboundOf(plan.facts).arrivals;
}
