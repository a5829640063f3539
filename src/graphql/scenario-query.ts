import { stockLevels } from '../db/queries/stock-level.ts';
import type { PortfolioFigures } from '../domain/plan/portfolio.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import { requestError } from './errors.ts';
import { toCondition } from './filter.ts';
import { loadByKey } from './loader.ts';
import { StockLevel } from './refs.ts';
import { prepareScenario, ScenarioInput } from './scenario.ts';
import { LevelPlan } from './scenario-level.ts';
import {
  changesMax,
  computePortfolio,
  type PortfolioChange,
  type PortfolioResult,
} from './scenario-portfolio.ts';
import { stockLevelFilter } from './stock-inputs.ts';
import { Money, type MoneyValue } from './values.ts';

/** Sums over items of several currencies make no sense; the shops that Shuiwei serves trade in yuan. */
const toMoney = (amount: string): MoneyValue => ({ amount, currencyCode: 'CNY' });

const PortfolioFiguresType = builder.objectRef<PortfolioFigures>('PortfolioFigures').implement({
  description:
    'Plans of several levels added up. Values are at cost, at price where the cost is unknown; levels with neither add nothing to them.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    levelCount: t.exposeInt('levelCount', { description: 'Levels.' }),
    unavailableCount: t.exposeInt('unavailableCount', {
      description: 'Levels without a forecast: no history of demand yet.',
    }),
    unpricedCount: t.exposeInt('unpricedCount', { description: 'Levels without cost and price.' }),
    atRiskCount: t.exposeInt('atRiskCount', {
      description:
        'Levels whose probability of running out within the protection period is above 1 − service level.',
    }),
    likelyOutCount: t.exposeInt('likelyOutCount', {
      description: 'Levels that run out within the protection period with a probability of at least 0.5.',
    }),
    reorderDueCount: t.exposeInt('reorderDueCount', {
      description: 'Levels whose position is at or below the reorder point.',
    }),
    safetyStockValue: t.field({
      type: Money,
      description: 'Safety stocks.',
      resolve: (figures) => toMoney(figures.safetyStockValue),
    }),
    targetValue: t.field({
      type: Money,
      description: 'Target levels.',
      resolve: (figures) => toMoney(figures.targetValue),
    }),
    shortfallValue: t.field({
      type: Money,
      description:
        'What is missing to the target levels, each position counted with what is due within its protection period: what orders would cost before minimum quantities.',
      resolve: (figures) => toMoney(figures.shortfallValue),
    }),
    expectedLostUnits: t.field({
      type: 'Decimal',
      description: 'Units of all items expected to find no stock within their protection periods.',
      resolve: (figures) => figures.expectedLostUnits,
    }),
    expectedLostMargin: t.field({
      type: Money,
      description: 'Their price less cost, over items with a known price.',
      resolve: (figures) => toMoney(figures.expectedLostMargin),
    }),
    excessValue: t.field({
      type: Money,
      description: 'What is above the likely need of the coming 90 days.',
      resolve: (figures) => toMoney(figures.excessValue),
    }),
  }),
});

const PortfolioChangeType = builder.objectRef<PortfolioChange>('PortfolioChange').implement({
  description: 'A level before and under a scenario.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    stockLevel: t.field({
      type: StockLevel,
      nullable: true,
      description: 'The level; null when it was removed meanwhile.',
      resolve: ({ base }, _args, context) =>
        loadByKey(context, stockLevels, base.row.itemId, base.row.warehouseId),
    }),
    base: t.field({ type: LevelPlan, description: 'As stored.', resolve: ({ base }) => base }),
    scenario: t.field({
      type: LevelPlan,
      description: 'Under the scenario.',
      resolve: ({ scenario }) => scenario,
    }),
    expectedLostUnitsChange: t.field({
      type: 'Decimal',
      description: 'Expected lost units under the scenario less those as stored; above 0 = worse.',
      resolve: ({ lostUnitsChange }) => formatDecimal(Number(lostUnitsChange.toFixed(6))),
    }),
  }),
});

const PortfolioPlan = builder.objectRef<PortfolioResult>('PortfolioPlan').implement({
  description:
    'Many levels as planned, and as they would be under a scenario. A pool whose item also lies in a physical warehouse is left out: it is the same goods.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    base: t.field({
      type: PortfolioFiguresType,
      description: 'As stored.',
      resolve: ({ base }) => base,
    }),
    scenario: t.field({
      type: PortfolioFiguresType,
      description: 'Under the scenario; equal to `base` for an empty one.',
      resolve: ({ scenario }) => scenario,
    }),
    refusedCount: t.exposeInt('refusedCount', {
      description: 'Levels that could not be computed under the scenario; they stand in neither sum.',
    }),
    changes: t.field({
      type: [PortfolioChangeType],
      description: 'The levels whose expected lost units change most, greatest first.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: 20,
          description: `How many, 0 to ${changesMax}; 20 unless given.`,
        }),
      },
      complexity: ({ first }) => ({ field: 1, multiplier: Math.max(1, first) }),
      resolve: ({ changes }, { first }, context) => {
        if (first < 0 || first > changesMax) {
          const params = { argument: 'first', max: String(changesMax), value: String(first) };
          throw requestError(context.viewer.locale, 'PAGE_SIZE_OUT_OF_RANGE', params);
        }
        return changes.slice(0, first);
      },
    }),
  }),
});

builder.queryField('portfolioPlan', (t) =>
  t.field({
    type: PortfolioPlan,
    authScopes: { scope: 'read:stock' },
    complexity: { field: 5_000, multiplier: 1 },
    description:
      'What a scenario would do to all levels of a filter together, beside how they stand. Reads up to 20,000 levels, refuses more, and writes nothing.',
    args: {
      filter: t.arg({ type: stockLevelFilter.ref, description: 'Which levels; null = all.' }),
      scenario: t.arg({
        type: ScenarioInput,
        required: true,
        description: 'The what-if; an empty one changes nothing.',
      }),
    },
    resolve: async (_root, { filter, scenario }, context) => {
      const condition = toCondition(context, stockLevelFilter, filter);
      return computePortfolio(context, condition, await prepareScenario(context, scenario));
    },
  }),
);
