import { type DemandDayRow, loadDemandDays, type SeriesLevel } from '../db/queries/series.ts';
import { type CalendarDate, daysBetween } from '../shared/time.ts';
import { builder } from './builder.ts';
import { requestError } from './errors.ts';
import { loaderOf } from './loader.ts';
import { StockLevel } from './refs.ts';

/** Snapshots are kept for 400 days; two years of demand is what yearly patterns need. */
const daysMax = 800;

const DemandSource = builder.enumType('DemandSource', {
  description: 'What a day’s demand was counted from. New values may be added.',
  values: {
    ORDERS: { description: 'Orders of customers: demand on the pool.' },
    MOVEMENTS: { description: 'Shipped movements of a warehouse system: demand of one warehouse.' },
  } as const,
});

const DemandDay = builder.objectRef<DemandDayRow>('DemandDay').implement({
  description: 'Units customers wanted on a business day. Orders and movements are never added.',
  fields: (t) => ({
    date: t.field({
      type: 'Date',
      description: 'Business day in the warehouse’s time zone.',
      resolve: (day) => day.date,
    }),
    units: t.field({
      type: 'Decimal',
      description: 'Units, in the item’s unit; a lower bound when censored.',
      resolve: (day) => day.units,
    }),
    isCensored: t.exposeBoolean('isCensored', {
      description: 'True when nothing was available all day: how many were wanted is not known.',
    }),
    source: t.field({
      type: DemandSource,
      nullable: true,
      description: 'What it was counted from; null for a day without any.',
      resolve: (day) => day.source,
    }),
  }),
});

builder.objectField(StockLevel, 'demand', (t) =>
  t.field({
    type: [DemandDay],
    description: `Demand by business day, from the first day with any on; today is never among them. At most ${daysMax} days.`,
    complexity: ({ from, to }) => ({ field: 2, multiplier: Math.max(1, Math.ceil(span(from, to) / 10)) }),
    args: {
      from: t.arg({ type: 'Date', required: true, description: 'First day.' }),
      to: t.arg({ type: 'Date', required: true, description: 'Day after the last; after `from`.' }),
    },
    resolve: (level, { from, to }, context) => {
      const days = span(from, to);
      if (days < 1 || days > daysMax) {
        const params = { argument: 'to', bound: `> from, ≤ ${daysMax} d` };
        throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', params);
      }
      const { itemId, warehouseId, timeZone } = level;
      return loaderOf<SeriesLevel, DemandDayRow[]>(context, `demand ${from} ${to}`, (levels) =>
        context.read((scope) => loadDemandDays(scope, levels, from, to)),
      ).load({ itemId, warehouseId, timeZone });
    },
  }),
);

function span(from: string, to: string): number {
  return daysBetween(from as CalendarDate, to as CalendarDate);
}
