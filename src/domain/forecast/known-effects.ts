/** Days on which a promotion runs. Past ones are kept out of the level, future ones are multiplied. */
export interface KnownPromotion {
  /** Numbers of the first and last day. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Demand relative to an ordinary day, > 0; null = learn it from the item's own past promotions. */
  readonly factor: number | null;
}

/** A person's own forecast for some days; it replaces the computed mean. */
export interface ManualOverride {
  readonly fromDay: number;
  readonly toDay: number;
  /** Units per day, ≥ 0. */
  readonly unitsPerDay: number;
}

/** Ordinary days at which a learnt uplift is held back towards "no uplift". */
const upliftShrinkageUnits = 10;
const upliftMin = 0.2;
const upliftMax = 10;

/**
 * Leaves promotion days out of a series.
 *
 * @param units - per day; not changed
 * @param firstDay - number of the first day
 * @param promotions - past and future ones; an empty list returns `units` itself
 * @returns the series with NaN on days of promotions
 * @example
 * // day 11 was a promotion: [1, 9] becomes [1, NaN]
 * excludePromotions(Float64Array.of(1, 9), 10, [{ fromDay: 11, toDay: 11, factor: null }])
 */
export function excludePromotions(
  units: Float64Array,
  firstDay: number,
  promotions: readonly KnownPromotion[],
): Float64Array {
  if (promotions.length === 0) return units;
  const out = Float64Array.from(units);
  for (const { fromDay, toDay } of promotions) {
    const from = Math.max(0, fromDay - firstDay);
    const to = Math.min(units.length - 1, toDay - firstDay);
    for (let t = from; t <= to; t++) out[t] = Number.NaN;
  }
  return out;
}

/**
 * How much more an item sells under promotion, learnt from its own past ones.
 *
 * @param units - units per day, promotion days included
 * @param firstDay - number of the first day
 * @param promotions - past ones count
 * @param expectedAt - units of an ordinary day with the given position in `units`
 * @returns factor within [0.2, 10], held back to 1 as if 10 further units had sold as expected; 1 without any
 * @example
 * // 30 sold where 10 were due: (30 + 10) / (10 + 10)
 * learnUplift(Float64Array.of(30), 0, [{ fromDay: 0, toDay: 0, factor: null }], () => 10) // 2
 */
export function learnUplift(
  units: Float64Array,
  firstDay: number,
  promotions: readonly KnownPromotion[],
  expectedAt: (t: number) => number,
): number {
  let actual = upliftShrinkageUnits;
  let expected = upliftShrinkageUnits;
  for (const { fromDay, toDay } of promotions) {
    const from = Math.max(0, fromDay - firstDay);
    const to = Math.min(units.length - 1, toDay - firstDay);
    for (let t = from; t <= to; t++) {
      if (Number.isNaN(units[t]!)) continue;
      actual += units[t]!;
      expected += expectedAt(t);
    }
  }
  return Math.min(upliftMax, Math.max(upliftMin, actual / expected));
}

/**
 * Multiplies the means of days under promotion.
 *
 * @param means - units per day, changed in place
 * @param firstDay - number of the day of `means[0]`
 * @param promotions - those without a factor use `learntFactor`; overlapping ones do not multiply, the last counts
 * @returns the factor of each day, 1 elsewhere
 * @example applyPromotions(Float64Array.of(2, 2), 5, [{ fromDay: 6, toDay: 6, factor: 3 }], 1) // means 2, 6
 */
export function applyPromotions(
  means: Float64Array,
  firstDay: number,
  promotions: readonly KnownPromotion[],
  learntFactor: number,
): Float64Array {
  const factors = new Float64Array(means.length).fill(1);
  for (const { fromDay, toDay, factor } of promotions) {
    const to = Math.min(means.length - 1, toDay - firstDay);
    for (let h = Math.max(0, fromDay - firstDay); h <= to; h++) factors[h] = factor ?? learntFactor;
  }
  for (let h = 0; h < means.length; h++) means[h]! *= factors[h]!;
  return factors;
}

/**
 * Puts a person's forecast in place of the computed means.
 *
 * @param means - units per day, changed in place
 * @param firstDay - number of the day of `means[0]`
 * @param overrides - the last one for a day counts
 * @returns true when any day was replaced
 * @example applyOverrides(Float64Array.of(2, 2), 5, [{ fromDay: 5, toDay: 5, unitsPerDay: 7 }]) // means 7, 2
 */
export function applyOverrides(
  means: Float64Array,
  firstDay: number,
  overrides: readonly ManualOverride[],
): boolean {
  let isReplaced = false;
  for (const { fromDay, toDay, unitsPerDay } of overrides) {
    const to = Math.min(means.length - 1, toDay - firstDay);
    for (let h = Math.max(0, fromDay - firstDay); h <= to; h++) {
      means[h] = unitsPerDay;
      isReplaced = true;
    }
  }
  return isReplaced;
}
