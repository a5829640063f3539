import { stockOutDaysMax } from '../domain/plan/days-to-stock-out.ts';
import { builder } from './builder.ts';
import { UnavailableReason } from './enums.ts';
import { ExplainedValueEnum, explainedDays, explainValue } from './explained-value.ts';
import { Explanation } from './explanation.ts';
import { HealthScore } from './health.ts';
import { checkDays, forecastReason, loadOpenedPlan, type OpenedPlan } from './level-plan.ts';
import { toPolicyValue } from './policy-value.ts';
import { Quantiles, toDayQuantiles } from './quantiles.ts';
import { StockLevel } from './refs.ts';
import { StockOutRisk } from './risk.ts';
import { ScenarioInput } from './scenario.ts';
import { loadScenarioPlan } from './scenario-plan.ts';
import { Money, PolicyValue } from './values.ts';

const noForecast = 'Null without a forecast (`unavailableReason`).';

/** A level's plan, as it stands or under a scenario. */
export const LevelPlan = builder.objectRef<OpenedPlan>('LevelPlan');
LevelPlan.implement({
  description:
    'What is planned for an item in a warehouse: policy values, risk and figures, as they stand or under a scenario. The same functions computed both.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    plannedOn: t.field({
      type: 'Date',
      description: 'Business day that it was planned on: day 1 of every horizon.',
      resolve: ({ row }) => row.plannedOn,
    }),
    unavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why what needs a forecast is null; null when there is one.',
      resolve: (plan) => forecastReason(plan),
    }),
    available: t.field({
      type: 'Decimal',
      description: 'Available units that the plan counts with; less what a scenario lets go.',
      resolve: ({ facts }) => facts.available,
    }),
    unitsPerDay: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Mean of the forecast of 28 days, units a day. ${noForecast}`,
      resolve: ({ row }) => row.unitsPerDay,
    }),
    leadTimeDays: t.field({
      type: 'Decimal',
      description: 'Mean calendar days from order to saleable.',
      resolve: ({ row }) => row.leadTimeDays,
    }),
    protectionDays: t.int({
      description: 'Lead time plus review period, whole days.',
      resolve: ({ row }) => row.protectionDays,
    }),
    serviceLevel: t.float({
      description: 'Wished probability of no stock-out in one cycle, 0 to 1.',
      resolve: ({ row }) => row.serviceLevel,
    }),
    safetyStock: t.field({
      type: PolicyValue,
      nullable: true,
      description: 'Safety stock; the default where nothing is known of demand. Never null once planned.',
      resolve: (plan) => toPolicyValue(plan, plan.row.safetyStock, 'SAFETY_STOCK'),
    }),
    reorderPoint: t.field({
      type: PolicyValue,
      nullable: true,
      description: `Order when the position within the protection period is at or below this. ${noForecast}`,
      resolve: (plan) => toPolicyValue(plan, plan.row.reorderPoint, 'REORDER_POINT'),
    }),
    targetLevel: t.field({
      type: PolicyValue,
      nullable: true,
      description: `Order up to this. ${noForecast}`,
      resolve: (plan) => toPolicyValue(plan, plan.row.targetLevel, 'TARGET_LEVEL'),
    }),
    positionDue: t.field({
      type: 'Decimal',
      description: 'Available plus what is due within the protection period.',
      resolve: ({ row }) => row.positionDue,
    }),
    stockOutRisk: t.field({
      type: StockOutRisk,
      complexity: { field: 2 },
      description: 'Probability of running out within a horizon, with its explanation.',
      args: {
        withinDays: t.arg.int({ description: 'Days ahead, 1 to 365; null = the protection period.' }),
      },
      resolve: (plan, { withinDays }, context) => {
        if (withinDays != null) checkDays(context, 'withinDays', withinDays);
        return { plan, withinDays: withinDays ?? plan.row.protectionDays };
      },
    }),
    daysToStockOut: t.field({
      type: Quantiles,
      nullable: true,
      description: `Days until the shelf is empty, 0 = empty now; a quantile beyond ${stockOutDaysMax} days is null. ${noForecast}`,
      resolve: ({ row, demand }) => {
        if (demand === null) return null;
        const { daysToStockOutP10: p10, daysToStockOutP50: p50, daysToStockOutP90: p90 } = row;
        return toDayQuantiles({ p10, p50, p90 }, stockOutDaysMax);
      },
    }),
    expectedLostUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Units expected to find no stock within the protection period. ${noForecast}`,
      resolve: ({ row }) => row.expectedLostUnits,
    }),
    orderByOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'Latest day to order, today when late; null when it is not in sight within a year.',
      resolve: ({ row }) => row.orderByOn,
    }),
    daysOfStock: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Available over the mean forecast of 28 days; null without a forecast or demand.',
      resolve: ({ row }) => row.daysOfStock,
    }),
    excessUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Units above what the coming 90 days are likely to need. ${noForecast}`,
      resolve: ({ row }) => row.excessUnits,
    }),
    excessValue: t.field({
      type: Money,
      nullable: true,
      description: 'Their value at cost, else at price; null without a forecast, or when neither is known.',
      resolve: ({ row }) =>
        row.excessValue === null ? null : { amount: row.excessValue, currencyCode: row.currencyCode },
    }),
    health: t.field({
      type: HealthScore,
      nullable: true,
      description: `Health score. ${noForecast}`,
      resolve: ({ row }) => (row.healthScore === null ? null : row),
    }),
    explanation: t.field({
      type: Explanation,
      nullable: true,
      complexity: { field: 2 },
      description: 'How a value came about; null where the value itself is null.',
      args: {
        of: t.arg({ type: ExplainedValueEnum, required: true, description: 'Which value.' }),
        days: t.arg.int({ description: explainedDays }),
      },
      resolve: (plan, { of, days }, context) => explainValue(context, plan, of, days ?? null),
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was computed; under a scenario: now.',
      resolve: ({ row }) => row.computedAt,
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      description: 'Newest data that went in.',
      resolve: ({ row }) => row.dataAsOf,
    }),
  }),
});

builder.objectField(StockLevel, 'plan', (t) =>
  t.field({
    type: LevelPlan,
    nullable: true,
    complexity: ({ scenario }) => ({ field: scenario == null ? 1 : 10 }),
    description:
      'The plan of this level: as it is stored, or under a scenario, side by side with the help of aliases. A scenario leaves no trace. Null until first planned, or when a scenario makes no sense for this level.',
    args: {
      scenario: t.arg({
        type: ScenarioInput,
        description:
          'A what-if; null = as stored. An empty one is computed anew and equals what is stored to the last digit.',
      }),
    },
    resolve: (level, { scenario }, context) =>
      scenario == null ? loadOpenedPlan(context, level) : loadScenarioPlan(context, level, scenario),
  }),
);
