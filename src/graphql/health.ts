import type { Condition } from '../db/queries/filter.ts';
import { type LevelPlanRow, levelPlans } from '../db/queries/level-plan.ts';
import { itemPlans, type PlanSums, planSummaries } from '../db/queries/plan-read.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { bandOf, defaultHealthWeights } from '../domain/health-score.ts';
import type { PlannedHealth } from '../domain/plan/level-plan.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { pageArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { UnavailableReason } from './enums.ts';
import { Explanation } from './explanation.ts';
import { toCondition } from './filter.ts';
import { loadOpenedPlan, openPlan, type PlanReason } from './level-plan.ts';
import { loadByKey } from './loader.ts';
import { ascending, toSort } from './order.ts';
import { defineConnection, flatPage, pageCost } from './page.ts';
import { HealthBandEnum } from './plan-enums.ts';
import { explainPlan } from './plan-explanation.ts';
import { healthScoreFilter, healthScoreOrder } from './plan-inputs.ts';
import { Item, StockLevel, Warehouse } from './refs.ts';

/** A score of one level, or of several summed up. */
type HealthValue = LevelPlanRow | (PlanSums & { readonly itemId?: string });

const isLevel = (value: HealthValue): value is LevelPlanRow => 'inputs' in value;
const scoreOf = (value: HealthValue) => new Decimal(value.healthScore ?? 0);
const partsOf = (value: HealthValue) =>
  isLevel(value) && value.health !== null ? (JSON.parse(value.health) as PlannedHealth) : null;

interface PartValue {
  readonly name: string;
  readonly score: string;
  readonly weight: string;
  readonly isNeutral: boolean;
}

const HealthPart = builder.objectRef<PartValue>('HealthPart').implement({
  description: 'One part of a health score.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'AVAILABILITY, EXCESS, TURNOVER or ACCURACY; more may be added.',
    }),
    score: t.field({ type: 'Decimal', description: '0 to 100.', resolve: (part) => part.score }),
    weight: t.field({
      type: 'Decimal',
      description: 'Share of the whole, 0 to 1.',
      resolve: (part) => part.weight,
    }),
    isNeutral: t.exposeBoolean('isNeutral', {
      description:
        'True when it is not known and counts a neutral 50; so does a turnover with fewer than 28 days of stock on record.',
    }),
  }),
});

/** How healthy stock is: of one level, or of several summed up. */
export const HealthScore = builder.objectRef<HealthValue>('HealthScore');
HealthScore.implement({
  description:
    'How healthy stock is, 0 to 100: availability 40, excess and dead stock 25, turnover 20, forecast accuracy 15. More risk, more excess, fewer turns or a worse forecast never raise it. Of several levels: their mean weighted by expected margin.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    score: t.field({
      type: 'Decimal',
      description: '0 to 100.',
      resolve: (value) => formatDecimal(scoreOf(value)),
    }),
    band: t.field({
      type: HealthBandEnum,
      description: 'How good that is.',
      resolve: (value) => bandOf(scoreOf(value)),
    }),
    parts: t.field({
      type: [HealthPart],
      description: 'What it is made of; empty for several levels together.',
      resolve: (value) => {
        const health = partsOf(value);
        if (health === null) return [];
        return (Object.keys(health.parts) as (keyof PlannedHealth['parts'])[]).map((name) => ({
          name: name.toUpperCase(),
          score: health.parts[name],
          weight: formatDecimal(new Decimal(defaultHealthWeights[name]).div(100)),
          isNeutral: health.neutralParts.includes(name),
        }));
      },
    }),
    caps: t.stringList({
      description: 'Why it was held down: OUT_OF_STOCK, NEGATIVE_STOCK, RISK_ABOVE_HALF; more may be added.',
      resolve: (value) => [...(partsOf(value)?.caps ?? [])],
    }),
    levelCount: t.int({
      description: 'Levels with a score in it.',
      resolve: (value) => (isLevel(value) ? 1 : value.scoredCount),
    }),
    stockLevel: t.field({
      type: StockLevel,
      nullable: true,
      description: 'The level it is about; null for several together.',
      resolve: (value, _args, context) =>
        isLevel(value) ? loadByKey(context, stockLevels, value.itemId, value.warehouseId) : null,
    }),
    explanation: t.field({
      type: Explanation,
      nullable: true,
      description: 'How it came about; null for several levels together.',
      resolve: (value) => (isLevel(value) ? explainPlan(openPlan(value), 'HEALTH', 0) : null),
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was computed (business time).',
      resolve: (value) => value.computedAt,
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      description: 'Newest data that went in.',
      resolve: (value) => value.dataAsOf,
    }),
  }),
});

const nullHealth =
  'null without history, and where there is neither demand nor stock (`healthUnavailableReason`).';
const reasonOf = (value: HealthValue | null): PlanReason | null => {
  if (value === null) return 'NOT_YET_COMPUTED';
  if (value.healthScore !== null) return null;
  return value.unitsPerDay === null ? 'NO_HISTORY' : 'NO_DEMAND';
};
/** Why the health of several levels together is null. */
export const sumsHealthReason = (sums: PlanSums | null): PlanReason | null => reasonOf(sums);
const orNull = (value: HealthValue | null) => (value === null || value.healthScore === null ? null : value);
const why = { nullable: true, description: 'Why `health` is null; null when it is not.' } as const;

builder.objectFields(StockLevel, (t) => ({
  health: t.field({
    type: HealthScore,
    nullable: true,
    description: `Health of this level; ${nullHealth}`,
    resolve: async (level, _args, context) => orNull((await loadOpenedPlan(context, level))?.row ?? null),
  }),
  healthUnavailableReason: t.field({
    type: UnavailableReason,
    ...why,
    resolve: async (level, _args, context) => reasonOf((await loadOpenedPlan(context, level))?.row ?? null),
  }),
}));

builder.objectFields(Item, (t) => ({
  health: t.field({
    type: HealthScore,
    nullable: true,
    description: `Health of its levels together, pools only where no warehouse holds it; ${nullHealth}`,
    resolve: async (item, _args, context) => orNull(await loadByKey(context, itemPlans, item.itemId)),
  }),
  healthUnavailableReason: t.field({
    type: UnavailableReason,
    ...why,
    resolve: async (item, _args, context) => reasonOf(await loadByKey(context, itemPlans, item.itemId)),
  }),
}));

builder.objectFields(Warehouse, (t) => ({
  health: t.field({
    type: HealthScore,
    nullable: true,
    description: `Health of its levels together; ${nullHealth}`,
    resolve: async (row, _args, context) =>
      orNull(await loadByKey(context, planSummaries, 'WAREHOUSE', row.warehouseId)),
  }),
  healthUnavailableReason: t.field({
    type: UnavailableReason,
    ...why,
    resolve: async (row, _args, context) =>
      reasonOf(await loadByKey(context, planSummaries, 'WAREHOUSE', row.warehouseId)),
  }),
}));

const HealthScoreConnection = defineConnection('HealthScore', HealthScore, 'read:stock');
const scored: Condition = { kind: 'test', field: 'healthScore', operator: 'isNull', value: false };

builder.queryField('healthScores', (t) =>
  t.field({
    type: HealthScoreConnection,
    authScopes: { scope: 'read:stock' },
    description: 'Health scores of levels that have one; the worst first unless ordered otherwise.',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({ type: healthScoreFilter.ref, description: 'Which scores; null = all.' }),
      orderBy: t.arg({ type: [healthScoreOrder.ref], description: 'Order; HEALTH ascending unless given.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: levelPlans,
        args,
        sizes: flatPage,
        condition: {
          kind: 'and',
          conditions: [scored, toCondition(context, healthScoreFilter, args.filter)],
        },
        sort: toSort(context, args.orderBy, [ascending('healthScore')]),
      }),
  }),
);
