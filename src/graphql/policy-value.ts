import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { UnavailableReason } from './enums.ts';
import { forecastReason, loadOpenedPlan, type OpenedPlan, type PlannedLevelKey } from './level-plan.ts';
import { type ExplainedValue, explainPlan } from './plan-explanation.ts';
import { StockLevel } from './refs.ts';
import { PolicyValue, type PolicyValueValue } from './values.ts';

/** What the plan adds to a low-stock threshold; nothing when the threshold did not come from it. */
export async function plannedSafetyStock(
  context: GraphqlContext,
  level: PlannedLevelKey,
  threshold: string,
): Promise<Pick<PolicyValueValue, 'planned'>> {
  const plan = await loadOpenedPlan(context, level);
  if (plan === null || !new Decimal(plan.row.safetyStock).eq(threshold)) return {};
  return { planned: toPlanned(plan, 'SAFETY_STOCK') };
}

function toPlanned(plan: OpenedPlan, value: ExplainedValue): NonNullable<PolicyValueValue['planned']> {
  const { row } = plan;
  return {
    method: row.safetyStockMethod as 'QUANTILE',
    dataAsOf: row.dataAsOf,
    explanation: explainPlan(plan, value, row.protectionDays),
    classic:
      row.classicZ === null || row.classicSafetyStock === null || row.sigmaUnitsPerDay === null
        ? null
        : {
            z: row.classicZ,
            leadTimeDays: row.leadTimeDays,
            sigma: row.sigmaUnitsPerDay,
            value: row.classicSafetyStock,
          },
  };
}

/** A planned value as the API shows it; null where it does not exist. */
export function toPolicyValue(
  plan: OpenedPlan | null,
  value: string | null,
  explained: ExplainedValue,
): PolicyValueValue | null {
  if (plan === null || value === null) return null;
  const { safetyStockOrigin: origin, computedAt } = plan.row;
  return { value, origin, computedAt, planned: toPlanned(plan, explained) };
}

const LeadTimeOrigin = builder.enumType('LeadTimeOrigin', {
  description: 'Where a lead time comes from, best first. New values may be added.',
  values: {
    OVERRIDE: { description: 'Set by a person.' },
    RECEIPTS: { description: 'At least five receipts of the item in this warehouse.' },
    ITEM: { description: 'Median of the item’s receipts, wherever they came in.' },
    SUPPLIER: { description: 'Median of the supplier’s receipts.' },
    CATEGORY: { description: 'Median of the category’s receipts in this warehouse.' },
    DEFAULT: { description: 'Nobody knows: 14 days.' },
  } as const,
});

const LeadTime = builder.objectRef<OpenedPlan>('LeadTime').implement({
  description: 'How long an order takes, and how long one has to last.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    days: t.field({
      type: 'Decimal',
      description: 'Mean calendar days from order to saleable.',
      resolve: ({ row }) => row.leadTimeDays,
    }),
    sdDays: t.field({
      type: 'Decimal',
      description: 'Standard deviation, days; 30 % of the mean where it was not observed.',
      resolve: ({ facts }) => formatDecimal(Number(facts.leadTime.sdDays.toFixed(6))),
    }),
    origin: t.field({
      type: LeadTimeOrigin,
      description: 'Where it comes from.',
      resolve: ({ facts }) => facts.leadTime.origin,
    }),
    reviewPeriodDays: t.field({
      type: 'Decimal',
      description: 'Days between two chances to order; 1 unless set.',
      resolve: ({ row }) => row.reviewPeriodDays,
    }),
    protectionDays: t.int({
      description: 'Lead time plus review period, whole days: what one order has to last.',
      resolve: ({ row }) => row.protectionDays,
    }),
    serviceLevel: t.float({
      description: 'Wished probability of no stock-out in one cycle; not a fill rate.',
      resolve: ({ row }) => row.serviceLevel,
    }),
    serviceLevelOrigin: t.string({
      description:
        'OVERRIDE (set by a person), ECONOMIC (what would have cost its class least), CLASS (by ABC and XYZ class) or DEFAULT (0.95); more may be added.',
      resolve: ({ row }) => row.serviceLevelOrigin,
    }),
  }),
});

builder.objectFields(StockLevel, (t) => ({
  reorderPoint: t.field({
    type: PolicyValue,
    nullable: true,
    description:
      'Order when the position within the protection period (lead time + review period) is at or below this: expected demand of that period plus safety stock, in the item’s unit; its origin is the safety stock’s. Null without a forecast (`policyUnavailableReason`).',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      return toPolicyValue(plan, plan?.row.reorderPoint ?? null, 'REORDER_POINT');
    },
  }),
  targetLevel: t.field({
    type: PolicyValue,
    nullable: true,
    description:
      'Order up to this, in the item’s unit; its origin is the safety stock’s. Null without a forecast (`policyUnavailableReason`).',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      return toPolicyValue(plan, plan?.row.targetLevel ?? null, 'TARGET_LEVEL');
    },
  }),
  policyUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why reorder point, target level, forecast, risk and all else that has no reason of its own are null; null when they are not.',
    resolve: async (level, _args, context) => forecastReason(await loadOpenedPlan(context, level)),
  }),
  leadTime: t.field({
    type: LeadTime,
    nullable: true,
    description:
      'Days from order to saleable goods, as planned with; null until first planned (`policyUnavailableReason`).',
    resolve: (level, _args, context) => loadOpenedPlan(context, level),
  }),
}));
