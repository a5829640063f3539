import { type Checkpoint, findCheckpoints, type RiskInputs } from './checkpoints.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';

/** Newest data behind stock and forecast, RFC 3339; null = not known. */
export interface RiskTimes {
  readonly stockObservedAt: string | null;
  readonly dataAsOf: string | null;
}

/** When times do not matter, since only the value is wanted. */
export const noTimes: RiskTimes = { stockObservedAt: null, dataAsOf: null };

/**
 * The stock-out probability of a horizon with its inputs and steps: how likely demand until each checkpoint is
 * covered, how the checkpoints hang together, and the probability that one of them fails.
 *
 * @param inputs - available (≥ 0), arrivals and forecast
 * @param horizonDays - whole days, ≥ 1
 * @param times - when stock was observed and data ended
 * @returns an explanation whose last step is the probability; `binding` names the checkpoint most likely to fail
 * @throws AppError `invalid_input` from the steps
 * @see `computeStockOutProbability`, which answers the same number
 * @example recomputeExplanation(explainStockOutProbability(inputs, 14)) // equals computeStockOutProbability(inputs, 14)
 */
export function explainStockOutProbability(
  inputs: RiskInputs,
  horizonDays: number,
  times: RiskTimes = noTimes,
): Explanation {
  const builder = startExplanation();
  builder.input('available', inputs.available, 'units', 'STOCK', 'stock_level', times.stockObservedAt);
  const joint = addCheckpoints(builder, inputs, horizonDays, 'available', times).flatMap(
    ({ day, demand, supply, link }) => {
      const covered = builder.step('covered', 'cdf', [demand, supply], 'probability', day);
      return link === null ? [covered] : [link, covered];
    },
  );
  builder.step('stays_covered', 'jointBelow', joint, 'probability');
  builder.step('stock_out_probability', 'sub', ['1', 'stays_covered'], 'probability');
  const covered = joint.filter((_, k) => k % 2 === 0);
  const weakest = covered.reduce((least, name) =>
    builder.value(name).lt(builder.value(least)) ? name : least,
  );
  return builder.build(weakest);
}

/** Names of what is held against each other on one day. */
interface NamedCheckpoint {
  /** Which: days from today on, today is 1. */
  readonly day: number;
  readonly demand: string;
  readonly supply: string;
  /** Correlation of the demand with that of the checkpoint before; null = it is the first. */
  readonly link: string | null;
}

/**
 * Adds demand and supply of the days on which running out must be checked, and how they hang together.
 *
 * @param builder - has the stock to begin with
 * @param inputs - available, arrivals and forecast
 * @param horizonDays - whole days, ≥ 1
 * @param stock - name of that stock, whose value is `max(0, available)` or `available`
 * @param times - when stock was observed and data ended
 * @returns at least one, ascending by day
 * @throws AppError `invalid_input` from the steps
 * @see `findCheckpoints`
 * @example addCheckpoints(builder, { ...inputs, arrivals: [] }, 7, 'available', times) // one, without a link
 */
export function addCheckpoints(
  builder: ExplanationBuilder,
  inputs: RiskInputs,
  horizonDays: number,
  stock: string,
  times: RiskTimes,
): NamedCheckpoint[] {
  let supply = stock;
  const checkpoints = findCheckpoints(builder.value(stock).toNumber(), inputs.arrivals, horizonDays);
  return checkpoints.map(({ day }, j) => {
    supply = addSupply(builder, checkpoints, j, supply);
    const demand = `demand_until_${day}`;
    const until = inputs.forecast.demandOver(day).stored;
    builder.input(demand, until, 'distribution', 'DEMAND', 'forecast', times.dataAsOf);
    if (j === 0) return { day, demand, supply, link: null };
    const before = checkpoints[j - 1]!.day;
    const between = inputs.forecast.demandBetween(before, day).stored;
    builder.input(`demand_between_${day}`, between, 'distribution', 'DEMAND', 'forecast', times.dataAsOf);
    return { day, demand, supply, link: addCorrelation(builder, before, day) };
  });
}

/**
 * Adds what is there until a checkpoint. What comes in ends the stretch before: it can be sold from the next day on.
 *
 * @param checkpoints - of `findCheckpoints`
 * @param j - which of them; those before are added already
 * @param before - name of the supply until the one before, of the stock for the first
 * @returns name of the supply: the same where nothing came in
 * @throws AppError `invalid_input` from the steps
 * @see `findCheckpoints`
 * @example addSupply(builder, findCheckpoints(10, [], 7), 0, 'available') // 'available'
 */
export function addSupply(
  builder: ExplanationBuilder,
  checkpoints: readonly Checkpoint[],
  j: number,
  before: string,
): string {
  const { day, supply } = checkpoints[j]!;
  const earlier = checkpoints[j - 1];
  const reached = earlier?.supply ?? builder.value(before).toNumber();
  if (supply === reached) return before;
  const name = `arrival_day_${(earlier?.day ?? 0) + 1}`;
  const arrived = builder.input(name, supply - reached, 'units', 'INCOMING', 'inbound_shipment');
  return builder.step('supply', 'add', [before, arrived], 'units', day);
}

/**
 * Adds the correlation of demand until a checkpoint with demand until the one before; 0 when either cannot vary.
 *
 * @param builder - has the distributions `demand_until_…` of both and `demand_between_…` of the later one
 * @param before - day of the earlier checkpoint
 * @param day - day of the later one
 * @returns name of the step
 * @see `linkBetween`, the same number
 * @example addCorrelation(builder, 3, 7) // 'correlation_7'
 */
export function addCorrelation(builder: ExplanationBuilder, before: number, day: number): string {
  const variance = (until: number): string => {
    const name = `demand_variance_until_${until}`;
    return builder.has(name)
      ? name
      : builder.step('demand_variance_until', 'variance', [`demand_until_${until}`], 'number', until);
  };
  const earlier = variance(before);
  const later = variance(day);
  const between = builder.step(
    'demand_variance_between',
    'variance',
    [`demand_between_${day}`],
    'number',
    day,
  );
  const product = builder.step('variance_product', 'mul', [earlier, later], 'number', day);
  if (builder.value(product).isZero()) return builder.step('correlation', 'max', ['0', '0'], 'number', day);
  const sum = builder.step('variance_sum', 'add', [earlier, later], 'number', day);
  const double = builder.step('covariance_double', 'sub', [sum, between], 'number', day);
  const covariance = builder.step('covariance', 'div', [double, '2'], 'number', day);
  const sds = builder.step('sd_product', 'sqrt', [product], 'number', day);
  const raw = builder.step('correlation_raw', 'div', [covariance, sds], 'number', day);
  const floor = builder.step('correlation_floor', 'max', ['0', raw], 'number', day);
  return builder.step('correlation', 'min', [floor, '0.99'], 'number', day);
}
