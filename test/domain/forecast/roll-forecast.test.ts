import { describe, expect, it } from 'vitest';
import { openForecast, type StoredForecast } from '../../../src/domain/forecast/demand-forecast.ts';
import { extendForecast, rollForecast } from '../../../src/domain/forecast/roll-forecast.ts';

const stored: StoredForecast = {
  version: 1,
  means: Array.from({ length: 28 }, (_, h) => h + 1),
  dispersion: 0.5,
  isWhole: true,
  varianceFactor: 1,
  intervals: [{ periods: 7, dispersion: 0.2, rmse: 4, errors: [] }],
};

describe('rollForecast', () => {
  it('drops the days that are over and repeats those of four weeks before', () => {
    expect(rollForecast(stored, 1).means).toEqual([...Array.from({ length: 27 }, (_, h) => h + 2), 1]);
    expect(rollForecast(stored, 0)).toBe(stored);
  });

  it('keeps weekdays and length however far it goes', () => {
    for (const days of [1, 6, 27, 28, 29, 100]) {
      const { means } = rollForecast(stored, days);
      expect(means).toHaveLength(28);
      for (const [h, mean] of means.entries()) expect((mean - 1) % 7).toBe((h + days) % 7);
    }
  });

  it('does not repeat what was special at the end', () => {
    const means = Array.from({ length: 56 }, (_, h) => (h < 50 ? (h % 7) + 1 : 90));
    const laterMeans = Array.from({ length: 28 }, (_, h) => (h % 7) + 1);
    const special = { ...stored, means, laterMeans };
    for (const days of [1, 6, 30, 100]) {
      const rolled = rollForecast(special, days);
      for (const [h, mean] of rolled.means.entries()) {
        if (h + days >= 56) expect(mean).toBe(((h + days) % 7) + 1);
      }
      expect(openForecast(rolled).meanAt(200)).toBe(4);
      expect(openForecast(rolled).meanOver(2_000)).toBeCloseTo(
        openForecast(special).meanOver(2_000 + days) - openForecast(special).meanOver(days),
        -2,
      );
    }
    expect(rollForecast(rollForecast(special, 5), 40)).toEqual(rollForecast(special, 45));
  });

  it('is given more days without a change of what it says', () => {
    const rounded = { ...stored, means: [2, 3] };
    expect(extendForecast(rounded, 5).means).toEqual([2, 3, 2, 3, 2]);
    expect(extendForecast(rounded, 2)).toBe(rounded);
  });

  it('is the same in two steps as in one', () => {
    const longer = { ...stored, means: Array.from({ length: 56 }, (_, h) => (h % 7) + 1) };
    expect(rollForecast(rollForecast(longer, 3), 4)).toEqual(rollForecast(longer, 7));
  });
});
