/** How well a low-stock line would have told of what happened. */
export interface AlertScore {
  /** Alerts raised whose outcome is on record. */
  readonly alerts: number;
  /** Of these, followed by an empty shelf in time. */
  readonly confirmedAlerts: number;
  /** Times that the shelf became empty. */
  readonly stockOuts: number;
  /** Of these, told by an alert that was open the day before. */
  readonly warnedStockOuts: number;
  /** How many stock-outs were told so many days ahead: days and count, ascending. */
  readonly warningDays: readonly (readonly [days: number, count: number])[];
}

/** As alerts of low stock end: this far above the line, and at least a unit. */
const resolveFactor = 1.1;
const resolveUnits = 1;

/**
 * Compares a low-stock line with what the stock really did.
 *
 * An alert opens at the end of a day at or below the line and ends above 1.1 times the line and at least one unit above
 * it, as low-stock alerts do. It is confirmed when the shelf is empty within so many days; one that opens on the very
 * day on which the shelf is emptied tells nothing in time. A shelf that was empty from the start is nobody's warning.
 *
 * @param closes - units at the end of each day; NaN = not on record: the alert stays as it is
 * @param lineOf - the line of a day, known that morning, units
 * @param horizonDays - within which an alert must come true, ≥ 1; alerts too close to the end are left out
 * @see precision and recall of warnings against events
 * @example
 * // 5, 3, 1, 0 against a line of 3: opened on day 1, empty on day 3
 * scoreAlerts(Float64Array.of(5, 3, 1, 0), () => 3, 2).warningDays // [[2, 1]]
 */
export function scoreAlerts(
  closes: Float64Array,
  lineOf: (day: number) => number,
  horizonDays: number,
): AlertScore {
  const days = new Map<number, number>();
  const score = { alerts: 0, confirmedAlerts: 0, stockOuts: 0, warnedStockOuts: 0 };
  let openedOn: number | null = null;
  let before = Number.NaN;
  for (let t = 0; t < closes.length; t++) {
    const close = closes[t]!;
    if (Number.isNaN(close)) continue;
    if (before > 0 && close <= 0) {
      score.stockOuts += 1;
      if (openedOn !== null) {
        score.warnedStockOuts += 1;
        const ahead = t - openedOn;
        days.set(ahead, (days.get(ahead) ?? 0) + 1);
      }
    }
    const line = lineOf(t);
    if (openedOn === null && close > 0 && close <= line) {
      openedOn = t;
      const isJudged = t + horizonDays < closes.length;
      if (isJudged) {
        score.alerts += 1;
        if (closes.subarray(t + 1, t + 1 + horizonDays).some((later) => later <= 0))
          score.confirmedAlerts += 1;
      }
    } else if (openedOn !== null && close > line * resolveFactor && close >= line + resolveUnits) {
      openedOn = null;
    }
    before = close;
  }
  return { ...score, warningDays: [...days].sort(([one], [other]) => one - other) };
}
