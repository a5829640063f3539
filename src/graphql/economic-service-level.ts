import { everything } from '../db/queries/filter.ts';
import { readPage } from '../db/queries/keyset.ts';
import { type EconomicServiceLevelRow, economicServiceLevels } from '../db/queries/plan-economic.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import { ascending } from './order.ts';
import { AbcClass, XyzClass } from './plan-enums.ts';

interface Outcome {
  readonly level: number;
  readonly fillRate: number | null;
  readonly cost: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly meanUnits: number;
}

const EconomicOutcome = builder.objectRef<Outcome>('EconomicOutcome').implement({
  description:
    'What a service level would have brought a class over the last half year, all replayed levels together.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    serviceLevel: t.float({ description: 'The level tried.', resolve: (one) => one.level }),
    fillRate: t.float({
      nullable: true,
      description: 'Share of demand met, 0 to 1; null without demand.',
      resolve: (one) => one.fillRate,
    }),
    cost: t.field({
      type: 'Decimal',
      description: 'Holding plus shortage, money.',
      resolve: (one) => formatDecimal(one.cost),
    }),
    holdingCost: t.field({
      type: 'Decimal',
      description: 'What the stock would have cost at 25 % of its value a year, money.',
      resolve: (one) => formatDecimal(one.holdingCost),
    }),
    shortageCost: t.field({
      type: 'Decimal',
      description: 'Margin of what would not have been sold, money.',
      resolve: (one) => formatDecimal(one.shortageCost),
    }),
    meanStock: t.field({
      type: 'Decimal',
      description: 'Mean units on hand of one level.',
      resolve: (one) => formatDecimal(one.meanUnits),
    }),
  }),
});

const EconomicServiceLevel = builder.objectRef<EconomicServiceLevelRow>('EconomicServiceLevel').implement({
  description:
    'The service level that would have cost an ABC and XYZ class least: its ordering replayed over the last half year with forecasts as they would have been made then, for a sample of its levels. Measured, not promised: days out of stock count no demand.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    abcClass: t.field({ type: AbcClass, description: 'Class by value.', resolve: (row) => row.abcClass }),
    xyzClass: t.field({
      type: XyzClass,
      nullable: true,
      description: 'Class by steadiness; null = items whose steadiness is not known.',
      resolve: (row) => (row.xyzClass === '' ? null : row.xyzClass),
    }),
    serviceLevel: t.float({
      nullable: true,
      description:
        'The level found; null with fewer than five replayed levels or without demand: the level by class holds then.',
      resolve: (row) => row.serviceLevel,
    }),
    levelCount: t.int({ description: 'Levels replayed.', resolve: (row) => row.caseCount }),
    outcomes: t.field({
      type: [EconomicOutcome],
      description: 'What each level tried would have brought, lowest first.',
      resolve: (row) => JSON.parse(row.outcomes) as Outcome[],
    }),
    evaluatedOn: t.field({
      type: 'Date',
      description: 'Business day on which it was looked for.',
      resolve: (row) => row.evaluatedOn,
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was computed (business time).',
      resolve: (row) => row.computedAt,
    }),
  }),
});

/** Three classes by value times three by steadiness, or not known. */
const classesMax = 12;

builder.queryField('economicServiceLevels', (t) =>
  t.field({
    type: [EconomicServiceLevel],
    authScopes: { scope: 'read:stock' },
    complexity: { field: 10 },
    description:
      'Economic service levels by class; looked for once a week while any policy has `serviceLevelBasis` ECONOMIC, else empty.',
    resolve: async (_root, _args, context) => {
      const sort = [ascending('abcClass' as const), ascending('xyzClass' as const)];
      const page = await context.load(
        readPage(economicServiceLevels, {
          ...{ condition: everything, sort, limit: classesMax, isBackward: false, boundary: null },
        }),
      );
      return [...page.rows];
    },
  }),
);
