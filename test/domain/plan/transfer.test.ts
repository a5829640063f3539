import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveTransport, type TransportProblem } from '../../../src/domain/plan/min-cost-flow.ts';
import {
  computeSpareUnits,
  planItemTransfers,
  type TransferLane,
  type TransferSite,
} from '../../../src/domain/plan/transfer.ts';
import { applyTransfers, describeTransfers } from '../../../src/domain/plan/transfer-effect.ts';
import { planNetworkTransfers } from '../../../src/domain/plan/transfer-network.ts';
import { poissonForecast } from './make-forecast.ts';

/** Repeatable numbers in [0, 1): constants of Numerical Recipes. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Exact answer in another way: every unit that can be given may be matched with one place that can take a unit; the
 * best matching by dynamic programming over the set of taken places. Needs no order of costs and no flow theory.
 */
function bestMatching(problem: TransportProblem): number {
  const slots = problem.gains.flatMap((gains, taker) => gains.map((gain) => ({ taker, gain })));
  let best = new Float64Array(2 ** slots.length).fill(Number.NEGATIVE_INFINITY);
  best[0] = 0;
  problem.costs.forEach((costs, giver) => {
    for (const cost of costs) {
      const next = best.slice();
      for (let set = 0; set < best.length; set++) {
        if (best[set]! === Number.NEGATIVE_INFINITY) continue;
        slots.forEach(({ taker, gain }, slot) => {
          if (set & (1 << slot)) return;
          for (const lane of problem.lanes) {
            if (lane.from !== giver || lane.to !== taker) continue;
            const value = best[set]! + gain - cost - lane.unitCost;
            const to = set | (1 << slot);
            if (value > next[to]!) next[to] = value;
          }
        });
      }
      best = next;
    }
  });
  return Math.max(...best);
}

function randomProblem(random: () => number): TransportProblem {
  const sorted = (most: number, sign: number): number[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => Math.round(random() * 100) / 10).sort(
      (a, b) => sign * (a - b),
    );
  const givers = 1 + Math.floor(random() * 3);
  const takers = 1 + Math.floor(random() * 3);
  return {
    costs: Array.from({ length: givers }, () => sorted(3, 1)),
    gains: Array.from({ length: takers }, () => sorted(3, -1)),
    lanes: Array.from({ length: givers * takers }, (_, k) => ({
      ...{ from: k % givers, to: Math.floor(k / givers), unitCost: Math.round(random() * 40) / 10 },
    })).filter(() => random() < 0.8),
  };
}

describe('exact flow', () => {
  test('the documented example', () => {
    const plan = solveTransport({
      costs: [[1, 4]],
      gains: [[6, 5]],
      lanes: [{ from: 0, to: 0, unitCost: 2 }],
    });
    expect(plan).toEqual({ flows: [1], gain: 3 });
  });

  test('the textbook transportation problem: least cost 1920', () => {
    // Supply 120, 80, 80; demand 150, 70, 60; every unit delivered is worth far more than any way.
    const plan = solveTransport({
      costs: [120, 80, 80].map((units) => Array(units).fill(0)),
      gains: [150, 70, 60].map((units) => Array(units).fill(1000)),
      lanes: [
        [8, 5, 6],
        [15, 10, 12],
        [3, 9, 10],
      ].flatMap((row, from) => row.map((unitCost, to) => ({ from, to, unitCost }))),
    });
    expect(280 * 1000 - plan.gain).toBeCloseTo(1920, 6);
    expect(plan.flows.reduce((sum, units) => sum + units, 0)).toBe(280);
  });

  test('equals the exact answer on 1,200 random networks and conserves stock', () => {
    const random = makeRandom(7);
    for (let k = 0; k < 1200; k++) {
      const problem = randomProblem(random);
      const plan = solveTransport(problem);
      expect(plan.gain, `network ${k}`).toBeCloseTo(bestMatching(problem), 6);
      const given = problem.costs.map(() => 0);
      const taken = problem.gains.map(() => 0);
      problem.lanes.forEach(({ from, to }, lane) => {
        given[from] = given[from]! + plan.flows[lane]!;
        taken[to] = taken[to]! + plan.flows[lane]!;
        expect(plan.flows[lane]).toBeGreaterThanOrEqual(0);
      });
      const worth =
        problem.gains.reduce(
          (sum, gains, t) => sum + gains.slice(0, taken[t]).reduce((a, b) => a + b, 0),
          0,
        ) -
        problem.costs.reduce(
          (sum, costs, g) => sum + costs.slice(0, given[g]).reduce((a, b) => a + b, 0),
          0,
        ) -
        problem.lanes.reduce((sum, { unitCost }, lane) => sum + unitCost * plan.flows[lane]!, 0);
      expect(worth).toBeCloseTo(plan.gain, 6);
      given.forEach((units, g) => {
        expect(units).toBeLessThanOrEqual(problem.costs[g]!.length);
      });
    }
  });

  test('refuses falling costs, rising gains and lanes to nowhere', () => {
    const lanes = [{ from: 0, to: 0, unitCost: 1 }];
    expect(() => solveTransport({ costs: [[2, 1]], gains: [[1]], lanes })).toThrow(/giver 0 fall/);
    expect(() => solveTransport({ costs: [[1]], gains: [[1, 2]], lanes })).toThrow(/taker 0 rise/);
    expect(() => solveTransport({ costs: [[1]], gains: [], lanes })).toThrow(/lane 0/);
    expect(() =>
      solveTransport({ costs: [[1]], gains: [[2]], lanes: [{ from: 0, to: 0, unitCost: -1 }] }),
    ).toThrow(/lane 0/);
  });
});

function site(
  warehouseId: string,
  available: number,
  perDay: number,
  change: Partial<TransferSite> = {},
): TransferSite {
  return {
    ...{ warehouseId, available, forecast: poissonForecast(perDay), arrivals: [], leadTimeDays: 10 },
    ...{ protectionDays: 11, serviceLevel: 0.95, unitMargin: 10, ...change },
  };
}
function lane(
  fromWarehouseId: string,
  toWarehouseId: string,
  change: Partial<TransferLane> = {},
): TransferLane {
  return { fromWarehouseId, toWarehouseId, transferDays: 2, unitCost: 1, unitsMin: 0, ...change };
}

describe('transfers of an item', () => {
  test('units move from where they lie to where they sell, and both sides are shown', () => {
    const sites = [site('a', 50, 0.1), site('b', 0, 2)];
    const plan = planItemTransfers(sites, [lane('a', 'b'), lane('b', 'a')]);
    expect(plan.flows).toHaveLength(1);
    const [flow] = plan.flows;
    // Demand of days 3 to 14 is Poisson 24: about that much is worth sending, a little less than all of it is sure.
    expect(flow!.quantity).toBeGreaterThan(20);
    expect(flow!.quantity).toBeLessThan(32);
    expect(flow!.gain).toBeCloseTo(plan.gain, 6);
    const [told] = describeTransfers(sites, plan, true);
    expect(told).toMatchObject({ fromWarehouseId: 'a', toWarehouseId: 'b', arrivalDay: 3 });
    expect(told!.donorRisk.after).toBeLessThanOrEqual(0.05);
    expect(told!.receiverRisk.before).toBeGreaterThan(0.99);
    expect(told!.lostUnitsAvoided).toBeGreaterThan(15);
    expect(told!.cost).toBe(flow!.quantity);
  });

  test('nothing moves when it does not pay, arrives too late, or nobody needs it', () => {
    const sites = [site('a', 50, 0.1), site('b', 0, 2)];
    expect(planItemTransfers(sites, [lane('a', 'b', { unitCost: 11 })]).flows).toEqual([]);
    expect(planItemTransfers(sites, [lane('a', 'b', { transferDays: 10 })]).flows).toEqual([]);
    expect(planItemTransfers([site('a', 50, 0.1), site('b', 200, 2)], [lane('a', 'b')]).flows).toEqual([]);
    expect(
      planItemTransfers(
        [site('a', 50, 0.1), site('b', 0, 2, { arrivals: [{ day: 1, units: 90 }] })],
        [lane('a', 'b')],
      ).flows,
    ).toEqual([]);
    expect(planItemTransfers([], []).flows).toEqual([]);
  });

  test('packs, and a lane below its minimum is dropped and named', () => {
    const sites = [site('a', 50, 0.1), site('c', 6, 0.01), site('b', 0, 2)];
    const lanes = [lane('a', 'b', { unitCost: 3 }), lane('c', 'b', { unitsMin: 10 })];
    const packed = planItemTransfers(sites, lanes, 6);
    expect(packed.flows.every(({ quantity }) => quantity % 6 === 0)).toBe(true);
    const plan = planItemTransfers(sites, lanes);
    expect(plan.droppedLanes).toEqual([lanes[1]]);
    expect(plan.flows.map((flow) => flow.lane)).toEqual([lanes[0]]);
    expect(() => planItemTransfers(sites, lanes, 0)).toThrow(/pack/);
    expect(() => planItemTransfers(sites, [lane('a', 'b', { unitCost: -1 })])).toThrow(/has cost -1/);
  });

  test('lanes that all items together do not pay for are dropped', () => {
    const items = ['x', 'y'].map((itemId) => ({
      itemId,
      packUnits: 1,
      sites: [site('a', 50, 0.1), site('b', 0, 2)],
    }));
    const alone = planItemTransfers(items[0]!.sites, [lane('a', 'b')]).gain;
    let pauses = 0;
    const solve = (fixedCost: number) => {
      const steps = planNetworkTransfers(items, [{ ...lane('a', 'b'), fixedCost }]);
      for (pauses = 0; ; pauses += 1) {
        const { done, value } = steps.next();
        if (done) return value;
      }
    };
    const dear = solve(2 * alone + 1);
    // Both items, and both again once the lane is dropped.
    expect(pauses).toBe(4);
    expect([dear.unpaidLanes.length, dear.gain]).toEqual([1, 0]);
    const cheap = solve(2 * alone - 1);
    expect(pauses).toBe(2);
    expect(cheap.unpaidLanes).toEqual([]);
    expect(cheap.gain).toBeCloseTo(1, 6);
  });

  test('on 1,000 random networks no donor falls below its own need, nobody gives and takes, stock is conserved', () => {
    const random = makeRandom(11);
    for (let k = 0; k < 1000; k++) {
      const sites = Array.from({ length: 2 + Math.floor(random() * 5) }, (_, i) =>
        site(`w${i}`, Math.floor(random() * 80) - 5, random() * 4, {
          arrivals:
            random() < 0.3 ? [{ day: 1 + Math.floor(random() * 20), units: Math.floor(random() * 30) }] : [],
          leadTimeDays: 1 + Math.floor(random() * 20),
        }),
      );
      const lanes = sites.flatMap((from) =>
        sites
          .filter((to) => to !== from)
          .map((to) =>
            lane(from.warehouseId, to.warehouseId, {
              unitCost: random() * 6,
              transferDays: Math.floor(random() * 6),
            }),
          ),
      );
      const plan = planItemTransfers(sites, lanes);
      const gives = new Set(plan.flows.map((flow) => flow.lane.fromWarehouseId));
      for (const flow of plan.flows) {
        expect(gives.has(flow.lane.toWarehouseId)).toBe(false);
        const taker = sites.find(({ warehouseId }) => warehouseId === flow.lane.toWarehouseId)!;
        expect(flow.lane.transferDays).toBeLessThan(taker.leadTimeDays);
      }
      const after = sites.map((one) => applyTransfers(one, plan));
      const total = (list: readonly TransferSite[]): number =>
        list.reduce((sum, one) => sum + one.available + one.arrivals.reduce((s, a) => s + a.units, 0), 0);
      expect(total(after)).toBe(total(sites));
      sites.forEach((before, i) => {
        const given = before.available - after[i]!.available;
        expect(given).toBeLessThanOrEqual(computeSpareUnits(before));
        if (given > 0) expect(daysShort(after[i]!)).toEqual([]);
        expect(after[i]!.available).toBeGreaterThanOrEqual(Math.min(0, before.available));
      });
      expect(plan.flows.reduce((sum, flow) => sum + flow.gain, 0)).toBeCloseTo(plan.gain, 6);
    }
  });
});

/** Days until which what is there and has arrived does not cover demand with the service level, asked of every day. */
function daysShort({ forecast, available, arrivals, protectionDays, serviceLevel }: TransferSite): number[] {
  return Array.from({ length: protectionDays }, (_, index) => index + 1).filter((day) => {
    const arrived = arrivals.reduce((sum, one) => sum + (one.day <= day ? one.units : 0), 0);
    return available + arrived < forecast.demandOver(day, 'order').quantile(serviceLevel);
  });
}

test('spare units keep the own quantile on every day, net of what has arrived by then', () => {
  // 95 % of Poisson 11 = 17.
  expect(computeSpareUnits(site('a', 20, 1))).toBe(3);
  expect(computeSpareUnits(site('a', 5, 1))).toBe(0);
  expect(computeSpareUnits(site('a', 20, 1, { arrivals: [{ day: 1, units: 8 }] }))).toBe(11);
  // Until the goods of day 11 are there, 95 % of Poisson 10 = 15 must do.
  expect(computeSpareUnits(site('a', 20, 1, { arrivals: [{ day: 11, units: 8 }] }))).toBe(5);
  expect(computeSpareUnits(site('a', 20, 1, { arrivals: [{ day: 6, units: 80 }] }))).toBe(11);
  expect(computeSpareUnits(site('a', 20, 1, { arrivals: [{ day: 12, units: 8 }] }))).toBe(3);
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 60 }), fc.nat(100), (available, units) => {
      const spare = computeSpareUnits(site('a', available, 1, { arrivals: [{ day: 2, units }] }));
      expect(spare).toBeLessThanOrEqual(Math.max(0, available));
    }),
  );
});
