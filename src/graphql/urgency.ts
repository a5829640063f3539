import { explainUrgency, shownUrgencyScore } from '../domain/plan/explain-urgency.ts';
import { actionOf, type UrgencyTier } from '../domain/urgency.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { daysBetween } from '../shared/time.ts';
import { builder } from './builder.ts';
import { UnavailableReason } from './enums.ts';
import { Explanation, type ExplanationValue } from './explanation.ts';
import { loadOpenedPlan, type OpenedPlan } from './level-plan.ts';
import { UrgencyTierEnum } from './plan-enums.ts';
import { toExplanationValue } from './plan-explanation.ts';
import { StockLevel } from './refs.ts';

/** How an urgency score came about; null for a level that has none. */
export function explainUrgencyOf({ row, facts }: OpenedPlan): ExplanationValue | null {
  if (row.urgencyTier === null) return null;
  const orderIn = row.orderByOn === null ? null : daysBetween(row.plannedOn, row.orderByOn);
  const { unitPrice, unitCost, dataAsOf } = facts;
  return toExplanationValue(
    explainUrgency({
      ...{ tier: row.urgencyTier as UrgencyTier, unitPrice, unitCost, dataAsOf },
      ...{ expectedLostUnits: row.expectedLostUnits, excessUnits: row.excessUnits },
      day: row.daysToStockOutP50 ?? orderIn,
    }),
  );
}

const Urgency = builder.objectRef<OpenedPlan & { tier: UrgencyTier }>('Urgency').implement({
  description:
    'Where a level stands in the list of what to do. The list is a total order: by tier (OUT, WILL_RUN_OUT and ORDER_NOW share one place), then by what is at stake, amounts of money before mere units and units before nothing, then by the day of running out or ordering, then by id.',
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
      description:
        '0 to 100 in the order of the list, higher is sooner; 6 decimals, sorted by more. Bands: SOURCE 95–100; OUT, WILL_RUN_OUT and ORDER_NOW 50–95; ORDER_SOON 30–50; RECORD 20–30; EXCESS 10–20; OK 0–10. The upper 60 % of a band are stakes in money, the next 30 % stakes in units (no price, no cost), the rest is nothing at stake, the nearer day higher. Within its part a stake fills stake / (stake + 1000). It rests on nothing else, so scores of all levels and all times compare.',
      resolve: ({ row }) => formatDecimal(shownUrgencyScore(row.urgencyScore ?? '0')),
    }),
    stake: t.field({
      type: 'Decimal',
      description:
        'At stake until the next decision: expected lost margin (at price where the cost is unknown), or a day’s cost of holding the excess; in `stakeUnit`.',
      resolve: ({ row }) => row.urgencyStake ?? '0',
    }),
    stakeUnit: t.string({
      description:
        'Currency code of `stake`, such as CNY; `units` where neither price nor cost is known, so that it cannot be compared with money.',
      resolve: ({ tier, row, facts }) => {
        const isKnown = facts.unitPrice !== null || (tier === 'EXCESS' && facts.unitCost !== null);
        return isKnown ? row.currencyCode : 'units';
      },
    }),
    explanation: t.field({
      type: Explanation,
      nullable: true,
      description:
        'How the score came about; the tier shown is one of its inputs. Null where there is no score.',
      resolve: (plan) => explainUrgencyOf(plan),
    }),
  }),
});

builder.objectFields(StockLevel, (t) => ({
  urgency: t.field({
    type: Urgency,
    nullable: true,
    description:
      'Where it stands in the list of what to do; null until first planned, and for levels not watched (`urgencyUnavailableReason`).',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null || plan.row.urgencyTier === null) return null;
      return { ...plan, tier: plan.row.urgencyTier as UrgencyTier };
    },
  }),
  urgencyUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description:
      'Why `urgency` is null; null when it is not. NOT_APPLICABLE = nobody watches this level, such as a pool of goods that lie in a warehouse.',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return 'NOT_YET_COMPUTED';
      return plan.row.urgencyTier === null ? 'NOT_APPLICABLE' : null;
    },
  }),
}));
