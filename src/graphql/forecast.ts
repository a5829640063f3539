import type { Condition } from '../db/queries/filter.ts';
import { items } from '../db/queries/item.ts';
import { type LevelPlanRow, levelPlans } from '../db/queries/level-plan.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import type { ForecastMethod } from '../domain/forecast/fitted-method.ts';
import { toForecastPoints } from '../domain/forecast/forecast-points.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { UnavailableReason } from './enums.ts';
import { toCondition } from './filter.ts';
import { CalibrationSegment, ForecastAccuracy, loadCalibrationOf } from './forecast-quality.ts';
import { checkDays, forecastReason, loadOpenedPlan, openPlan } from './level-plan.ts';
import { loadByKey } from './loader.ts';
import { ascending } from './order.ts';
import { defineConnection, flatPage, nestedPage, pageCost } from './page.ts';
import { DemandClass, ForecastMethodEnum, XyzClass } from './plan-enums.ts';
import { forecastFilter } from './plan-inputs.ts';
import { Item, StockLevel, Warehouse } from './refs.ts';

/** A forecast row with how far it shall be shown. */
interface ForecastValue extends LevelPlanRow {
  /** Days of points; 28 unless asked for. */
  readonly horizonDays?: number;
}

const horizonDefault = 28;
const text = (value: number) => formatDecimal(Number(value.toFixed(6)));

interface PointValue {
  readonly date: string;
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

const ForecastPoint = builder.objectRef<PointValue>('ForecastPoint').implement({
  description:
    'Demand expected of one business day, in the item’s unit. The median of a slow item is often 0: show the mean beside it. Quantiles of days do not add; see `demandOver`.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    date: t.field({ type: 'Date', description: 'Business day.', resolve: (point) => point.date }),
    mean: t.field({ type: 'Decimal', description: 'Expected units.', resolve: (point) => text(point.mean) }),
    p10: t.field({ type: 'Decimal', description: '10 % quantile.', resolve: (point) => text(point.p10) }),
    p50: t.field({ type: 'Decimal', description: 'Median.', resolve: (point) => text(point.p50) }),
    p90: t.field({ type: 'Decimal', description: '90 % quantile.', resolve: (point) => text(point.p90) }),
  }),
});

const Forecast = builder.objectRef<ForecastValue>('Forecast');
Forecast.implement({
  description: 'The newest demand forecast of an item in a warehouse.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    item: t.field({
      type: Item,
      description: 'The goods.',
      resolve: async (row, _args, context) => (await loadByKey(context, items, row.itemId))!,
    }),
    warehouse: t.field({
      type: Warehouse,
      description: 'The place.',
      resolve: async (row, _args, context) => (await loadByKey(context, warehouses, row.warehouseId))!,
    }),
    method: t.field({
      type: ForecastMethodEnum,
      description: 'The method that was used.',
      resolve: (row) => row.method as ForecastMethod,
    }),
    flags: t.stringList({
      description:
        'What was special: SHORT_HISTORY, NO_DEMAND, DEAD_STOCK, PHANTOM_STOCK, CENSORED_DAYS, CENSORING_UNKNOWN, CLOSED_WEEKDAY, FRACTIONAL, PROMOTION, MARKET_INDEX, MANUAL_OVERRIDE and others; more may be added.',
      resolve: (row) => row.flags ?? [],
    }),
    points: t.field({
      type: [ForecastPoint],
      description: 'One entry per business day from the day of the plan on.',
      complexity: { field: 2, multiplier: 3 },
      resolve: (row) => {
        const { demand, facts } = openPlan(row);
        if (demand === null) return [];
        return toForecastPoints(demand, row.horizonDays ?? horizonDefault).map((point) => ({
          ...point,
          date: calendarDateOf(facts.plannedDay + point.period - 1),
        }));
      },
    }),
    unitsPerDay: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Mean of the next 28 days, units a day; null never comes with a forecast.',
      resolve: (row) => row.unitsPerDay,
    }),
    historyDays: t.int({
      description: 'Days of history behind it, known or not.',
      resolve: (row) => row.historyDays ?? 0,
    }),
    promotionFactors: t.field({
      type: ['Decimal'],
      description: 'Factor of known promotions inside the means, by day from `firstOn` on; empty = none.',
      resolve: (row) => effectsOf(row).promotion.map(text),
    }),
    marketFactors: t.field({
      type: ['Decimal'],
      description:
        'Factor of the market index inside the means, by day from `firstOn` on; the last holds on. Empty = none.',
      resolve: (row) => effectsOf(row).market.map(text),
    }),
    firstOn: t.field({
      type: 'Date',
      description: 'The day after the newest demand that went in.',
      resolve: (row) => row.firstOn ?? row.plannedOn,
    }),
    accuracy: t.field({
      type: ForecastAccuracy,
      nullable: true,
      description: 'Null when nothing was sold, or too little to compare.',
      resolve: (row) => (row.accuracyIntervalDays === null ? null : row),
    }),
    calibration: t.field({
      type: CalibrationSegment,
      nullable: true,
      description: 'Measured calibration of forecasts of this size; null until enough were evaluated.',
      resolve: (row, _args, context) => loadCalibrationOf(row, context),
    }),
    demandClass: t.field({
      type: DemandClass,
      nullable: true,
      description: 'Pattern of demand; null when there was none.',
      resolve: (row) => row.demandClass as 'SMOOTH' | null,
    }),
    xyzClass: t.field({
      type: XyzClass,
      nullable: true,
      description: 'Steadiness of weekly demand; null with fewer than 8 weeks.',
      resolve: (row) => row.xyzClass as 'X' | null,
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was computed (business time).',
      resolve: (row) => row.forecastComputedAt ?? row.computedAt,
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      description: 'All demand before this instant went in.',
      resolve: (row) => row.forecastDataAsOf ?? row.dataAsOf,
    }),
  }),
});

interface Effects {
  readonly promotion: readonly number[];
  readonly market: readonly number[];
}

function effectsOf(row: LevelPlanRow): Effects {
  return row.effects === null ? { promotion: [], market: [] } : (JSON.parse(row.effects) as Effects);
}

const ForecastConnection = defineConnection('Forecast', Forecast, 'read:stock');

builder.objectFields(StockLevel, (t) => ({
  forecast: t.field({
    type: Forecast,
    nullable: true,
    description:
      'The newest forecast; null when nothing is known of demand (`forecastUnavailableReason`), which is not a forecast of 0.',
    args: {
      horizonDays: t.arg.int({
        required: true,
        defaultValue: horizonDefault,
        description: 'Days of `points`; 1 to 365.',
      }),
    },
    complexity: ({ horizonDays }) => ({ field: 2, multiplier: Math.max(1, Math.ceil(horizonDays / 28)) }),
    resolve: async (level, { horizonDays }, context) => {
      checkDays(context, 'horizonDays', horizonDays);
      const plan = await loadOpenedPlan(context, level);
      return plan === null || plan.demand === null ? null : { ...plan.row, horizonDays };
    },
  }),
  forecastUnavailableReason: t.field({
    type: UnavailableReason,
    nullable: true,
    description: 'Why `forecast` is null; null when it is not.',
    resolve: async (level, _args, context) => forecastReason(await loadOpenedPlan(context, level)),
  }),
}));

const withForecast: Condition = { kind: 'test', field: 'hasForecast', operator: 'eq', value: true };

builder.queryField('forecasts', (t) =>
  t.field({
    type: ForecastConnection,
    authScopes: { scope: 'read:stock' },
    description: 'The newest forecasts, of levels that have one; by article number and warehouse code.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: forecastFilter.ref, description: 'Which forecasts; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: levelPlans,
        args,
        sizes: flatPage,
        condition: {
          kind: 'and',
          conditions: [withForecast, toCondition(context, forecastFilter, args.filter)],
        },
        sort: [ascending('sku'), ascending('warehouseCode')],
      }),
  }),
);

builder.objectField(Item, 'forecasts', (t) =>
  t.field({
    type: ForecastConnection,
    description: 'The newest forecasts of its levels, by warehouse code.',
    args: forwardArgs(t.arg, nestedPage),
    complexity: pageCost(nestedPage),
    resolve: (item, args, context) =>
      resolveConnection(context, {
        collection: levelPlans,
        args,
        sizes: nestedPage,
        condition: withForecast,
        sort: [ascending('warehouseCode')],
        parent: { fields: ['itemId'], tuple: [item.itemId] },
      }),
  }),
);
