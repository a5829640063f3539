import { findCheckpoints, type RiskInputs } from './checkpoints.ts';
import type { RiskTimes } from './explain-risk.ts';
import { type Explanation, startExplanation } from './explanation.ts';
import type { HistoryFigures } from './level-facts.ts';

/**
 * The units expected to be lost with inputs and steps: what is owed, and what demand of the horizon exceeds the supply
 * by on average.
 *
 * @param inputs - available, arrivals and forecast
 * @param horizonDays - whole days, ≥ 1
 * @param times - when stock was observed and data ended
 * @returns null when goods arrive after the first day: then the loss is an integral over all days before each arrival,
 *   which no short list of steps repeats to the last place
 * @throws AppError `invalid_input` from the steps
 * @see `computeExpectedLostUnits`, which answers the same number to 6 decimals
 * @example explainExpectedLostUnits({ ...inputs, arrivals: [] }, 15, times)?.steps.at(-1)?.code // 'expected_lost_units'
 */
export function explainExpectedLostUnits(
  inputs: RiskInputs,
  horizonDays: number,
  times: RiskTimes,
): Explanation | null {
  const saleable = Math.max(0, inputs.available);
  const checkpoints = findCheckpoints(saleable, inputs.arrivals, horizonDays);
  if (checkpoints.length > 1) return null;
  const builder = startExplanation();
  builder.input('available', inputs.available, 'units', 'STOCK', 'stock_level', times.stockObservedAt);
  builder.step('missing', 'sub', ['0', 'available'], 'units');
  builder.step('owed_units', 'max', ['0', 'missing'], 'units');
  builder.step('saleable', 'max', ['0', 'available'], 'units');
  let supply = 'saleable';
  const arrived = checkpoints[0]!.supply - saleable;
  if (arrived > 0) {
    builder.input('arrival_1', arrived, 'units', 'INCOMING', 'inbound_shipment');
    supply = builder.step('supply', 'add', ['saleable', 'arrival_1'], 'units');
  }
  const distribution = inputs.forecast.demandOver(horizonDays).stored;
  builder.input('horizon_demand', distribution, 'distribution', 'DEMAND', 'forecast', times.dataAsOf);
  builder.step('demand_beyond', 'loss', ['horizon_demand', supply], 'units');
  builder.step('expected_lost_units', 'add', ['owed_units', 'demand_beyond'], 'units');
  return builder.build();
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
