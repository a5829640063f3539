import { countItemsAtRisk, loadOverviewDays, type OverviewDayRow } from '../db/queries/overview-trend.ts';
import { planSummaries } from '../db/queries/plan-read.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { UnavailableReason } from './enums.ts';
import { requestError } from './errors.ts';
import { HealthScore, sumsHealthReason } from './health.ts';
import { loadByKey } from './loader.ts';
import { StockOverview } from './overview.ts';
import { Money, sumOfMoney } from './values.ts';

/** Days of a trend at most: a quarter. */
const trendDaysMax = 92;

const OverviewDay = builder.objectRef<OverviewDayRow>('OverviewDay').implement({
  description: 'What a business day brought the organization.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    date: t.field({
      type: 'Date',
      description: 'Business day, in the zone of the first physical warehouse.',
      resolve: (day) => day.date,
    }),
    demandUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Units customers wanted, all items together; null for today, which is not over, and for days that a connected shop was not yet read to the end of.',
      resolve: (day) => day.demandUnits,
    }),
    openedAlertCount: t.int({
      authScopes: { scope: 'read:alerts' },
      description: 'Alerts that were opened on it.',
      resolve: (day) => day.openedAlertCount,
    }),
    resolvedAlertCount: t.int({
      authScopes: { scope: 'read:alerts' },
      description: 'Alerts that were resolved on it.',
      resolve: (day) => day.resolvedAlertCount,
    }),
    openAlertCount: t.int({
      authScopes: { scope: 'read:alerts' },
      description: 'Alerts not resolved when it ended; now for today.',
      resolve: (day) => day.openAlertCount,
    }),
  }),
});

const sumsOf = (context: GraphqlContext) => loadByKey(context, planSummaries, 'ORGANIZATION', '');
const money = (amount: string | null | undefined) => (amount == null ? null : sumOfMoney(amount));

builder.objectFields(StockOverview, (t) => ({
  health: t.field({
    type: HealthScore,
    nullable: true,
    description:
      'Health of all levels together, pools only where no warehouse holds the item; null until something was planned (`kpiUnavailableReason`).',
    resolve: async (_row, _args, context) => {
      const sums = await sumsOf(context);
      return sums === null || sums.healthScore === null ? null : sums;
    },
  }),
  inStockRate: t.float({
    nullable: true,
    description:
      'Share of the last 90 days with stock over all levels, 0 to 1; null without stock on record (`kpiUnavailableReason`).',
    resolve: async (_row, _args, context) => (await sumsOf(context))?.inStockRate90 ?? null,
  }),
  turnover: t.field({
    type: 'Decimal',
    nullable: true,
    description: 'Turns a year by the last 90 days; null without stock on record (`kpiUnavailableReason`).',
    resolve: async (_row, _args, context) => (await sumsOf(context))?.turnover90 ?? null,
  }),
  plannedStockValue: t.field({
    type: Money,
    nullable: true,
    description:
      'Stock at unit cost, at price where the cost is unknown, as of the last plan; null when neither is known (`kpiUnavailableReason`).',
    resolve: async (_row, _args, context) => money((await sumsOf(context))?.stockValue),
  }),
  excessValue: t.field({
    type: Money,
    nullable: true,
    description: 'What lies beyond the likely need of 90 days, valued as `plannedStockValue`; null as there.',
    resolve: async (_row, _args, context) => money((await sumsOf(context))?.excessValue),
  }),
  kpiUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why a figure of the plan is null, of the first that is: health, inStockRate and turnover, plannedStockValue, excessValue; null when none is. Each with its own reason stands in `kpis.unavailable`.',
    resolve: async (_row, _args, context) => {
      const sums = await sumsOf(context);
      if (sums === null || sums.healthScore === null) return sumsHealthReason(sums);
      if (sums.inStockRate90 === null) return 'NO_HISTORY';
      if (sums.turnover90 === null) return (sums.recordedCount ?? 0) > 0 ? 'NO_STOCK' : 'NO_HISTORY';
      if (sums.stockValue === null) return 'NO_COST';
      return sums.excessValue === null ? 'NO_HISTORY' : null;
    },
  }),
  atRiskItemCount: t.int({
    description: 'Items of which a level is OUT or WILL_RUN_OUT (see UrgencyTier).',
    resolve: (_row, _args, context) => context.read((scope) => countItemsAtRisk(scope)),
  }),
  availableUnits: t.field({
    type: 'Decimal',
    description:
      'Available units of all items together, what is below zero as zero; pools only where no warehouse holds the item.',
    resolve: (row) => row.availableUnits,
  }),
  trend: t.field({
    type: [OverviewDay],
    description: 'The last business days, oldest first, today last.',
    args: {
      days: t.arg.int({
        required: true,
        defaultValue: 14,
        description: `How many, today among them; 1 to ${trendDaysMax}.`,
      }),
    },
    complexity: ({ days }) => ({ field: 20, multiplier: Math.max(1, Math.ceil(days / 14)) }),
    resolve: (_row, { days }, context) => {
      if (days < 1 || days > trendDaysMax) {
        const params = { argument: 'days', bound: `1–${trendDaysMax}` };
        throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', params);
      }
      return context.read((scope) => loadOverviewDays(scope, days));
    },
  }),
}));
