import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ForecastJob,
  forecastSeries,
  outputWidth,
  prepareGroups,
  runForecasts,
} from '../../src/tools/forecast-run.ts';
import { toSharedValues } from '../../src/tools/series-set.ts';

function jobOf(rows: readonly (readonly number[])[], season: number, horizon: number): ForecastJob {
  const length = rows[0]!.length;
  const set = {
    values: toSharedValues(
      rows.map((row) => Float64Array.from(row)),
      length,
    ),
    length,
    ids: rows.map((_, i) => String(i)),
  };
  const firstDay = season === 7 ? 19_000 : null;
  return {
    ...{ values: set.values, length, firstDay: firstDay ?? 0, season, horizon, method: 'AUTO' },
    ...prepareGroups(set, null, season, firstDay, length),
  };
}

const quantity = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(9) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e12, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MIN_VALUE, 1e-300, 0.1 + 0.2, 1e12) },
);

test('whatever was sold, quantiles are finite, not negative and rise with their level', () => {
  fc.assert(
    fc.property(
      fc.array(quantity, { minLength: 1, maxLength: 120 }),
      fc.constantFrom(1, 4, 7, 12, 52),
      fc.constantFrom(1, 5, 30),
      (units, season, horizon) => {
        const out = forecastSeries(jobOf([units], season, horizon), 0);
        expect(out).toHaveLength(horizon * outputWidth);
        if (units.every(Number.isNaN)) {
          expect([...out].every(Number.isNaN)).toBe(true);
          return;
        }
        for (let h = 0; h < horizon; h++) {
          const [mean, ...quantiles] = out.subarray(h * outputWidth, (h + 1) * outputWidth);
          expect(mean! >= 0 && Number.isFinite(mean)).toBe(true);
          expect(quantiles[0]! >= 0 && Number.isFinite(quantiles.at(-1))).toBe(true);
          for (let j = 1; j < quantiles.length; j++)
            expect(quantiles[j]!).toBeGreaterThanOrEqual(quantiles[j - 1]!);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('one absurd number of one series leaves the others as they are', () => {
  const steady = Array.from({ length: 3 }, (_, k) =>
    Array.from({ length: 140 }, (_, t) => (t % 7 === k ? 6 : 2)),
  );
  const calm = new Array<number>(140).fill(0);
  const absurd = calm.map((units, t) => (t === 70 ? 1e12 : units));
  const meansOf = (rows: readonly (readonly number[])[]) => forecastSeries(jobOf(rows, 7, 7), 0);
  const [without, beside] = [meansOf([...steady, calm]), meansOf([...steady, absurd])];
  for (let h = 0; h < 7; h++) expect(beside[h * outputWidth]! / without[h * outputWidth]!).toBeCloseTo(1, 1);
});

test('a series that cannot be computed stays blank and the others go on', async () => {
  const job = jobOf(
    [
      [1, 2, 3],
      [5, 5, 5],
      [4, 4, 4],
    ],
    7,
    2,
  );
  const broken = { ...job, groupOf: Int32Array.of(0, 9, 0) };
  const blank: boolean[] = [];
  await runForecasts(broken, 1, (_, result) => {
    blank.push(Number.isNaN(result[0]));
  });
  expect(blank).toEqual([false, true, false]);
});
