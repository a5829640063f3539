import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSeries, type ObservedHour, toBuckets } from '../../src/domain/stock-series.ts';
import { Decimal } from '../../src/shared/decimal.ts';
import { hourMs } from '../../src/shared/time.ts';

const start = Date.parse('2026-03-01T00:00:00Z');
const at = (hours: number) => new Date(start + hours * hourMs);
const far = at(1_000_000);
const edges = (count: number, width = 1) =>
  Array.from({ length: count + 1 }, (_, index) => at(index * width));
const hour = (offset: number, open: number, close: number, outOfStockMinutes = 0): ObservedHour => ({
  hourAt: at(offset),
  open: new Decimal(open),
  low: new Decimal(Math.min(open, close)),
  high: new Decimal(Math.max(open, close)),
  close: new Decimal(close),
  outOfStockMinutes,
});
const plain = (buckets: ReturnType<typeof toBuckets>) =>
  buckets.map(({ open, low, high, close, outOfStockMinutes }) => [
    ...[open, low, high, close].map(Number),
    outOfStockMinutes,
  ]);

describe('toBuckets', () => {
  it('carries the last value forward and counts what stood at zero', () => {
    // closed at 5; in the second hour it fell to 0 for 20 minutes of it; the third stood at 0
    expect(plain(toBuckets(new Decimal(5), [hour(1, 5, 0, 20)], edges(3), far))).toEqual([
      [5, 5, 5, 5, 0],
      [5, 0, 5, 0, 20],
      [0, 0, 0, 0, 60],
    ]);
  });

  it('sums hours up into wider buckets', () => {
    const hours = [hour(1, 5, 0, 10), hour(4, 0, 9, 30)];
    // hour 1: 10 minutes, hours 2 and 3: all, hour 4: 30
    expect(plain(toBuckets(new Decimal(5), hours, edges(1, 6), far))).toEqual([[5, 0, 9, 9, 160]]);
  });

  it('tells nothing of before the first observation and nothing of the future', () => {
    expect(toBuckets(null, [], edges(3), far)).toEqual([]);
    const buckets = toBuckets(null, [hour(1, 2, 1)], edges(5), at(2.5));
    expect(plain(buckets)).toEqual([
      [2, 1, 2, 1, 0],
      [1, 1, 1, 1, 0],
    ]);
    expect(buckets.at(-1)?.endAt).toEqual(at(2.5));
  });

  it('is a step function: each bucket opens where the one before closed, inside low and high', () => {
    const hours = fc.uniqueArray(fc.record({ at: fc.nat(99), close: fc.integer({ min: -5, max: 50 }) }), {
      selector: (one) => one.at,
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        hours,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: -5, max: 50 }),
        (drawn, width, before) => {
          let open = before;
          const observed = drawn
            .sort((one, other) => one.at - other.at)
            .map((one) => {
              const made = hour(one.at, open, one.close, one.close <= 0 && open <= 0 ? 60 : 0);
              open = one.close;
              return made;
            });
          const buckets = toBuckets(new Decimal(before), observed, edges(Math.ceil(100 / width), width), far);
          expect(buckets).toHaveLength(Math.ceil(100 / width));
          buckets.forEach((bucket, index) => {
            const previous = buckets[index - 1];
            if (previous !== undefined) expect(bucket.open.eq(previous.close)).toBe(true);
            for (const value of [bucket.open, bucket.close]) {
              expect(value.gte(bucket.low) && value.lte(bucket.high)).toBe(true);
            }
            expect(bucket.outOfStockMinutes).toBeGreaterThanOrEqual(0);
            expect(bucket.outOfStockMinutes).toBeLessThanOrEqual(width * 60);
          });
        },
      ),
    );
  });
});

describe('addSeries', () => {
  it('adds levels bucket by bucket; out of stock only while all may be', () => {
    const one = toBuckets(new Decimal(5), [hour(1, 5, 0, 20)], edges(3), far);
    const other = toBuckets(null, [hour(1, 0, 4, 30)], edges(3), far);
    expect(plain(addSeries([one, other]))).toEqual([
      [5, 5, 5, 5, 0],
      [5, 0, 9, 4, 20],
      [4, 4, 4, 4, 0],
    ]);
  });
});
