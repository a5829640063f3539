import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createBuiltInWorld,
  liveStartOn,
} from '../../../src/connectors/sandbox-1688/world/built-in-world.ts';
import { dayFactor } from '../../../src/connectors/sandbox-1688/world/demand.ts';
import { negativeBinomial, randomOf } from '../../../src/connectors/sandbox-1688/world/random.ts';
import { cellAt, valueAt } from '../../../src/connectors/sandbox-1688/world/steps.ts';
import type { World } from '../../../src/connectors/sandbox-1688/world/world.ts';
import { dayMs, hourMs } from '../../../src/shared/time.ts';
import { startAt } from './support.ts';

/** Everything that was true up to an instant, as one text. */
function factsUntil(world: World, at: number): string {
  world.advanceTo(at);
  return JSON.stringify([
    world.cells.map((cell) => [cell.warehouse, cell.sku, cellAt(cell, at)]),
    world.offers.map((offer) => offer.variants.map(({ sku, pool }) => [sku, valueAt(pool, at)])),
    world.orders
      .filter(({ createdAt }) => createdAt <= at)
      .map(({ id, lines, changes }) => [id, lines, changes.filter((change) => change.at <= at)]),
    world.movements.filter((movement) => movement.at <= at),
    world.shipments.filter(({ orderedAt }) => orderedAt <= at),
  ]);
}

const small = { startAt, seed: 7, skuCount: 30, historyDays: 25 };
const start = startAt.getTime();

describe('the built-in world', () => {
  it('is a pure function of seed and time, whatever the steps in which it is played', () => {
    const there = factsUntil(createBuiltInWorld(small), start + 5 * dayMs);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }), (hours) => {
        const world = createBuiltInWorld(small);
        for (const hour of hours) world.advanceTo(start + hour * hourMs);
        return factsUntil(world, start + 5 * dayMs) === there;
      }),
      { numRuns: 8 },
    );
    expect(factsUntil(createBuiltInWorld({ ...small, seed: 8 }), start + 5 * dayMs)).not.toBe(there);
  });

  it('never changes what has been', () => {
    const world = createBuiltInWorld(small);
    const before = factsUntil(world, start + dayMs);
    world.advanceTo(start + 30 * dayMs);
    expect(factsUntil(world, start + dayMs)).toBe(before);
  });

  it('accounts for every unit: stock is what was there at first, plus what came, less what left', () => {
    const world = createBuiltInWorld(small);
    world.advanceTo(start + 20 * dayMs);
    for (const cell of world.cells) {
      const moves = world.movements.filter(
        ({ sku, warehouse }) => sku === cell.sku && warehouse === cell.warehouse,
      );
      const sum = moves.reduce(
        (total, { kind, quantity }) =>
          total + (kind === 'SHIPPED' || kind === 'ADJUSTED_DOWN' ? -quantity : quantity),
        0,
      );
      expect(cell.onHand.at(-1)).toBe((cell.onHand[0] ?? 0) + sum);
      for (const [index, onHand] of cell.onHand.entries()) {
        expect(onHand).toBeGreaterThanOrEqual(0);
        expect(cell.reserved[index]).toBeGreaterThanOrEqual(0);
        expect(cell.incoming[index]).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('keeps its lists in order of time', () => {
    const world = createBuiltInWorld(small);
    const inOrder = (times: number[]) =>
      times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0));
    expect(inOrder(world.movements.map(({ at }) => at))).toBe(true);
    expect(inOrder(world.orders.map(({ createdAt }) => createdAt))).toBe(true);
    expect(inOrder(world.happenings.map(({ at }) => at))).toBe(true);
    expect(inOrder(world.shipments.map(({ orderedAt }) => orderedAt))).toBe(true);
    for (const { changes } of world.orders) expect(inOrder(changes.map(({ at }) => at))).toBe(true);
  });

  it('gives ids that are unique and beyond what a double can hold', () => {
    const { orders } = createBuiltInWorld(small);
    const ids = orders.flatMap(({ id, lines }) => [...new Set([id, ...lines.map((line) => line.id)])]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^\d{19}$/.test(id) && BigInt(id) > 2n ** 53n)).toBe(true);
    expect(ids.some((id) => String(Number(id)) !== id)).toBe(true);
  });
});

describe('the full shop', () => {
  const world = createBuiltInWorld({ startAt });
  const historyDays = 180;

  it('has 300 SKUs in 12 categories and 5 warehouses, with and without variants', () => {
    const skus = world.offers.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(300);
    expect(new Set(world.offers.map(({ categoryName }) => categoryName)).size).toBe(12);
    expect(world.warehouses.map(({ code }) => code)).toEqual(['YW', 'GZ', 'CD', 'WH', 'TJ']);
    expect(world.offers.some(({ variants }) => variants[0]?.specId === null)).toBe(true);
    expect(world.offers.some(({ variants }) => variants.length >= 4)).toBe(true);
    const specs = world.offers.flatMap(({ variants }) => variants.flatMap(({ specId }) => specId ?? []));
    // The same choice has the same specId in every product, so a specId alone names nothing.
    expect(new Set(specs).size).toBeLessThan(specs.length);
  });

  it('sells like real shops do: most days of most shelves see nothing, some shelves every day', () => {
    const units = new Map(
      world.cells.map((cell) => [`${cell.warehouse} ${cell.sku}`, new Map<number, number>()]),
    );
    for (const { kind, warehouse, sku, at, quantity } of world.movements) {
      const days = units.get(`${warehouse} ${sku}`);
      const day = Math.floor((at - world.historyFrom) / dayMs);
      if (kind === 'SHIPPED') days?.set(day, (days.get(day) ?? 0) + quantity);
    }
    const zeroShares = [...units.values()].map((days) => 1 - days.size / historyDays).sort((a, b) => a - b);
    const means = [...units.values()]
      .map((days) => [...days.values()].reduce((sum, value) => sum + value, 0) / historyDays)
      .sort((a, b) => a - b);
    const median = (values: number[]) => values[Math.floor(values.length / 2)] ?? 0;
    // Real item-store series: 0.61 of the days without a sale and 0.66 units a day in the median.
    expect(median(zeroShares)).toBeGreaterThan(0.5);
    expect(median(zeroShares)).toBeLessThan(0.75);
    expect(median(means)).toBeGreaterThan(0.4);
    expect(median(means)).toBeLessThan(1.1);
    const intermittent = zeroShares.filter((share) => share > 1 - 1 / 1.32 && share < 0.99).length;
    expect(intermittent / zeroShares.length).toBeGreaterThan(0.4);
  });

  it('has orders in every state, some closed for lack of goods, and shelves that ran empty', () => {
    const last = world.orders.map(({ changes }) => changes.at(-1));
    const kinds = new Set(last.map((change) => (change?.kind === 'closed' ? change.reason : change?.kind)));
    for (const kind of [
      'paid',
      'shipped',
      'signed',
      'completed',
      'buyerCancel',
      'sellerGoodsLack',
      'refunded',
    ]) {
      expect(kinds).toContain(kind);
    }
    const lines = new Set(world.orders.map((order) => order.lines.length));
    expect([...lines].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const now = world.cells.map((cell) => cellAt(cell, start)?.available);
    expect(now.filter((available) => available === 0).length).toBeGreaterThan(3);
  });

  it('shows each purchase in one of the two sources, before it arrives', () => {
    const sources = new Set(world.shipments.map(({ shownBy }) => shownBy));
    expect(sources).toEqual(new Set(['1688', 'wms-feed']));
    const under = world.shipments.filter((s) => s.orderedAt <= start && s.receivedAt > start);
    expect(under.length).toBeGreaterThan(20);
    for (const { orderedAt, shippedAt, receivedAt } of world.shipments) {
      expect(shippedAt).toBeGreaterThan(orderedAt);
      expect(receivedAt).toBeGreaterThan(shippedAt);
    }
  });

  it('keeps the pools near what the warehouses have', () => {
    const physical = new Map<string, number>();
    for (const cell of world.cells) {
      physical.set(cell.sku, (physical.get(cell.sku) ?? 0) + (cellAt(cell, start)?.available ?? 0));
    }
    const pools = world.offers.flatMap(({ variants }) => variants);
    const equal = pools.filter(({ sku, pool }) => valueAt(pool, start) === (physical.get(sku) ?? 0)).length;
    expect(equal / pools.length).toBeGreaterThan(0.6);
    expect(equal).toBeLessThan(pools.length);
  });

  it('lets several busy shelves fall below ten units within the first half day, and recover later', () => {
    const low = (cell: World['cells'][number], at: number) => (cellAt(cell, at)?.available ?? 99) <= 10;
    const live = createBuiltInWorld({ startAt });
    live.advanceTo(start + 3 * dayMs);
    const fallen = live.cells.filter((cell) => !low(cell, start) && low(cell, start + 12 * hourMs));
    expect(fallen.length).toBeGreaterThanOrEqual(5);
    expect(fallen.some((cell) => !low(cell, start + 3 * dayMs))).toBe(true);
  });
});

describe('demand', () => {
  it('peaks on the great sales and rests on Sundays', () => {
    const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / dayMs;
    expect(dayFactor(5, day('2026-11-11'))).toBeGreaterThan(2.5 * dayFactor(5, day('2026-10-28')));
    expect(dayFactor(5, day('2026-06-18'))).toBeGreaterThan(2 * dayFactor(5, day('2026-06-04')));
    expect(dayFactor(5, day('2026-03-08'))).toBeLessThan(0.8 * dayFactor(5, day('2026-03-09')));
  });

  it('is negative binomial: mean and variance as asked', () => {
    const random = randomOf(1);
    const draws = Array.from({ length: 40_000 }, () => negativeBinomial(random, 2, 0.5));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(mean).toBeGreaterThan(1.9);
    expect(mean).toBeLessThan(2.1);
    // mean + mean² / k = 2 + 4 / 0.5
    expect(variance).toBeGreaterThan(9);
    expect(variance).toBeLessThan(11);
  });

  it('begins at nine in the morning in China', () => {
    expect(liveStartOn(new Date('2026-03-03T20:00:00Z')).toISOString()).toBe('2026-03-04T01:00:00.000Z');
  });
});
