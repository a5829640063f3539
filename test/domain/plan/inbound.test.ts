import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateInbound } from '../../../src/domain/plan/inbound.ts';

const first = { sinceDay: 100, units: 5 };

it('remembers since when undated goods are on their way', () => {
  expect(dateInbound([], 5, 100)).toEqual([first]);
  expect(dateInbound([first], 5, 103)).toEqual([first]);
  expect(dateInbound([first], 8, 103)).toEqual([first, { sinceDay: 103, units: 3 }]);
  expect(dateInbound([first], 8, 100)).toEqual([{ sinceDay: 100, units: 8 }]);
});

it('takes what came in from the oldest', () => {
  const two = [first, { sinceDay: 103, units: 3 }];
  expect(dateInbound(two, 6, 104)).toEqual([{ sinceDay: 100, units: 3 }, two[1]]);
  expect(dateInbound(two, 2, 104)).toEqual([{ sinceDay: 103, units: 2 }]);
  expect(dateInbound(two, 0, 104)).toEqual([]);
});

it('adds up to what is counted, whatever happens', () => {
  const looks = fc.array(fc.integer({ min: 0, max: 5_000 }).map((cents) => cents / 100));
  fc.assert(
    fc.property(looks, (counts) => {
      let dated: ReturnType<typeof dateInbound> = [];
      counts.forEach((units, day) => {
        dated = dateInbound(dated, units, day);
        expect(dated.reduce((sum, one) => sum + one.units, 0)).toBeCloseTo(units, 5);
        expect(dateInbound(dated, units, day + 1)).toEqual(dated);
      });
    }),
  );
});
