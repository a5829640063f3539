import { Command } from 'commander';
import { openDistribution } from '../domain/forecast/demand-distribution.ts';
import { planItemTransfers, type TransferLane, type TransferSite } from '../domain/plan/transfer.ts';

const itemCount = 1000;

/**
 * `bench transfers`: time of an exact transfer plan per item, on random networks of 3 to 20 warehouses with lanes
 * between all of them. The networks are the same in every run.
 */
export function benchTransfersCommand(): Command {
  return new Command('transfers').description('time per item of exact transfer plans').action(() => {
    const random = makeRandom(1);
    for (const siteCount of [3, 5, 10, 20]) {
      const items = Array.from({ length: itemCount }, () => makeItem(siteCount, random));
      const startedAt = performance.now();
      let units = 0;
      for (const { sites, lanes } of items) {
        for (const flow of planItemTransfers(sites, lanes).flows) units += flow.quantity;
      }
      const perItemMs = (performance.now() - startedAt) / itemCount;
      process.stdout.write(
        `${siteCount} warehouses: ${perItemMs.toFixed(3)} ms per item, ${(units / itemCount).toFixed(1)} units moved per item\n`,
      );
    }
  });
}

function makeItem(siteCount: number, random: () => number): { sites: TransferSite[]; lanes: TransferLane[] } {
  const sites = Array.from({ length: siteCount }, (_, i) => {
    const perDay = random() * 3;
    const over = (days: number) => openDistribution({ kind: 'count', mean: perDay * days, dispersion: 0.3 });
    return {
      ...{ warehouseId: `w${i}`, available: Math.floor(random() * 80), arrivals: [], leadTimeDays: 10 },
      ...{ protectionDays: 11, serviceLevel: 0.95, unitMargin: 10 },
      forecast: {
        meanOver: (days: number) => perDay * days,
        demandOver: over,
        demandBetween: (from: number, to: number) => over(to - from),
      },
    };
  });
  const lanes = sites.flatMap((from) =>
    sites
      .filter((to) => to !== from)
      .map((to) => ({
        ...{ fromWarehouseId: from.warehouseId, toWarehouseId: to.warehouseId, unitsMin: 0 },
        ...{ transferDays: 1 + Math.floor(random() * 4), unitCost: 0.2 + random() * 3 },
      })),
  );
  return { sites, lanes };
}

/** Repeatable numbers in [0, 1): a linear congruential generator with the constants of Numerical Recipes. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
