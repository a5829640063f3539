import { builder } from './builder.ts';
import { Explanation } from './explanation.ts';
import { loadWindow } from './kpi-window.ts';
import { checkDays, loadOpenedPlan } from './level-plan.ts';
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

/** Days of a window that every plan keeps. */
const usualWindow = 90;

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
        description:
          'Horizon of the stock-out probability, 1 to 365, null = the protection period; window of turnover, sell-through and in-stock rate, null = 90.',
      }),
    },
    resolve: async (level, { of: value, days }, context) => {
      if (days != null) checkDays(context, 'days', days);
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return null;
      if (value === 'URGENCY') return explainUrgencyOf(plan);
      const isPast = value === 'TURNOVER' || value === 'SELL_THROUGH' || value === 'IN_STOCK_RATE';
      const isKept = days == null || days === usualWindow || (days === 365 && value === 'TURNOVER');
      const window = isPast && !isKept ? await loadWindow(context, plan, days) : null;
      return explainPlan(plan, value, days ?? null, window);
    },
  }),
);
