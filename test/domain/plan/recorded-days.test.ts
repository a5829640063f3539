import { describe, expect, it } from 'vitest';
import { type DayLists, spread, toRecordedHistory } from '../../../src/domain/plan/recorded-days.ts';

/** 40 days without anything on record. */
const nothing: DayLists = {
  ...{ fromDay: '2026-01-01', lastDay: '2026-02-09', firstDemandOn: null, closeBefore: null },
  ...{ demandOffsets: null, demandUnits: null, demandCensored: null, demandLargest: null },
  ...{ stockOffsets: null, stockMeans: null, stockCloses: null, stockOutShares: null },
};
/** Five units on the shelf from a day on. */
const stockFrom = (offset: number, units = 5) => ({
  ...{ stockOffsets: String(offset), stockMeans: String(units), stockCloses: String(units) },
  stockOutShares: units > 0 ? '0' : '1',
});
const daysOf = (row: DayLists) => Array.from(toRecordedHistory(row).history.units);

describe('a level’s recorded days', () => {
  it('repeats the example: two days, 3 sold on the second', () => {
    const row = { ...nothing, lastDay: '2026-01-02', firstDemandOn: '2026-01-01', ...stockFrom(0) };
    const { year } = toRecordedHistory({ ...row, demandOffsets: '1', demandUnits: '3', demandCensored: '0' });
    expect([...year.units]).toEqual([0, 3]);
    expect([...spread('0,2', '4,1', 3)]).toEqual([4, 0, 1]);
  });

  it('knows nothing of goods with neither stock nor sales on record', () => {
    expect(daysOf(nothing)).toEqual([]);
  });

  it('knows that goods do not sell once they lay there for four weeks', () => {
    expect(daysOf({ ...nothing, ...stockFrom(12) })).toEqual(new Array(28).fill(0));
    expect(daysOf({ ...nothing, closeBefore: '5' })).toHaveLength(40);
    expect(daysOf({ ...nothing, ...stockFrom(13) })).toEqual([]);
  });

  it('does not learn from an empty shelf', () => {
    expect(daysOf({ ...nothing, ...stockFrom(0, 0) })).toEqual([]);
  });

  it('tells days that went to one customer', () => {
    const sold = { firstDemandOn: '2026-02-06', demandOffsets: '36,37,38', demandUnits: '10,10,10' };
    const { history } = toRecordedHistory({ ...nothing, ...sold, demandLargest: '8,7,0' });
    expect([...history.oneCustomer!]).toEqual([1, 0, 0, 0]);
  });

  it('counts days in stock before the first sale, and sales before stock was on record', () => {
    const sold = { firstDemandOn: '2026-02-08', demandOffsets: '38', demandUnits: '2', demandCensored: '0' };
    expect(daysOf({ ...nothing, ...sold, ...stockFrom(35) })).toEqual([0, 0, 0, 2, 0]);
    expect(daysOf({ ...nothing, ...sold, ...stockFrom(39) })).toEqual([2, 0]);
    expect(daysOf({ ...nothing, ...sold })).toEqual([2, 0]);
  });
});
