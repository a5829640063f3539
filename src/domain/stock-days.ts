import { Decimal } from '../shared/decimal.ts';

/** One observation within a business day. */
export interface DayReading {
  readonly day: string;
  /** How much of the day had passed, 0 to 1. */
  readonly passedShare: number;
  readonly available: Decimal;
}

/** What a level did on one whole day. */
export interface StockDaySum {
  readonly day: string;
  /** Time-weighted mean of what was above zero, units, 6 decimals. */
  readonly meanUnits: Decimal;
  readonly close: Decimal;
  /** Share of the day at or below zero. */
  readonly outShare: number;
}

const meanDecimals = 6;

/**
 * Sums observations up by day. The last value holds until the next, also over midnight; a day without an
 * observation needs no entry, since it stands at the close before.
 *
 * A level's first day begins with its first observation: what was before is not known, so the rest of that day
 * counts as the whole of it.
 *
 * @param before - units at the end of the day before; null = not known
 * @param readings - of one level, ascending by time
 * @returns one entry per day with an observation, in order
 * @see integral of a step function
 * @example
 * // 8 since yesterday, nothing from noon on: mean 4, half of the day without stock
 * sumStockDays(eight, [{ day, passedShare: 0.5, available: zero }])
 */
export function sumStockDays(before: Decimal | null, readings: readonly DayReading[]): StockDaySum[] {
  const sums: StockDaySum[] = [];
  let close = before;
  for (let first = 0; first < readings.length; ) {
    const { day } = readings[first]!;
    let next = first;
    while (next < readings.length && readings[next]!.day === day) next += 1;
    const sum = sumDay(close, readings.slice(first, next));
    sums.push(sum);
    close = sum.close;
    first = next;
  }
  return sums;
}

function sumDay(before: Decimal | null, readings: readonly DayReading[]): StockDaySum {
  let units = new Decimal(0);
  let covered = 0;
  let out = 0;
  const hold = (value: Decimal, share: number): void => {
    if (share <= 0) return;
    covered += share;
    if (value.lte(0)) out += share;
    else units = units.plus(value.times(share));
  };
  if (before !== null) hold(before, readings[0]!.passedShare);
  readings.forEach(({ passedShare, available }, i) => {
    hold(available, (readings[i + 1]?.passedShare ?? 1) - passedShare);
  });
  const last = readings.at(-1)!;
  return {
    day: last.day,
    meanUnits:
      covered > 0 ? units.div(covered).toDecimalPlaces(meanDecimals) : Decimal.max(0, last.available),
    close: last.available,
    outShare: covered > 0 ? Number((out / covered).toFixed(6)) : Number(last.available.lte(0)),
  };
}
