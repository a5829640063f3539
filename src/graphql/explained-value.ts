import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { Explanation, type ExplanationValue } from './explanation.ts';
import { loadExplainedWindow } from './kpi-window.ts';
import { checkDays, loadOpenedPlan, type OpenedPlan } from './level-plan.ts';
import { explainPlan } from './plan-explanation.ts';
import { StockLevel } from './refs.ts';
import { explainUrgencyOf } from './urgency.ts';

/** Which planned value to explain. */
export const ExplainedValueEnum = builder.enumType('ExplainedValue', {
  description: 'A computed value that can be explained. New values may be added.',
  values: {
    SAFETY_STOCK: { description: 'Safety stock.' },
    REORDER_POINT: { description: 'Reorder point.' },
    TARGET_LEVEL: { description: 'Target level.' },
    STOCK_OUT_PROBABILITY: { description: 'Probability of a stock-out within `days`.' },
    DAYS_TO_STOCK_OUT: {
      description:
        'Median of the days to stock-out: how likely the shelf is empty by that day, and by the day before.',
    },
    EXPECTED_LOST_UNITS: { description: 'Expected lost units of the protection period.' },
    LOST_SALES: { description: 'Lost sales of the last 90 days, in units.' },
    ORDER_BY: {
      description: 'Latest day to order, as days from the day of the plan: 0 = on that day.',
    },
    URGENCY: { description: 'Urgency score.' },
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

/** What `days` means when a value is explained. */
export const explainedDays =
  'Horizon of the stock-out probability, 1 to 365, null = the protection period; window of turnover, sell-through and in-stock rate, null = 90.';

/**
 * How a value of a plan came about, be it stored or under a scenario.
 *
 * @returns null where the value itself is null
 * @throws GraphQLError ARGUMENT_OUT_OF_RANGE
 */
export async function explainValue(
  context: GraphqlContext,
  plan: OpenedPlan,
  value: typeof ExplainedValueEnum.$inferType,
  days: number | null,
): Promise<ExplanationValue | null> {
  if (days !== null) checkDays(context, 'days', days);
  if (value === 'URGENCY') return explainUrgencyOf(plan);
  return explainPlan(plan, value, days, await loadExplainedWindow(context, plan, value, days));
}

builder.objectField(StockLevel, 'planExplanation', (t) =>
  t.field({
    type: Explanation,
    nullable: true,
    complexity: { field: 2 },
    description:
      'How a computed value came about; null where the value itself is null, and where the kind says so.',
    args: {
      of: t.arg({ type: ExplainedValueEnum, required: true, description: 'Which value.' }),
      days: t.arg.int({
        description: explainedDays,
      }),
    },
    resolve: async (level, { of: value, days }, context) => {
      const plan = await loadOpenedPlan(context, level);
      return plan === null ? null : explainValue(context, plan, value, days ?? null);
    },
  }),
);
