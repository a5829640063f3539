import { everything } from '../db/queries/filter.ts';
import { readPagesByParent } from '../db/queries/keyset.ts';
import {
  loadBucketEdges,
  loadRollups,
  type RollupRow,
  type SeriesInterval,
  type SeriesLevel,
} from '../db/queries/series.ts';
import { type StockLevelRow, stockLevels } from '../db/queries/stock-level.ts';
import { addSeries, type SeriesBucket, toBuckets } from '../domain/stock-series.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { dayMs, hourMs } from '../shared/time.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { loaderOf } from './loader.ts';
import { ascending } from './order.ts';
import { Item, StockLevel } from './refs.ts';

/** More points than a chart has pixels. */
const bucketsMax = 1_000;
const intervalMs: Record<SeriesInterval, number> = { HOUR: hourMs, DAY: dayMs, WEEK: 7 * dayMs };
/** An item in more warehouses than an organization may have would be a fault. */
const levelsMax = 500;

const SeriesIntervalEnum = builder.enumType('SeriesInterval', {
  description: 'How wide the buckets of a series are. New values may be added.',
  values: {
    HOUR: { description: 'Whole hours.' },
    DAY: { description: 'Business days of the warehouse’s time zone, from midnight.' },
    WEEK: { description: 'Weeks of the warehouse’s time zone, from Monday.' },
  } as const,
});

const units = 'in the item’s unit';

const StockSeriesPoint = builder.objectRef<SeriesBucket>('StockSeriesPoint').implement({
  description: 'What stock did inside a bucket of time. The last value carries forward between observations.',
  fields: (t) => ({
    startAt: t.field({
      type: 'DateTime',
      description: 'Begin of the bucket.',
      resolve: (one) => one.startAt,
    }),
    endAt: t.field({
      type: 'DateTime',
      description: 'End of the bucket, itself not in it; the running one ends now.',
      resolve: (one) => one.endAt,
    }),
    open: t.field({
      type: 'Decimal',
      description: `Available at the begin, ${units}.`,
      resolve: (one) => formatDecimal(one.open),
    }),
    low: t.field({
      type: 'Decimal',
      description: `Lowest available, ${units}; for an item a lower bound: the sum of the warehouses’ lowest.`,
      resolve: (one) => formatDecimal(one.low),
    }),
    high: t.field({
      type: 'Decimal',
      description: `Highest available, ${units}; for an item an upper bound: the sum of the warehouses’ highest.`,
      resolve: (one) => formatDecimal(one.high),
    }),
    close: t.field({
      type: 'Decimal',
      description: `Available at the end, ${units}.`,
      resolve: (one) => formatDecimal(one.close),
    }),
    outOfStockMinutes: t.exposeInt('outOfStockMinutes', {
      description:
        'Minutes at or below zero, to the end of a running hour; for an item an upper bound: the least of its warehouses’.',
    }),
  }),
});

interface SeriesArguments {
  readonly from: Date;
  readonly to: Date;
  readonly interval: SeriesInterval;
}

const seriesCost = ({ from, to, interval }: SeriesArguments) => {
  const span = Math.max(0, to.getTime() - from.getTime());
  return {
    field: 2 + Math.ceil(span / hourMs / 100),
    multiplier: Math.max(1, Math.ceil(span / intervalMs[interval] / 10)),
  };
};

const spanDescription = `From \`from\` up to \`to\`, at most ${bucketsMax} buckets, none in the future.`;

builder.objectFields(StockLevel, (t) => ({
  series: t.field({
    type: [StockSeriesPoint],
    description: `Its available quantity over time. ${spanDescription}`,
    complexity: seriesCost,
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'Inside the first bucket.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'End, itself not included; after `from`.' }),
      interval: t.arg({ type: SeriesIntervalEnum, required: true, description: 'Width of a bucket.' }),
    },
    resolve: (level, args, context) => loadSeries(context, args, level),
  }),
}));

builder.objectFields(Item, (t) => ({
  series: t.field({
    type: [StockSeriesPoint],
    description: `Its available quantity over time: its physical warehouses added up, else its largest pool; days in the zone of the first of them by code. ${spanDescription}`,
    complexity: seriesCost,
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'Inside the first bucket.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'End, itself not included; after `from`.' }),
      interval: t.arg({ type: SeriesIntervalEnum, required: true, description: 'Width of a bucket.' }),
    },
    resolve: async (item, args, context) => {
      const levels = countedLevels(await loadLevels(context, item.itemId));
      const timeZone = levels[0]?.timeZone ?? 'UTC';
      const series = levels.map((level) => loadSeries(context, args, { ...level, timeZone }));
      return addSeries(await Promise.all(series));
    },
  }),
}));

/** The levels that make the item's sum: physical ones, else the pool with most. */
function countedLevels(levels: readonly StockLevelRow[]): StockLevelRow[] {
  const physical = levels.filter((level) => level.warehouseKind === 'PHYSICAL');
  if (physical.length > 0) return physical;
  const byMost = [...levels].sort((one, other) => new Decimal(other.available).cmp(one.available));
  return byMost.slice(0, 1);
}

function loadLevels(context: GraphqlContext, itemId: string): Promise<StockLevelRow[]> {
  return loaderOf<string, StockLevelRow[]>(context, 'levels of items', async (itemIds) => {
    const request = {
      ...{ condition: everything, sort: [ascending('warehouseCode' as const)], limit: levelsMax },
      ...{ isBackward: false, boundary: null },
    };
    const parents = { fields: ['itemId' as const], tuples: itemIds.map((id) => [id]) };
    const pages = await context.load(readPagesByParent(stockLevels, parents, request));
    return pages.map((page) => [...page.rows]);
  }).load(itemId);
}

function loadSeries(
  context: GraphqlContext,
  args: SeriesArguments,
  level: SeriesLevel,
): Promise<SeriesBucket[]> {
  const { from, to, interval } = args;
  const buckets = (to.getTime() - from.getTime()) / intervalMs[interval];
  if (!(buckets > 0 && buckets <= bucketsMax)) {
    throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', {
      argument: 'to',
      bound: `> from, ≤ ${bucketsMax} ${interval}`,
    });
  }
  const name = `series ${interval} ${from.toISOString()} ${to.toISOString()}`;
  const { itemId, warehouseId, timeZone } = level;
  return loaderOf<SeriesLevel, SeriesBucket[]>(context, name, (levels) =>
    loadBuckets(context, args, levels),
  ).load({ itemId, warehouseId, timeZone });
}

async function loadBuckets(
  context: GraphqlContext,
  { from, to, interval }: SeriesArguments,
  levels: readonly SeriesLevel[],
): Promise<SeriesBucket[][]> {
  return context.read(async (scope) => {
    const zones = [...new Set(levels.map((level) => level.timeZone))];
    const edges = await loadBucketEdges(scope, zones, interval, from, to);
    const edgesOf = (level: SeriesLevel) => edges.get(level.timeZone) ?? [];
    const spans = levels.map((level) => ({
      from: edgesOf(level)[0] ?? from,
      to: edgesOf(level).at(-1) ?? to,
    }));
    const rollups = await loadRollups(scope, levels, spans);
    return levels.map((level, index) => {
      const { before = null, hours = [] } = rollups[index] ?? {};
      const close = before === null ? null : new Decimal(before.close);
      return toBuckets(close, hours.map(toHour), edgesOf(level), context.now);
    });
  });
}

function toHour(row: RollupRow) {
  return {
    hourAt: row.hourAt,
    open: new Decimal(row.open),
    low: new Decimal(row.low),
    high: new Decimal(row.high),
    close: new Decimal(row.close),
    outOfStockMinutes: row.outOfStockMinutes,
  };
}
