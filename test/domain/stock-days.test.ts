import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayReading, sumStockDays } from '../../src/domain/stock-days.ts';
import { Decimal } from '../../src/shared/decimal.ts';

const at = (day: string, passedShare: number, available: number): DayReading => ({
  ...{ day, passedShare },
  available: new Decimal(available),
});

describe('sumStockDays', () => {
  it('weighs each value by how long it held', () => {
    // 8 since yesterday, nothing from noon on.
    expect(sumStockDays(new Decimal(8), [at('2026-03-10', 0.5, 0)])).toEqual([
      { day: '2026-03-10', meanUnits: new Decimal(4), close: new Decimal(0), outShare: 0.5 },
    ]);
  });

  it('carries the close into the next day with an observation, whichever it is', () => {
    const [, second] = sumStockDays(null, [at('2026-03-10', 0.9, 10), at('2026-03-13', 0.5, 20)]);
    expect(second).toMatchObject({ meanUnits: new Decimal(15), outShare: 0 });
  });

  it('takes the rest of a first day for the whole of it', () => {
    expect(sumStockDays(null, [at('2026-03-10', 0.75, 6)])[0]).toMatchObject({ meanUnits: new Decimal(6) });
  });

  it('counts what is owed as nothing on hand', () => {
    expect(sumStockDays(new Decimal(-5), [at('2026-03-10', 0.5, 4)])[0]).toMatchObject({
      ...{ meanUnits: new Decimal(2), outShare: 0.5 },
    });
  });

  it('stays between the least and the most that was there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 50 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: 50 }),
        (points, before) => {
          const readings = points
            .toSorted(([one], [other]) => one - other)
            .map(([share, units]) => at('2026-03-10', share, units));
          const [sum] = sumStockDays(new Decimal(before), readings);
          const units = [before, ...points.map(([, value]) => value)];
          expect(sum!.meanUnits.toNumber()).toBeGreaterThanOrEqual(Math.min(...units) - 1e-6);
          expect(sum!.meanUnits.toNumber()).toBeLessThanOrEqual(Math.max(...units) + 1e-6);
          expect(sum!.outShare).toBeGreaterThanOrEqual(0);
          expect(sum!.outShare).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
