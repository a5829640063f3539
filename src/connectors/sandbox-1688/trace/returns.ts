import type { TraceLine } from './read.ts';

/** What a cancellation gives back: units of earlier sales, latest first, and units that belong to none. */
export interface MatchedReturn {
  refunds: { sale: TraceLine; units: number; isWhole: boolean }[];
  matchedUnits: number;
  restUnits: number;
}

/**
 * Holds every cancellation against the sales before it: it refunds the latest earlier lines of the same code
 * and place, as many as it takes; a sale is refunded at most once over.
 *
 * @param lines - in order of time
 */
export function matchReturns(lines: readonly TraceLine[]): Map<TraceLine, MatchedReturn> {
  const open = new Map<string, { sale: TraceLine; left: number }[]>();
  const returns = new Map<TraceLine, MatchedReturn>();
  for (const line of lines) {
    const key = `${line.sku}\n${line.place}`;
    if (line.class === 'sale') {
      const stack = open.get(key);
      if (stack === undefined) open.set(key, [{ sale: line, left: line.quantity }]);
      else stack.push({ sale: line, left: line.quantity });
    }
    if (line.class !== 'cancellation') continue;
    const stack = open.get(key) ?? [];
    const found: MatchedReturn = { refunds: [], matchedUnits: 0, restUnits: -line.quantity };
    for (let last = stack.at(-1); last !== undefined && found.restUnits > 0; last = stack.at(-1)) {
      const units = Math.min(last.left, found.restUnits);
      last.left -= units;
      found.refunds.push({ sale: last.sale, units, isWhole: last.left === 0 });
      found.matchedUnits += units;
      found.restUnits -= units;
      if (last.left === 0) stack.pop();
    }
    returns.set(line, found);
  }
  return returns;
}
