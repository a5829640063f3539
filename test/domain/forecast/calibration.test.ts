import { describe, expect, it } from 'vitest';
import {
  type CalibrationCase,
  coveredShare,
  replayCalibration,
  summarizeCalibration,
  toCalibrationCase,
} from '../../../src/domain/forecast/calibration.ts';
import { openDistribution } from '../../../src/domain/forecast/demand-distribution.ts';
import { defaultForecastOptions } from '../../../src/domain/forecast/forecast-input.ts';
import { grainOf } from '../../../src/domain/forecast/grain.ts';
import { computeGroupFactors } from '../../../src/domain/forecast/group-factors.ts';
import { poisson, uniforms } from './window.ts';

describe('calibration', () => {
  it('keeps its documented examples', () => {
    const coin = openDistribution({ kind: 'empirical', values: [0, 1], weights: [0.5, 0.5], whole: true });
    expect(toCalibrationCase(coin, 7, 0, true)).toEqual({
      periods: 7,
      predictedUnits: 0.5,
      lower: 0,
      upper: 0.5,
    });
    const tie = { periods: 7, predictedUnits: 2, lower: 0.9, upper: 1 };
    expect(coveredShare(tie, 0.95)).toBeCloseTo(0.5, 12);
    expect(summarizeCalibration([tie])[0]!.coverage[2]).toBeCloseTo(0.5, 12);
  });

  it('would notice a forecast that promises too much', () => {
    const narrow = openDistribution({ kind: 'count', mean: 10, dispersion: 0 });
    const draw = uniforms(2);
    const honest = [...Array(500)].map(() => toCalibrationCase(narrow, 7, poisson(10, draw), true));
    const wild = [...Array(500)].map(() => toCalibrationCase(narrow, 7, poisson(20 * draw(), draw), true));
    expect(summarizeCalibration(honest)[0]!.coverage[2]).toBeGreaterThan(0.93);
    expect(summarizeCalibration(wild)[0]!.coverage[2]).toBeLessThan(0.88);
  });

  it('covers made-up demand about as promised', () => {
    const items = Array.from({ length: 120 }, (_, i) => {
      const draw = uniforms(i + 1);
      const mean = 0.2 * 1.04 ** i;
      return Float64Array.from({ length: 420 }, () =>
        poisson(-mean * 0.7 * Math.log(1 - draw()) + 0.3 * mean, draw),
      );
    });
    const totals = new Float64Array(420);
    for (const item of items) for (let t = 0; t < 420; t++) totals[t]! += item[t]!;
    const group = computeGroupFactors(totals, 0, grainOf(7), false, null);
    const cases: CalibrationCase[] = items.flatMap((units) =>
      replayCalibration({ ...defaultForecastOptions, units, group, intervalPeriods: [7, 14] }, 8, 14),
    );
    expect(cases.length).toBeGreaterThan(1_700);
    for (const periods of [7, 14]) {
      const of = cases.filter((one) => one.periods === periods);
      const covered = of.reduce((sum, one) => sum + coveredShare(one, 0.95), 0) / of.length;
      expect(covered).toBeGreaterThan(0.93);
      expect(covered).toBeLessThan(0.98);
    }
  });
});
