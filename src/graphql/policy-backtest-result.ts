import type { BacktestRequest } from '../domain/plan/backtest-request.ts';
import {
  type BacktestFigures,
  type BacktestSums,
  backtestFigures,
} from '../domain/plan/policy-backtest-sum.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import { caveatsOf, PolicyBacktestCaveat } from './policy-backtest-caveat.ts';
import { Money } from './values.ts';

/** A backtest as it is answered. */
export interface BacktestValue {
  readonly backtestId: string | null;
  readonly state: 'NOT_STARTED' | 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly request: BacktestRequest;
  readonly doneLevels: number;
  readonly totalLevels: number;
  /** Null = nothing replayed yet. */
  readonly sums: BacktestSums | null;
  readonly errorCode: string | null;
  readonly finishedAt: Date | null;
}

const currencyCode = 'CNY';

const PolicyBacktestState = builder.enumType('PolicyBacktestState', {
  description: 'Where a backtest stands. New values may be added.',
  values: {
    NOT_STARTED: { description: 'Too large to be answered at once: start it with `policyBacktestStart`.' },
    QUEUED: { description: 'Waits for a worker.' },
    RUNNING: { description: 'Under way: figures are those of the levels done so far.' },
    DONE: { description: 'Figures are whole.' },
    FAILED: { description: 'Given up, with `errorCode`.' },
  } as const,
});

const PolicyBacktestAlerts = builder.objectRef<{ sums: BacktestSums; figures: BacktestFigures }>(
  'PolicyBacktestAlerts',
);

PolicyBacktestAlerts.implement({
  description:
    'How well the policy’s line for low stock would have told of what the stock really did; the stock is the real one, not the replayed.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    raised: t.int({
      description: 'Alerts whose outcome is on record.',
      resolve: ({ sums }) => sums.alerts,
    }),
    stockOuts: t.int({
      description: 'Times that a shelf became empty.',
      resolve: ({ sums }) => sums.stockOuts,
    }),
    precision: t.float({
      nullable: true,
      description:
        'Share of alerts followed by an empty shelf within lead time and review period; null = no alerts.',
      resolve: ({ figures }) => figures.precision,
    }),
    recall: t.float({
      nullable: true,
      description:
        'Share of empty shelves that an alert told of at least a day before; null = no shelf became empty.',
      resolve: ({ figures }) => figures.recall,
    }),
    medianLeadDays: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Median days from the alert to the empty shelf; null = none was told.',
      resolve: ({ figures }) => toText(figures.medianLeadDays),
    }),
  }),
});

const PolicyBacktestActual = builder.objectRef<{ sums: BacktestSums; figures: BacktestFigures }>(
  'PolicyBacktestActual',
);

PolicyBacktestActual.implement({
  description: 'What really was on the same days, as far as stock is on record.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    stockOutDays: t.int({
      description: 'Level-days that ended, or were spent, without stock.',
      resolve: ({ sums }) => sums.actualStockOutDays,
    }),
    levelDays: t.int({ description: 'Level-days on record.', resolve: ({ sums }) => sums.actualDays }),
    averageStockUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Mean units at the end of a day, all levels together; null = none on record.',
      resolve: ({ figures }) => toText(figures.actualAverageStockUnits),
    }),
    averageStockValue: t.field({
      type: Money,
      nullable: true,
      description: 'The same at cost; null = none on record, or no cost known.',
      resolve: ({ figures }) => toMoney(figures.actualAverageStockValue),
    }),
  }),
});

/** The result, with its progress. */
export const PolicyBacktest = builder.objectRef<BacktestValue>('PolicyBacktest');

const figure = (value: BacktestValue, pick: (figures: BacktestFigures) => number | null) =>
  value.sums === null ? null : pick(backtestFigures(value.sums));
const parts = (value: BacktestValue) =>
  value.sums === null ? null : { sums: value.sums, figures: backtestFigures(value.sums) };

PolicyBacktest.implement({
  description:
    'What a policy would have brought over past days, decided each day with only what was known then. Sums over levels; all figures are null until something was replayed.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    backtestId: t.exposeString('backtestId', {
      nullable: true,
      description: 'For `policyBacktestById`; null when it was answered at once, or not started.',
    }),
    state: t.field({
      type: PolicyBacktestState,
      description: 'Where it stands.',
      resolve: ({ state }) => state,
    }),
    doneLevels: t.exposeInt('doneLevels', {
      description: 'Levels replayed so far, left-out ones among them.',
    }),
    totalLevels: t.exposeInt('totalLevels', { description: 'Levels in all, as counted when it was asked.' }),
    from: t.field({ type: 'Date', description: 'First day.', resolve: ({ request }) => request.from }),
    to: t.field({ type: 'Date', description: 'Last day.', resolve: ({ request }) => request.to }),
    fillRate: t.float({
      nullable: true,
      description: 'Share of demand met, 0 to 1; null without demand.',
      resolve: (value) => figure(value, ({ fillRate }) => fillRate),
    }),
    demandUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Units asked for on counted days; null = nothing replayed yet.',
      resolve: ({ sums }) => toText(sums?.demandUnits ?? null),
    }),
    lostUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Units of it that were not there; null = nothing replayed yet.',
      resolve: ({ sums }) => toText(sums?.lostUnits ?? null),
    }),
    levelDays: t.int({
      nullable: true,
      description: 'Counted days, all levels together; null = nothing replayed yet.',
      resolve: ({ sums }) => sums?.levelDays ?? null,
    }),
    stockOutDays: t.int({
      nullable: true,
      description: 'Counted level-days on which demand was not met; null = nothing replayed yet.',
      resolve: ({ sums }) => sums?.stockOutDays ?? null,
    }),
    averageStockUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Mean units at the end of a day, all levels together; null = nothing replayed yet.',
      resolve: (value) => toText(figure(value, ({ averageStockUnits }) => averageStockUnits)),
    }),
    averageStockValue: t.field({
      type: Money,
      nullable: true,
      description: 'The same at cost; null when no cost is known.',
      resolve: (value) => toMoney(figure(value, ({ averageStockValue }) => averageStockValue)),
    }),
    orders: t.int({
      nullable: true,
      description: 'Orders placed, those before the first arrival among them; null = nothing replayed yet.',
      resolve: ({ sums }) => sums?.orders ?? null,
    }),
    orderedUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Units ordered; null = nothing replayed yet.',
      resolve: ({ sums }) => toText(sums?.orderedUnits ?? null),
    }),
    alerts: t.field({
      type: PolicyBacktestAlerts,
      nullable: true,
      description: 'How well its line for low stock would have warned; null = nothing replayed yet.',
      resolve: parts,
    }),
    actual: t.field({
      type: PolicyBacktestActual,
      nullable: true,
      description: 'What really was on the same days; null = nothing replayed yet.',
      resolve: parts,
    }),
    caveats: t.field({
      type: [PolicyBacktestCaveat],
      description: 'What is to be kept in mind; empty until something was replayed.',
      resolve: ({ request, sums }) => (sums === null ? [] : caveatsOf(request, sums)),
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'Why it was given up; null = it was not.',
    }),
    computedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was finished (business time); null = not yet.',
      resolve: ({ finishedAt }) => finishedAt,
    }),
  }),
});

function toText(value: number | null): string | null {
  return value === null ? null : formatDecimal(new Decimal(value).toDecimalPlaces(6));
}

function toMoney(value: number | null): { amount: string; currencyCode: string } | null {
  return value === null
    ? null
    : { amount: formatDecimal(new Decimal(value).toDecimalPlaces(2)), currencyCode };
}
