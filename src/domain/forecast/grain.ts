/**
 * How long a period is, and what follows from it: which history counts, how fast levels may move. All lengths
 * are in periods.
 */
export interface Grain {
  /** Periods after which the season repeats: 7 for days, 52 for weeks, 12 for months, 1 for none. */
  readonly season: number;
  /** True when a period is one calendar day, so that days of the month and years can be told apart. */
  readonly isDaily: boolean;
  /** How much history is read. */
  readonly historyPeriods: number;
  /** How much history seasonal factors are taken from: whole seasons. */
  readonly factorPeriods: number;
  /** Smoothing rates of the levels, slow to fast. */
  readonly rates: readonly number[];
  /** Length of the sums by which levels are judged. */
  readonly errorPeriods: number;
  /** After so many periods an error counts half. */
  readonly errorHalfLife: number;
}

/**
 * The settings for a season length.
 *
 * Days: 730 days of history, 104 weeks for factors, five rates, 14-day errors with a half-life of 180 days,
 * chosen on the twelve 28-day windows before the last one of 861 daily item-store series. Longer periods have fewer
 * points, so their levels move faster.
 *
 * @param season - whole number ≥ 1; 7 means days
 * @example grainOf(7).errorPeriods // 14
 */
export function grainOf(season: number): Grain {
  if (season === 7) {
    return {
      season,
      isDaily: true,
      historyPeriods: 730,
      factorPeriods: 728,
      rates: [0.005, 0.02, 0.06, 0.15, 0.3],
      errorPeriods: 14,
      errorHalfLife: 180,
    };
  }
  const isLong = season <= 12;
  return {
    season,
    isDaily: false,
    historyPeriods: 730,
    factorPeriods: Math.floor(240 / season) * season || season,
    rates: isLong ? [0.03, 0.1, 0.2, 0.4, 0.7] : [0.01, 0.04, 0.1, 0.2, 0.4],
    errorPeriods: isLong ? 3 : 4,
    errorHalfLife: isLong ? 24 : 52,
  };
}
