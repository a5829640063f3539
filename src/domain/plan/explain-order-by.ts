import { Decimal } from '../../shared/decimal.ts';
import type { RiskInputs } from './checkpoints.ts';
import type { RiskTimes } from './explain-risk.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';
import { computeOrderBy, expectedThrough, wholeLeadDays } from './order-by.ts';

/**
 * The latest day to order with inputs and steps: the expected stock at the end of the first day below the safety stock
 * and of the day before it, and from there back by the lead time.
 *
 * @param inputs - available, arrivals and forecast
 * @param safetyStock - decimal text, units
 * @param leadTimeDays - ≥ 0
 * @param times - when stock was observed and data ended
 * @returns an explanation whose last step is the number of days from the day of the plan, 0 = on that day; null when
 *   ordering is not in sight
 * @throws AppError `invalid_input` from the steps
 * @see `computeOrderBy`, which answers the same day
 * @example explainOrderBy(inputs, '6', 5, times)?.steps.at(-1)?.value // '2'
 */
export function explainOrderBy(
  inputs: RiskInputs,
  safetyStock: string,
  leadTimeDays: number,
  times: RiskTimes,
): Explanation | null {
  const { belowSafetyDay: day } = computeOrderBy({
    ...inputs,
    safetyStock: Number(safetyStock),
    leadTimeDays,
  });
  if (day === null) return null;
  const builder = startExplanation();
  builder.input('available', inputs.available, 'units', 'STOCK', 'stock_level', times.stockObservedAt);
  builder.input('safety_stock', safetyStock, 'units', 'SETTINGS', 'level_plan');
  builder.input('lead_time_days', Number(leadTimeDays.toFixed(9)), 'days', 'LEAD_TIME', 'lead_time');
  builder.input('day_before', day - 1, 'days', 'DEMAND', 'forecast', times.dataAsOf);
  const below = addBelow(builder, inputs, day, times);
  const before = day === 1 ? '0' : addBelow(builder, inputs, day - 1, times);
  builder.step('day_reached', 'add', ['day_before', below], 'days');
  builder.step('below_safety_day', 'sub', ['day_reached', before], 'days');
  builder.step('whole_lead_days', 'ceil', ['lead_time_days'], 'days');
  builder.step('order_day_wished', 'sub', ['below_safety_day', 'whole_lead_days'], 'days');
  builder.step('order_day', 'max', ['1', 'order_day_wished'], 'days');
  builder.step('days_to_order', 'sub', ['order_day', '1'], 'days');
  return builder.build(wholeLeadDays(leadTimeDays) >= day ? 'lead_time_days' : null);
}

/** Adds 1 when the expected stock ends a day below the safety stock, else 0. */
function addBelow(builder: ExplanationBuilder, inputs: RiskInputs, day: number, times: RiskTimes): string {
  const arrived = inputs.arrivals
    .filter((arrival) => arrival.day <= day)
    .reduce((sum, { units }) => sum.plus(units), new Decimal(0));
  builder.input(`arrived_until_${day}`, arrived, 'units', 'INCOMING', 'inbound_shipment');
  const expected = expectedThrough(inputs.forecast, day);
  builder.input(`expected_until_${day}`, expected, 'units', 'DEMAND', 'forecast', times.dataAsOf);
  const supply = builder.step('supply', 'add', ['available', `arrived_until_${day}`], 'units', day);
  const left = builder.step('stock_left', 'sub', [supply, `expected_until_${day}`], 'units', day);
  const gap = builder.step('below_by', 'sub', ['safety_stock', left], 'units', day);
  return builder.step('is_below', 'whenPositive', [gap, '1'], 'number', day);
}
