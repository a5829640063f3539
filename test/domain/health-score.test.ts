import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAccuracy,
  addAvailability,
  addExcess,
  addTurnover,
  type HealthInputs,
} from '../../src/domain/health-parts.ts';
import { computeHealthWeight, computeTargetTurns, rollUpHealth } from '../../src/domain/health-rollup.ts';
import { bandOf, computeHealthScore, defaultHealthWeights } from '../../src/domain/health-score.ts';
import { recomputeExplanation, startExplanation } from '../../src/domain/plan/explanation.ts';
import { Decimal } from '../../src/shared/decimal.ts';

const good: HealthInputs = {
  ...{ hasHistory: true, meanPerDay: 2, stockOutProbability: 0.05, serviceLevel: 0.95, inStockShare: 1 },
  ...{ available: 100, onHand: 100, excessUnits: 10, idleness: 'SELLING', turns: 6, targetTurns: 8 },
  ...{ relativeError: 0.8, hasInboundWithinLeadTime: false },
};
const scoreOf = (change: Partial<HealthInputs>): number =>
  computeHealthScore({ ...good, ...change })!.score.toNumber();

describe('health score', () => {
  test('the documented example', () => {
    const health = computeHealthScore(good)!;
    expect(health.score.toString()).toBe('86.5');
    expect(Object.values(health.parts).map(String)).toEqual(['100', '90', '75', '60']);
    expect([health.band, health.neutralParts, health.caps]).toEqual(['GOOD', [], []]);
    // Accuracy misses 40 · 0.15 = 6 points, turnover 25 · 0.20 = 5.
    expect(health.explanation.binding).toBe('accuracy_score');
    expect(recomputeExplanation(health.explanation).toString()).toBe('86.5');
    expect(Object.values(defaultHealthWeights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });

  test('each part by itself', () => {
    const part = (add: (builder: ReturnType<typeof startExplanation>) => string | null): string => {
      const builder = startExplanation();
      const name = add(builder);
      return name === null ? 'null' : builder.value(name).toString();
    };
    expect(part((b) => addAvailability(b, { ...good, stockOutProbability: null }, true, null))).toBe('65');
    expect(part((b) => addAvailability(b, { ...good, inStockShare: null }, true, null))).toBe('85');
    expect(part((b) => addAvailability(b, good, false, null))).toBe('null');
    expect(part((b) => addExcess(b, { ...good, excessUnits: 500 }, null))).toBe('0');
    expect(part((b) => addExcess(b, { ...good, idleness: 'SLOW' }, null))).toBe('50');
    expect(part((b) => addExcess(b, { ...good, idleness: 'DEAD' }, null))).toBe('0');
    expect(part((b) => addExcess(b, { ...good, onHand: 0, excessUnits: 0 }, null))).toBe('100');
    expect(part((b) => addTurnover(b, { ...good, turns: 80 }, true, null))).toBe('100');
    expect(part((b) => addTurnover(b, { ...good, turns: null }, true, null))).toBe('null');
    expect(part((b) => addAccuracy(b, { ...good, relativeError: 1 }, null))).toBe('50');
    expect(part((b) => addAccuracy(b, { ...good, relativeError: 9 }, null))).toBe('0');
  });

  test('unknown parts keep their weight with a neutral 50', () => {
    const health = computeHealthScore({ ...good, relativeError: null, turns: null })!;
    // 40 + 22.5 + 50 · 0.35
    expect(health.score.toString()).toBe('80');
    expect(health.neutralParts).toEqual(['turnover', 'accuracy']);
    expect(computeHealthScore({ ...good, stockOutProbability: null })!.neutralParts).toEqual([
      'availability',
    ]);
  });

  test('caps hold a score down', () => {
    expect(scoreOf({ available: 0, onHand: 0, excessUnits: 0 })).toBe(20);
    expect(
      scoreOf({ available: 0, onHand: 0, excessUnits: 0, hasInboundWithinLeadTime: true }),
    ).toBeGreaterThan(50);
    expect(scoreOf({ available: -2, hasInboundWithinLeadTime: true })).toBe(40);
    expect(scoreOf({ stockOutProbability: 0.6, excessUnits: 0 })).toBe(50);
    expect(
      computeHealthScore({ ...good, available: -2, hasInboundWithinLeadTime: true })!.explanation.binding,
    ).toBe('cap_negative_stock');
  });

  test('without history, or with neither demand nor stock, there is no score; dead stock is not healthy', () => {
    expect(computeHealthScore({ ...good, hasHistory: false })).toBeNull();
    expect(computeHealthScore({ ...good, meanPerDay: 0, onHand: 0 })).toBeNull();
    const dead = {
      meanPerDay: 0,
      stockOutProbability: 0,
      excessUnits: 100,
      idleness: 'DEAD',
      relativeError: null,
    } as const;
    // 50 · 0.40 + 0 + 0 + 50 · 0.15
    expect(scoreOf(dead)).toBe(27.5);
    expect(bandOf(new Decimal(scoreOf(dead)))).toBe('CRITICAL');
  });

  test('bands begin at 80, 60 and 40', () => {
    expect(['80', '79.9', '60', '59.9', '40', '39.9'].map((score) => bandOf(new Decimal(score)))).toEqual([
      ...['GOOD', 'FAIR', 'FAIR', 'POOR', 'POOR', 'CRITICAL'],
    ]);
  });

  test('refuses weights that do not add up', () => {
    expect(() => computeHealthScore(good, { ...defaultHealthWeights, excess: 30 })).toThrow(/add up to 105/);
    expect(() =>
      computeHealthScore(good, { availability: 120, excess: -20, turnover: 0, accuracy: 0 }),
    ).toThrow();
  });

  test('more risk, excess, idleness or error, or fewer turns or days in stock never raise it', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const inputs = fc.record({
      stockOutProbability: share,
      serviceLevel: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      inStockShare: share,
      available: fc.integer({ min: -5, max: 50 }),
      onHand: fc.integer({ min: -5, max: 50 }),
      excessUnits: fc.double({ min: 0, max: 80, noNaN: true }),
      idleness: fc.constantFrom('SELLING', 'SLOW', 'DEAD'),
      turns: fc.double({ min: 0, max: 40, noNaN: true }),
      targetTurns: fc.double({ min: 0.1, max: 40, noNaN: true }),
      relativeError: fc.double({ min: 0, max: 4, noNaN: true }),
      hasInboundWithinLeadTime: fc.boolean(),
    });
    const worse = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(inputs, worse, (base, step) => {
        const from = scoreOf(base);
        const steps: Partial<HealthInputs>[] = [
          { stockOutProbability: base.stockOutProbability + step * (1 - base.stockOutProbability) },
          { excessUnits: base.excessUnits + 20 * step },
          { idleness: base.idleness === 'SELLING' ? 'SLOW' : 'DEAD' },
          { turns: base.turns * (1 - step) },
          { relativeError: base.relativeError + step },
          { inStockShare: base.inStockShare * (1 - step) },
          { hasInboundWithinLeadTime: false },
        ];
        for (const change of steps) expect(scoreOf({ ...base, ...change })).toBeLessThanOrEqual(from);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThanOrEqual(100);
      }),
      { numRuns: 150 },
    );
  });
});

describe('roll-up and targets', () => {
  test('the weighted mean, with dead stock in it', () => {
    const one = (score: number, weight: number) => ({
      score: new Decimal(score),
      weight: new Decimal(weight),
    });
    expect(rollUpHealth([one(90, 3), one(10, 1)])?.toString()).toBe('70');
    expect(rollUpHealth([one(90, 0), one(10, 0)])?.toString()).toBe('50');
    expect(rollUpHealth([])).toBeNull();
    expect(computeHealthWeight(new Decimal(10), new Decimal(1000)).toString()).toBe('61.643836');
    expect(computeHealthWeight(new Decimal(100), new Decimal(1000)).toString()).toBe('100');
    expect(computeHealthWeight(new Decimal(-5), null).toString()).toBe('0');
  });

  test('target turns carry safety stock, cycle and MOQ', () => {
    const item = { meanPerDay: 2, safetyStock: 20, reviewDays: 7, orderCycleDays: 0, moq: 60 };
    expect(computeTargetTurns(item)).toBeCloseTo(14.6, 9);
    expect(computeTargetTurns({ ...item, moq: 0 })).toBeCloseTo(365 / 13.5, 9);
    expect(computeTargetTurns({ ...item, meanPerDay: 0 })).toBeNull();
  });
});
