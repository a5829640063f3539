import { expect, test } from 'vitest';
import { openForecast } from '../../../src/domain/forecast/demand-forecast.ts';
import { errorWeights } from '../../../src/domain/forecast/interval-errors.ts';
import { computeHealthScore, defaultHealthWeights } from '../../../src/domain/health-score.ts';
import { explainStockOutProbability } from '../../../src/domain/plan/explain-risk.ts';
import {
  explainReorderPoint,
  explainSafetyStock,
  explainTargetLevel,
} from '../../../src/domain/plan/policy-values.ts';
import { defaultLimits, suggestReplenishment } from '../../../src/domain/plan/replenishment.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { findDisagreements } from './explanation-checker.ts';

/** A forecast with replayed errors, so that its distributions are mixtures as in production. */
function replayedForecast(perDay: number, isWhole: boolean) {
  const n = errorWeights.length;
  const scale = Math.sqrt(perDay * 7) * 1.4;
  return openForecast({
    ...{
      version: 1,
      means: Array.from({ length: 40 }, (_, i) => perDay * (1 + 0.2 * (i % 7 === 5 ? 1 : 0))),
    },
    ...{ dispersion: 0.4, isWhole, varianceFactor: 1 },
    intervals: [7, 28].map((periods) => ({
      ...{ periods, dispersion: 0.25, rmse: scale * Math.sqrt(periods / 7) },
      errors: Array.from(
        { length: n },
        (_, i) => (scale * Math.sqrt(periods / 7) * (2 * i - n + 1)) / (n / 2),
      ),
    })),
  });
}

function policyOf(perDay: number, isWhole: boolean, method: 'QUANTILE' | 'CLASSIC' | 'LEAD_TIME_VARIANCE') {
  return {
    ...{ forecast: replayedForecast(perDay, isWhole), isWhole, method, sigmaUnitsPerDay: perDay * 0.8 },
    leadTime: { origin: 'RECEIPTS', meanDays: 9.4, sdDays: 2.2, observedDays: [6, 9, 9, 11, 12] } as const,
    ...{ reviewDays: 2, serviceLevel: { origin: 'CLASS', level: 0.97 } as const, orderCycleDays: 4 },
    ...{ safetyStockOverride: null, minPresentationUnits: new Decimal(3), dataAsOf: '2026-03-01T00:00:00Z' },
  };
}

test('a checker that imports nothing of the product recomputes every explanation to the same Decimal', () => {
  for (const perDay of [0.03, 0.4, 3.7, 45]) {
    for (const isWhole of [true, false]) {
      for (const method of ['QUANTILE', 'CLASSIC', 'LEAD_TIME_VARIANCE'] as const) {
        const policy = policyOf(perDay, isWhole, method);
        const arrivals = [
          { day: 4, units: Math.ceil(perDay * 5) },
          { day: 9, units: Math.ceil(perDay * 3) },
        ];
        const suggestion = suggestReplenishment({
          ...{
            policy,
            arrivals,
            available: new Decimal(perDay * 6).toDecimalPlaces(2),
            stockObservedAt: null,
          },
          limits: {
            ...defaultLimits,
            moq: new Decimal(7),
            multiple: new Decimal('2.5'),
            cap: new Decimal(400),
          },
        });
        const explanations = [
          explainSafetyStock(policy),
          explainReorderPoint(policy),
          explainTargetLevel(policy),
          suggestion.explanation,
        ];
        for (const explanation of explanations) {
          expect(findDisagreements(JSON.stringify(explanation)), `${perDay} a day, ${method}`).toEqual([]);
        }
      }
    }
  }
});

test('so does the stock-out probability with several arrivals', () => {
  for (const perDay of [0.4, 3.7]) {
    const inputs = {
      ...{ forecast: replayedForecast(perDay, true), available: Math.ceil(perDay * 5), isWhole: true },
      arrivals: [
        { day: 4, units: Math.ceil(perDay * 3) },
        { day: 9, units: Math.ceil(perDay * 6) },
      ],
    };
    expect(findDisagreements(JSON.stringify(explainStockOutProbability(inputs, 14)))).toEqual([]);
  }
});

test('and the health score; a changed step is found', () => {
  const health = computeHealthScore(
    {
      ...{
        hasHistory: true,
        meanPerDay: 2,
        stockOutProbability: 0.17,
        serviceLevel: 0.95,
        inStockShare: 0.91,
      },
      ...{
        available: 100,
        onHand: 130,
        excessUnits: 17.25,
        idleness: 'SELLING',
        turns: 5.3,
        targetTurns: 8.1,
      },
      ...{ relativeError: 0.83, hasInboundWithinLeadTime: false },
    },
    defaultHealthWeights,
  )!;
  const json = JSON.stringify(health.explanation);
  expect(findDisagreements(json)).toEqual([]);
  expect(findDisagreements(json.replace('"value":"0.91"', '"value":"0.92"')).length).toBeGreaterThan(0);
});
