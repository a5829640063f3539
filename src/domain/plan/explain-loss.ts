import type { RiskInputs } from './checkpoints.ts';
import { addCheckpoints, noTimes, type RiskTimes } from './explain-risk.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';
import type { HistoryFigures } from './level-facts.ts';

/** Demand above this quantile is left aside: it is too rare to add a visible loss. */
const reachQuantile = '0.9999';

/**
 * The units expected to be lost with inputs and steps: what is owed, and how far demand exceeds the supply on average.
 * Where goods arrive within the horizon it may exceed it before they come or after: what is lost in all is the largest
 * excess of any such stretch.
 *
 * @param inputs - available, arrivals and forecast
 * @param horizonDays - whole days, ≥ 1
 * @param times - when stock was observed and data ended
 * @returns an explanation whose last step is the number
 * @throws AppError `invalid_input` from the steps
 * @see `computeExpectedLostUnits`, which answers the same number to 6 decimals
 * @example explainExpectedLostUnits({ ...inputs, arrivals: [] }, 15, times).steps.at(-1)?.code // 'expected_lost_units'
 */
export function explainExpectedLostUnits(
  inputs: RiskInputs,
  horizonDays: number,
  times: RiskTimes = noTimes,
): Explanation {
  const builder = startExplanation();
  builder.input('available', inputs.available, 'units', 'STOCK', 'stock_level', times.stockObservedAt);
  builder.step('missing', 'sub', ['0', 'available'], 'units');
  builder.step('owed_units', 'max', ['0', 'missing'], 'units');
  builder.step('saleable', 'max', ['0', 'available'], 'units');
  const checkpoints = addCheckpoints(builder, inputs, horizonDays, 'saleable', times);
  const losses = checkpoints.map(({ day, demand, supply }) =>
    builder.step('demand_beyond', 'loss', [demand, supply], 'units', day),
  );
  const least = losses.length === 1 ? losses[0]! : builder.step('most_beyond', 'max', losses, 'units');
  const isOne = losses.length === 1 || builder.value(least).isZero();
  const beyond = isOne ? least : addLinkedLoss(builder, checkpoints, least);
  builder.step('expected_lost_units', 'add', ['owed_units', beyond], 'units');
  return builder.build();
}

/** Adds the expected largest excess of all checkpoints, to six places and at least that of any single one. */
function addLinkedLoss(
  builder: ExplanationBuilder,
  checkpoints: ReturnType<typeof addCheckpoints>,
  least: string,
): string {
  const rests = checkpoints.map(({ day, demand, supply }) => {
    const high = builder.step('high_demand', 'quantile', [demand, reachQuantile], 'units', day);
    return builder.step('high_rest', 'sub', [high, supply], 'units', day);
  });
  const reach = builder.step('high_excess', 'max', ['0', ...rests], 'units');
  if (builder.value(reach).isZero()) return least;
  const linked = checkpoints.flatMap(({ demand, supply, link }) =>
    link === null ? [demand, supply] : [link, demand, supply],
  );
  const share = builder.step('excess_probability', 'linkedExcess', [reach, ...linked], 'probability');
  builder.step('exact_figure', 'mul', [reach, share], 'units');
  builder.step('half_added', 'add', ['exact_figure', '0.0000005'], 'units');
  builder.step('linked_beyond', 'floorTo', ['half_added', '0.000001'], 'units');
  return builder.step('beyond_in_all', 'max', [least, 'linked_beyond'], 'units');
}

/**
 * The units probably not sold in the last 90 days with inputs and steps: what was expected of each day that ran out,
 * less what was sold on it.
 *
 * @param history - as the plan keeps it
 * @param dataAsOf - newest data that went in, RFC 3339
 * @returns null where there is no estimate, and for plans that do not keep the days
 * @throws AppError `invalid_input` from the steps
 * @see `computeAvailability`
 * @example explainLostSales(history, dataAsOf)?.steps.at(-1)?.value // history.lostUnits90.value
 */
export function explainLostSales(history: HistoryFigures, dataAsOf: string): Explanation | null {
  const { lostUnits90, short90 } = history;
  if (lostUnits90.value === null || short90 == null) return null;
  const builder = startExplanation();
  const past = (name: string, value: string | number, unit: 'units' | 'days' | 'units/day') =>
    builder.input(name, value, unit, 'DEMAND', 'stock_daily', dataAsOf);
  if (short90.sold.length > 0)
    builder.input('units_per_day', short90.expected, 'units/day', 'DEMAND', 'forecast', dataAsOf);
  const lost = short90.sold.map(([units, days], k) => {
    past(`sold_on_day_${k + 1}`, units, 'units');
    past(`days_short_${k + 1}`, days, 'days');
    builder.step('missed_on_day', 'sub', ['units_per_day', `sold_on_day_${k + 1}`], 'units', k + 1);
    return builder.step(
      'missed_on_days',
      'mul',
      [`missed_on_day_${k + 1}`, `days_short_${k + 1}`],
      'units',
      k + 1,
    );
  });
  builder.step('lost_sales', 'add', ['0', '0', ...lost], 'units');
  return builder.build();
}
