import { findCheckpoints, type RiskInputs } from './checkpoints.ts';
import { addCorrelation, type RiskTimes } from './explain-risk.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';

/**
 * The middle day of running out with its inputs and steps: how likely the shelf is empty by that day and by the day
 * before. The day is right when the one has reached a half and the other has not, which the last steps show.
 *
 * @param inputs - as for the days to stock-out
 * @param day - P50 of the days to stock-out, ≥ 0
 * @param times - when stock was observed and data ended
 * @returns an explanation whose last step is the day
 * @throws AppError `invalid_input` from the steps
 * @see `computeDaysToStockOut`, which answers the same number
 * @example explainDaysToStockOut(inputs, 5, times).steps.at(-1)?.value // '5'
 */
export function explainDaysToStockOut(inputs: RiskInputs, day: number, times: RiskTimes): Explanation {
  const builder = startExplanation();
  builder.input('available', inputs.available, 'units', 'STOCK', 'stock_level', times.stockObservedAt);
  if (day === 0) {
    // Nothing is left to wait for.
    builder.step('saleable', 'max', ['0', 'available'], 'units');
    builder.step('days_to_stock_out', 'ceil', ['saleable'], 'days');
    return builder.build('available');
  }
  const reached = addReached(builder, inputs, day, times);
  const before = day === 1 ? '0' : addReached(builder, inputs, day - 1, times);
  builder.input('day_before', day - 1, 'days', 'DEMAND', 'forecast', times.dataAsOf);
  builder.step('day_reached', 'add', ['day_before', reached], 'days');
  builder.step('days_to_stock_out', 'sub', ['day_reached', before], 'days');
  return builder.build();
}

/** Adds 1 when the shelf is empty by the end of a day with a probability of a half or more, else 0. */
function addReached(builder: ExplanationBuilder, inputs: RiskInputs, day: number, times: RiskTimes): string {
  const joint: string[] = [];
  let supply = 'available';
  let known = inputs.available;
  let beforeDay = 0;
  for (const checkpoint of findCheckpoints(inputs.available, inputs.arrivals, day)) {
    if (checkpoint.supply !== known) {
      supply = addSupply(builder, supply, checkpoint.day, checkpoint.supply - known);
      known = checkpoint.supply;
    }
    const filled = `left_over_${checkpoint.day}`;
    if (!builder.has(filled)) addFilled(builder, inputs, checkpoint, supply, times);
    if (beforeDay > 0) joint.push(addLink(builder, inputs, beforeDay, checkpoint.day, times));
    joint.push(filled);
    beforeDay = checkpoint.day;
  }
  const lasting = builder.step('lasts_until', 'jointBelow', joint, 'probability', day);
  const empty = builder.step('empty_by', 'sub', ['1', lasting], 'probability', day);
  const ratio = builder.step('empty_ratio', 'div', [empty, '0.5'], 'number', day);
  const floor = builder.step('empty_reached', 'floor', [ratio], 'number', day);
  return builder.step('is_empty_by', 'min', ['1', floor], 'number', day);
}

function addSupply(builder: ExplanationBuilder, supply: string, day: number, arrived: number): string {
  if (builder.has(`supply_${day}`)) return `supply_${day}`;
  const name = `arrived_until_${day}`;
  builder.input(name, arrived, 'units', 'INCOMING', 'inbound_shipment');
  return builder.step('supply', 'add', [supply, name], 'units', day);
}

/** How likely demand through a day leaves something: whole units must stay one below the supply. */
function addFilled(
  builder: ExplanationBuilder,
  inputs: RiskInputs,
  { day, supply: units }: { readonly day: number; readonly supply: number },
  supply: string,
  times: RiskTimes,
): void {
  if (units <= 0) {
    builder.step('left_over', 'max', ['0', '0'], 'probability', day);
    return;
  }
  const distribution = inputs.forecast.demandOver(day).stored;
  builder.input(`demand_until_${day}`, distribution, 'distribution', 'DEMAND', 'forecast', times.dataAsOf);
  const whole = inputs.isWhole ? builder.step('whole_supply', 'ceil', [supply], 'units', day) : supply;
  const least = inputs.isWhole ? '1' : '0.000000001';
  const most = builder.step('most_demand', 'sub', [whole, least], 'units', day);
  builder.step('left_over', 'cdf', [`demand_until_${day}`, most], 'probability', day);
}

function addLink(
  builder: ExplanationBuilder,
  inputs: RiskInputs,
  from: number,
  to: number,
  times: RiskTimes,
): string {
  const name = `correlation_${to}`;
  if (builder.has(name)) return name;
  // Without a supply the distribution is not there, and no correlation changes a 0.
  if (!builder.has(`demand_until_${from}`) || !builder.has(`demand_until_${to}`))
    return builder.step('correlation', 'max', ['0', '0'], 'number', to);
  const between = inputs.forecast.demandBetween(from, to).stored;
  builder.input(`demand_between_${to}`, between, 'distribution', 'DEMAND', 'forecast', times.dataAsOf);
  return addCorrelation(builder, from, to);
}
