import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreAlerts } from '../../../src/domain/plan/alert-score.ts';
import {
  type BacktestLevel,
  type BacktestPolicy,
  backtestLevel,
  type LevelBacktest,
} from '../../../src/domain/plan/policy-backtest.ts';
import {
  addBacktest,
  backtestFigures,
  joinBacktests,
  noBacktestSums,
} from '../../../src/domain/plan/policy-backtest-sum.ts';

const firstDay = 20_000;
const policy: BacktestPolicy = {
  ...{ method: 'SERVICE_LEVEL', serviceLevel: 0.95, coverDays: 14, reviewDays: 1, moq: 0, multiple: 1 },
  leadTime: { origin: 'OVERRIDE', meanDays: 3, sdDays: 0, observedDays: [] },
};
function levelOf(units: readonly number[], more: Partial<BacktestLevel> = {}): BacktestLevel {
  return {
    ...{ itemId: 'i', warehouseId: 'w', isWhole: true, unitCost: 2, policy },
    history: { firstDay, units: Float64Array.from(units), outShares: new Float64Array(units.length) },
    closes: new Float64Array(units.length).fill(20),
    ...more,
  };
}
const window = { fromDay: firstDay + 60, toDay: firstDay + 999 };
function run(level: BacktestLevel, at = window): LevelBacktest {
  const result = backtestLevel(level, at);
  if (typeof result === 'string') throw new Error(result);
  return result;
}

describe('the replay of a level', () => {
  it('loses nothing of a demand that is certain, and counts from the first arrival on', () => {
    const result = run(levelOf(new Array(120).fill(2)));
    expect(result).toMatchObject({
      days: 57,
      lostUnits: 0,
      stockOutDays: 0,
      demandUnits: 114,
      censoredDays: 0,
    });
    expect(result.decisions).toHaveLength(60);
    expect(result.orders).toBeGreaterThan(0);
  });

  it('lets orders take as long as receipts did, each in its turn', () => {
    const days = [1, 1, 1, 1, 11];
    const leadTime = { origin: 'RECEIPTS' as const, meanDays: 3, sdDays: 4, observedDays: days };
    const cover = { ...policy, method: 'DAYS_OF_COVER' as const, coverDays: 8, reviewDays: 5, leadTime };
    const demand = { closes: new Float64Array(200).fill(16), policy: cover };
    const late = run(levelOf(new Array(200).fill(2), demand));
    const fixed = run(
      levelOf(new Array(200).fill(2), { ...demand, policy: { ...cover, leadTime: policy.leadTime } }),
    );
    // Eight days of cover last for five days to the next order and three to its arrival, not to one after eleven.
    expect(fixed).toMatchObject({ lostUnits: 0, fixedLeadLevels: 1 });
    expect(late.lostUnits).toBeGreaterThan(20);
    expect(late).toMatchObject({ days: 139, fixedLeadLevels: 0 });
    expect(run(levelOf(new Array(200).fill(2), demand))).toEqual(late);
  });

  it('rounds orders up to minimum and multiple', () => {
    const result = run(levelOf(new Array(120).fill(2), { policy: { ...policy, moq: 25, multiple: 10 } }));
    const orders = result.decisions.map(({ order }) => order).filter((order) => order > 0);
    expect(new Set(orders)).toEqual(new Set([30]));
  });

  it('orders up to days of cover by the plain rule', () => {
    const cover = { ...policy, method: 'DAYS_OF_COVER' as const, coverDays: 5 };
    const { decisions, stockUnitDays, days } = run(
      levelOf(new Array(120).fill(2), { policy: cover, closes: new Float64Array(120).fill(10) }),
    );
    expect(decisions.at(-1)).toMatchObject({ order: 2 });
    // Ten in stock and on the way, six of them always on the way.
    expect(stockUnitDays / days).toBeCloseTo(2, 6);
  });

  it('says how many days are only a lower bound, and why a level cannot be replayed', () => {
    const level = levelOf(new Array(120).fill(2));
    const outShares = new Float64Array(120).fill(1, 100, 110);
    expect(run({ ...level, history: { ...level.history, outShares } }).censoredDays).toBe(10);
    expect(backtestLevel(levelOf([]), window)).toBe('NO_HISTORY');
    expect(backtestLevel(levelOf([1, 2, 3]), window)).toBe('SHORT_HISTORY');
  });

  it('compares with what really was on the same days', () => {
    const closes = new Float64Array(120).fill(10).fill(0, 100, 104).fill(Number.NaN, 110);
    expect(run(levelOf(new Array(120).fill(2), { closes }))).toMatchObject({
      ...{ actualDays: 47, actualStockOutDays: 4, actualStockUnitDays: 430 },
    });
  });

  it('decides every day the same whatever comes later', () => {
    const day = fc.record({ units: fc.nat(9), out: fc.constantFrom(0, 0.5, 1), close: fc.nat(30) });
    const series = fc.array(day, { minLength: 75, maxLength: 75 });
    const build = (days: { units: number; out: number; close: number }[], method: BacktestPolicy['method']) =>
      levelOf([], {
        history: {
          firstDay,
          units: Float64Array.from(days, ({ units }) => units),
          outShares: Float64Array.from(days, ({ out }) => out),
        },
        closes: Float64Array.from(days, ({ close }) => close),
        policy: { ...policy, method },
      });
    fc.assert(
      fc.property(
        series,
        series,
        fc.integer({ min: 45, max: 74 }),
        fc.constantFrom('SERVICE_LEVEL' as const, 'DAYS_OF_COVER' as const),
        (past, other, cut, method) => {
          const truth = run(build(past, method), { fromDay: firstDay + 40, toDay: firstDay + 74 });
          // A hundred times as much, from the cut on: whoever looks ahead cannot miss it.
          const corrupted = past.map((one, t) =>
            t < cut ? one : { ...other[t]!, units: 100 * other[t]!.units + 7 },
          );
          const replayed = run(build(corrupted, method), { fromDay: firstDay + 40, toDay: firstDay + 74 });
          const before = ({ day: number }: { day: number }) => number <= firstDay + cut;
          expect(replayed.decisions.filter(before)).toEqual(truth.decisions.filter(before));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('would notice a peek into the future', () => {
    const past = Array.from({ length: 75 }, (_, t) => t % 4);
    const later = past.map((units, t) => (t < 60 ? units : 500));
    const at = { fromDay: firstDay + 40, toDay: firstDay + 74 };
    const [one, other] = [run(levelOf(past), at), run(levelOf(later), at)];
    expect(one.decisions.slice(0, 21)).toEqual(other.decisions.slice(0, 21));
    expect(one.decisions.slice(21)).not.toEqual(other.decisions.slice(21));
  });
});

describe('alerts against what the stock did', () => {
  const line = () => 3;

  it('are confirmed by an empty shelf in time, and warn so many days ahead', () => {
    expect(scoreAlerts(Float64Array.of(5, 3, 1, 0, 0, 9), line, 2)).toEqual({
      ...{ alerts: 1, confirmedAlerts: 1, stockOuts: 1, warnedStockOuts: 1, warningDays: [[2, 1]] },
    });
  });

  it('are wrong when nothing follows, and missed when the shelf is emptied at once', () => {
    expect(scoreAlerts(Float64Array.of(5, 2, 5, 5, 5, 5, 0, 9, 9), line, 2)).toMatchObject({
      ...{ alerts: 1, confirmedAlerts: 0, stockOuts: 1, warnedStockOuts: 0, warningDays: [] },
    });
  });

  it('do not end inside the band, and are not judged too close to the end', () => {
    expect(scoreAlerts(Float64Array.of(9, 3, 3.2, 3, 9, 9, 9, 9), line, 2).alerts).toBe(1);
    expect(scoreAlerts(Float64Array.of(9, 9, 2), line, 2).alerts).toBe(0);
  });

  it('do not count a shelf that was empty from the start, nor days that are not on record', () => {
    const { stockOuts, alerts } = scoreAlerts(Float64Array.of(0, 0, Number.NaN, 9, 9, 9), line, 2);
    expect([stockOuts, alerts]).toEqual([0, 0]);
  });
});

describe('sums', () => {
  it('add up in any order, and divide only by what is there', () => {
    const one = run(levelOf(new Array(120).fill(2)));
    const left = addBacktest(noBacktestSums, one, 2);
    const right = addBacktest(addBacktest(noBacktestSums, 'NO_HISTORY', null), one, null);
    const both = joinBacktests(left, right);
    expect(both).toEqual(joinBacktests(right, left));
    expect(both).toMatchObject({ levels: 2, costlessLevels: 1, skipped: { NO_HISTORY: 1 }, levelDays: 114 });
    expect(backtestFigures(both)).toMatchObject({
      fillRate: 1,
      precision: null,
      recall: null,
      medianLeadDays: null,
    });
    expect(backtestFigures(noBacktestSums)).toMatchObject({ fillRate: null, averageStockUnits: null });
    const warned = {
      ...both,
      warningDays: [
        [1, 1],
        [4, 1],
      ] as const,
      stockOuts: 4,
      warnedStockOuts: 2,
    };
    expect(backtestFigures(warned)).toMatchObject({ medianLeadDays: 2.5, recall: 0.5 });
    expect(joinBacktests(warned, warned).warningDays).toEqual([
      [1, 2],
      [4, 2],
    ]);
  });
});
