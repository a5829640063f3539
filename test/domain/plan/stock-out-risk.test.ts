import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCheckpoints, linkBetween, type RiskInputs } from '../../../src/domain/plan/checkpoints.ts';
import { computeDaysToStockOut } from '../../../src/domain/plan/days-to-stock-out.ts';
import { varianceOf } from '../../../src/domain/plan/distribution-variance.ts';
import { explainStockOutProbability } from '../../../src/domain/plan/explain-risk.ts';
import { recomputeExplanation } from '../../../src/domain/plan/explanation.ts';
import { ageInbound } from '../../../src/domain/plan/inbound.ts';
import {
  emptyChain,
  endChain,
  extendChain,
  jointProbabilityBelow,
} from '../../../src/domain/plan/joint-normal.ts';
import {
  computeExpectedLostUnits,
  computeProbabilityBeforeNextReceipt,
  computeStockOutProbability,
} from '../../../src/domain/plan/stock-out-risk.ts';
import { certainForecast, poissonForecast, storedForecast } from './make-forecast.ts';

const poisson2 = (available: number, arrivals: RiskInputs['arrivals'] = []): RiskInputs => ({
  forecast: poissonForecast(2),
  available,
  arrivals,
  isWhole: true,
});

/** Exact first passage and expected loss for independent Poisson days, by recursion over the days. */
function exactPoisson(
  perDay: number,
  inputs: RiskInputs,
  days: number,
): { probability: number; lost: number } {
  const daily = Array.from({ length: 60 }, () => 0);
  daily[0] = Math.exp(-perDay);
  for (let k = 1; k < 60; k++) daily[k] = (daily[k - 1]! * perDay) / k;
  let stock = new Map([[inputs.available, { mass: 1, clean: 1 }]]);
  let lost = 0;
  for (let day = 1; day <= days; day++) {
    const arrived = inputs.arrivals.find((arrival) => arrival.day === day)?.units ?? 0;
    const next = new Map<number, { mass: number; clean: number }>();
    for (const [units, { mass, clean }] of stock) {
      daily.forEach((p, demand) => {
        const left = units + arrived - demand;
        const to = next.get(Math.max(0, left)) ?? { mass: 0, clean: 0 };
        to.mass += mass * p;
        if (left >= 0) to.clean += clean * p;
        else lost += mass * p * -left;
        next.set(Math.max(0, left), to);
      });
    }
    stock = next;
  }
  return { probability: 1 - [...stock.values()].reduce((sum, { clean }) => sum + clean, 0), lost };
}

describe('linked normal values', () => {
  test('known orthants', () => {
    expect(jointProbabilityBelow([0.3], [])).toBe(0.3);
    expect(jointProbabilityBelow([0.5, 0.5], [0.5])).toBeCloseTo(1 / 3, 6);
    expect(jointProbabilityBelow([0.5, 0.5], [0.9])).toBeCloseTo(0.25 + Math.asin(0.9) / (2 * Math.PI), 6);
    expect(jointProbabilityBelow([0.2, 0.7, 0.9], [0, 0])).toBeCloseTo(0.2 * 0.7 * 0.9, 7);
    expect(jointProbabilityBelow([0.2, 1, 0.9], [0.8, 0.5])).toBeCloseTo(
      jointProbabilityBelow([0.2, 0.9], [0.4]),
      9,
    );
    expect(jointProbabilityBelow([0, 0.9], [0.4])).toBe(0);
    expect(endChain(extendChain(emptyChain, 0, 0.5), 0.5, 0.5)).toBeCloseTo(1 / 3, 6);
    expect(() => jointProbabilityBelow([0.5], [0.5])).toThrow(/n - 1/);
    expect(() => jointProbabilityBelow([1.5], [])).toThrow(/must lie in/);
  });

  test('lies between the product and the smallest', () => {
    const p = fc.double({ min: 0.001, max: 1, noNaN: true });
    const r = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(p, p, p), fc.tuple(r, r), (below, links) => {
        const joint = jointProbabilityBelow(below, links);
        expect(joint).toBeLessThanOrEqual(Math.min(...below) + 1e-9);
        expect(joint).toBeGreaterThanOrEqual(below[0] * below[1] * below[2] - 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});

test('variance of each kind of distribution', () => {
  expect(varianceOf({ kind: 'count', mean: 10, dispersion: 0.2 })).toBe(30);
  expect(varianceOf({ kind: 'gamma', mean: 10, variance: 7 })).toBe(7);
  expect(varianceOf({ kind: 'normal', mean: 10, sd: 3 })).toBe(9);
  const coin = { kind: 'empirical', values: [0, 2], weights: [0.5, 0.5], whole: true } as const;
  expect(varianceOf(coin)).toBe(1);
  const far = { kind: 'empirical', values: [10, 12], weights: [0.5, 0.5], whole: true } as const;
  expect(varianceOf({ kind: 'mixture', parts: [coin, far] })).toBe(26);
});

describe('inbound', () => {
  test('ages what is late and drops what is hopeless', () => {
    const shipments = [
      { dueDay: 3, units: 5 },
      { dueDay: -1, units: 4 },
      { dueDay: -19, units: 7 },
    ];
    expect(ageInbound(shipments, 10)).toEqual({
      arrivals: [{ day: 3, units: 9 }],
      overdueUnits: 4,
      ignoredUnits: 7,
    });
    expect(() => ageInbound([{ dueDay: 1.5, units: 1 }], 10)).toThrow(/makes no sense/);
    expect(() => ageInbound([{ dueDay: 1, units: -1 }], 10)).toThrow(/makes no sense/);
  });

  test('every unit counts once: in an arrival or as ignored, never before tomorrow when late', () => {
    const shipment = fc.record({ dueDay: fc.integer({ min: -40, max: 40 }), units: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(shipment, { maxLength: 12 }), fc.nat(30), (shipments, leadTime) => {
        const aged = ageInbound(shipments, leadTime);
        const counted = aged.arrivals.reduce((sum, { units }) => sum + units, 0);
        expect(counted + aged.ignoredUnits).toBe(shipments.reduce((sum, { units }) => sum + units, 0));
        expect(new Set(aged.arrivals.map(({ day }) => day)).size).toBe(aged.arrivals.length);
        expect(aged.arrivals.every(({ day }) => day >= 1)).toBe(true);
      }),
    );
  });
});

describe('stock-out probability', () => {
  test('without arrivals it is P(demand > available) exactly', () => {
    expect(findCheckpoints(10, [{ day: 5, units: 20 }], 7)).toEqual([
      { day: 4, supply: 10 },
      { day: 7, supply: 30 },
    ]);
    const inputs = poisson2(10);
    expect(computeStockOutProbability(inputs, 7)).toBeCloseTo(1 - inputs.forecast.demandOver(7).cdf(10), 6);
  });

  test('a receipt on the last day does not hide an earlier gap', () => {
    const hidden = computeStockOutProbability(poisson2(3, [{ day: 7, units: 1000 }]), 7);
    expect(hidden).toBeGreaterThan(0.99);
    expect(computeStockOutProbability(poisson2(3, [{ day: 1, units: 1000 }]), 7)).toBe(0);
  });

  test('agrees with the exact recursion over independent Poisson days', () => {
    const worlds: [number, RiskInputs['arrivals'], number][] = [
      [10, [{ day: 8, units: 20 }], 14],
      [12, [{ day: 5, units: 6 }], 12],
      [
        8,
        [
          { day: 4, units: 6 },
          { day: 7, units: 8 },
        ],
        12,
      ],
      [
        20,
        [
          { day: 10, units: 5 },
          { day: 11, units: 5 },
          { day: 15, units: 12 },
        ],
        20,
      ],
    ];
    for (const [available, arrivals, days] of worlds) {
      const inputs = poisson2(available, arrivals);
      const exact = exactPoisson(2, inputs, days);
      expect(computeStockOutProbability(inputs, days)).toBeCloseTo(exact.probability, 1);
      expect(Math.abs(computeStockOutProbability(inputs, days) - exact.probability)).toBeLessThan(0.02);
      const lost = computeExpectedLostUnits(inputs, days);
      expect(Math.abs(lost - exact.lost)).toBeLessThan(0.05 * exact.lost + 0.05);
    }
  });

  test('special cases', () => {
    expect(computeStockOutProbability(poisson2(-1), 7)).toBe(1);
    const dead = { forecast: poissonForecast(0), available: 0, arrivals: [], isWhole: true };
    expect(computeStockOutProbability(dead, 7)).toBe(0);
    expect(computeExpectedLostUnits(dead, 7)).toBe(0);
    expect(computeProbabilityBeforeNextReceipt(poisson2(5))).toBeNull();
    const soon = poisson2(5, [{ day: 4, units: 9 }]);
    expect(computeProbabilityBeforeNextReceipt(soon)).toBe(computeStockOutProbability(soon, 3));
    expect(() => computeStockOutProbability(poisson2(5), 0)).toThrow(/horizon/);
    // 3 units are owed already, and Poisson 14 find nothing.
    expect(computeExpectedLostUnits(poisson2(-3), 7)).toBeCloseTo(17, 9);
    expect(computeExpectedLostUnits(poisson2(10), 7)).toBeCloseTo(
      poissonForecast(2).demandOver(7).expectedLoss(10),
      9,
    );
    expect(linkBetween(poissonForecast(3), 4, 16)).toBeCloseTo(0.5, 9);
  });

  const world = fc.record({
    perDay: fc.double({ min: 0.05, max: 20, noNaN: true }),
    available: fc.nat(100),
    arrivals: fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 1, max: 30 }), units: fc.integer({ min: 1, max: 60 }) }),
      {
        maxLength: 3,
        selector: ({ day }) => day,
      },
    ),
    days: fc.integer({ min: 1, max: 35 }),
  });
  const toInputs = (w: {
    perDay: number;
    available: number;
    arrivals: { day: number; units: number }[];
  }): RiskInputs => ({
    forecast: storedForecast(w.perDay),
    available: w.available,
    arrivals: [...w.arrivals].sort((a, b) => a.day - b.day),
    isWhole: true,
  });

  test('more stock never raises it, a later receipt never lowers it, and it recomputes from its explanation', () => {
    fc.assert(
      fc.property(world, (w) => {
        const inputs = toInputs(w);
        const risk = computeStockOutProbability(inputs, w.days);
        expect(
          computeStockOutProbability({ ...inputs, available: w.available + 5 }, w.days),
        ).toBeLessThanOrEqual(risk + 2e-6);
        const without = computeStockOutProbability({ ...inputs, arrivals: [] }, w.days);
        expect(risk).toBeLessThanOrEqual(without + 2e-6);
        const explained = recomputeExplanation(explainStockOutProbability(inputs, w.days));
        expect(explained.toNumber()).toBe(risk);
      }),
      { numRuns: 40 },
    );
  });

  test('an arrival after the horizon counts nothing', () => {
    const far = poisson2(10, [{ day: 30, units: 500 }]);
    expect(computeStockOutProbability(far, 7)).toBe(computeStockOutProbability(poisson2(10), 7));
    expect(computeExpectedLostUnits(far, 7)).toBe(computeExpectedLostUnits(poisson2(10), 7));
  });
});

describe('days to stock-out', () => {
  test('certain demand empties the shelf on a certain day', () => {
    const certain = { forecast: certainForecast(2), available: 10, arrivals: [], isWhole: true };
    expect(computeDaysToStockOut(certain)).toEqual({ p10: 5, p50: 5, p90: 5 });
    expect(computeDaysToStockOut({ ...certain, available: 0 })).toEqual({ p10: 0, p50: 0, p90: 0 });
    expect(computeDaysToStockOut({ ...certain, arrivals: [{ day: 5, units: 4 }] })).toEqual({
      p10: 7,
      p50: 7,
      p90: 7,
    });
    expect(computeDaysToStockOut({ ...certain, arrivals: [{ day: 6, units: 40 }] })).toEqual({
      p10: 5,
      p50: 5,
      p90: 5,
    });
    const dead = { forecast: poissonForecast(0), available: 3, arrivals: [], isWhole: true };
    expect(computeDaysToStockOut(dead)).toEqual({ p10: null, p50: null, p90: null });
  });

  test('the middle day is the first with P(demand ≥ supply) ≥ 0.5', () => {
    const { p10, p50, p90 } = computeDaysToStockOut(poisson2(20));
    const reached = (day: number): number => 1 - poissonForecast(2).demandOver(day).cdf(19);
    for (const [day, level] of [
      [p10, 0.1],
      [p50, 0.5],
      [p90, 0.9],
    ] as const) {
      expect(reached(day!)).toBeGreaterThanOrEqual(level);
      expect(reached(day! - 1)).toBeLessThan(level);
    }
  });

  test('in order, and never earlier with more stock', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 9, noNaN: true }),
        fc.nat(60),
        fc.integer({ min: 2, max: 30 }),
        (perDay, available, day) => {
          const at = (units: number) =>
            computeDaysToStockOut({
              forecast: storedForecast(perDay),
              available: units,
              arrivals: [{ day, units: 10 }],
              isWhole: true,
            });
          const orLast = (value: number | null): number => value ?? 366;
          const days = at(available);
          expect(orLast(days.p10)).toBeLessThanOrEqual(orLast(days.p50));
          expect(orLast(days.p50)).toBeLessThanOrEqual(orLast(days.p90));
          expect(orLast(at(available + 3).p50)).toBeGreaterThanOrEqual(orLast(days.p50));
        },
      ),
      { numRuns: 40 },
    );
  });
});
