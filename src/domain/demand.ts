import { expectedCountAtLeast } from './forecast/negative-binomial.ts';

/** What the shelf allowed on a day. */
export const dayState = {
  /** Goods were there all day: sales are demand. */
  inStock: 0,
  /** Nothing to sell all day: demand is not known. */
  outOfStock: 1,
  /** The shelf ran empty during the day: sales are a lower bound of demand. */
  soldOut: 2,
  /** The day is not to be used: not listed, closed, today's unfinished day, a known promotion. */
  excluded: 3,
} as const;

/** What cleaning had to do to a series, for the flags shown with the forecast. */
type DemandFlag =
  | 'CENSORED_DAYS'
  | 'CENSORING_UNKNOWN'
  | 'OUTLIER_CLIPPED'
  | 'NEGATIVE_CLIPPED'
  | 'FRACTIONAL';

/** Sales of an item at a warehouse as recorded, one value per day. */
export interface RecordedDemand {
  /** Gross units sold per day, returns and transfers kept apart; NaN = no record. */
  readonly units: Float64Array;
  /** A `dayState` per day; null = no stock history, sales are taken as demand. */
  readonly states: Uint8Array | null;
  /** 1 on days whose units went to one customer; only such days can be one-off bulk orders. Null = not known. */
  readonly oneCustomer: Uint8Array | null;
}

/** A series that a forecast can rest on. */
export interface CleanDemand {
  /** Units per day; NaN = not known. Bulk orders are cut down. */
  readonly units: Float64Array;
  /** The same with bulk orders at full size: what spread is measured on. The same array when nothing was cut. */
  readonly uncutUnits: Float64Array;
  readonly flags: readonly DemandFlag[];
  /** Days left out because nothing was in stock, days raised because the shelf ran empty, and days cut. */
  readonly censoredDays: number;
  readonly raisedDays: number;
  readonly cutDays: number;
}

/** A day this many standard deviations above the mean, bought by one customer, is a one-off. */
const outlierSd = 8;
/** Level and dispersion used to guess what a day on which the shelf ran empty would have sold. */
const levelRate = 0.1;
const assumedDispersion = 0.45;

/**
 * Turns recorded sales into demand: days without goods are not zero but unknown, days on which the shelf ran
 * empty are raised to what was probably asked for, one-off bulk orders are cut for the level.
 *
 * @param recorded - see {@link RecordedDemand}; arrays of equal length
 * @returns new arrays; the input is not changed. A negative day counts as 0
 * @see Agrawal and Smith 1996 (Naval Research Logistics 43:6) on demand seen only through sales
 * @example
 * // out of stock on the second day: [3, 0] becomes [3, NaN]
 * cleanDemand({ units: Float64Array.of(3, 0), states: Uint8Array.of(0, 1), oneCustomer: null })
 */
export function cleanDemand(recorded: RecordedDemand): CleanDemand {
  const { states, oneCustomer } = recorded;
  const units = Float64Array.from(recorded.units);
  const flags = new Set<DemandFlag>();
  let censoredDays = 0;
  let raisedDays = 0;
  let level = Number.NaN;
  if (states === null) flags.add('CENSORING_UNKNOWN');
  for (let t = 0; t < units.length; t++) {
    if (units[t]! < 0) {
      units[t] = 0;
      flags.add('NEGATIVE_CLIPPED');
    }
    if (!Number.isInteger(units[t]!) && !Number.isNaN(units[t]!)) flags.add('FRACTIONAL');
    const state = states?.[t] ?? dayState.inStock;
    if (state === dayState.outOfStock || state === dayState.excluded) {
      units[t] = Number.NaN;
      if (state === dayState.outOfStock) censoredDays += 1;
    } else if (state === dayState.soldOut && !Number.isNaN(units[t]!)) {
      const sold = units[t]!;
      units[t] = Number.isNaN(level) ? sold : expectedCountAtLeast(level, assumedDispersion, sold);
      raisedDays += 1;
    }
    const value = units[t]!;
    if (!Number.isNaN(value)) level = Number.isNaN(level) ? value : level + levelRate * (value - level);
  }
  if (censoredDays + raisedDays > 0) flags.add('CENSORED_DAYS');
  const cut = oneCustomer === null ? null : cutOneOffs(units, oneCustomer);
  if (cut !== null && cut.days > 0) flags.add('OUTLIER_CLIPPED');
  return {
    units: cut?.units ?? units,
    uncutUnits: units,
    flags: [...flags],
    censoredDays,
    raisedDays,
    cutDays: cut?.days ?? 0,
  };
}

function cutOneOffs(
  units: Float64Array,
  oneCustomer: Uint8Array,
): { units: Float64Array; days: number } | null {
  let known = 0;
  let sum = 0;
  let squares = 0;
  for (const value of units) {
    if (Number.isNaN(value)) continue;
    known += 1;
    sum += value;
    squares += value * value;
  }
  if (known < 2) return null;
  const mean = sum / known;
  const limit = mean + outlierSd * Math.sqrt(Math.max(0, squares / known - mean * mean));
  let out: Float64Array | null = null;
  let days = 0;
  for (let t = 0; t < units.length; t++) {
    if (oneCustomer[t] !== 1 || !(units[t]! > limit)) continue;
    out ??= Float64Array.from(units);
    out[t] = limit;
    days += 1;
  }
  return out === null ? null : { units: out, days };
}
