import { Decimal } from '../../shared/decimal.ts';
import { AppError } from '../../shared/errors.ts';
import { findCheckpoints, type RiskInputs } from './checkpoints.ts';
import { explainExpectedLostUnits } from './explain-loss.ts';
import { explainStockOutProbability } from './explain-risk.ts';
import { distributionDecimals, evaluateStep } from './expression.ts';

/**
 * Probability that demand finds too little stock on some day of the horizon (first passage, not the balance at its
 * end): a receipt on the last day does not hide an earlier gap.
 *
 * Cumulative demand at the checkpoints follows the forecast's own interval distributions, so without arrivals the
 * answer is exactly P(demand of the horizon > available). Between checkpoints the sums are linked by the
 * correlation that their variances imply (a Gaussian copula, each sum depending on the past through the one before
 * it). Limits: the link's shape is assumed, not measured; demand and arrivals are taken as independent, arrivals as
 * certain on their day.
 *
 * @param inputs - see {@link RiskInputs}
 * @param horizonDays - whole days, ≥ 1; the headline uses the protection period
 * @returns probability in [0, 1], 6 decimals, the same as its explanation recomputes; 1 when stock is negative, 0 when
 *   no demand is expected
 * @throws AppError `invalid_input` if the horizon is not a whole number of at least 1
 * @see first passage of cumulative demand over a stepwise supply; chain of normals in `joint-normal.ts`
 * @example
 * // Poisson 2 a day, 10 available, 20 more on day 8, 14 days: nearly all risk lies in days 1 to 7
 */
export function computeStockOutProbability(inputs: RiskInputs, horizonDays: number): number {
  requireHorizon(horizonDays);
  if (inputs.available < 0) return 1;
  const checkpoints = findCheckpoints(inputs.available, inputs.arrivals, horizonDays);
  if (checkpoints.length > 1) {
    const explanation = explainStockOutProbability(inputs, horizonDays);
    return Number(explanation.steps.at(-1)!.value);
  }
  const { day, supply } = checkpoints[0]!;
  return evaluateStep('sub', [one, covered(inputs, day, supply)]).toNumber();
}

/**
 * Probability of running out before the next receipt brings relief.
 *
 * @param inputs - see {@link RiskInputs}
 * @returns probability in [0, 1]; null when nothing is on its way after today
 * @throws AppError as {@link computeStockOutProbability}
 * @see {@link computeStockOutProbability}
 * @example computeProbabilityBeforeNextReceipt({ ...inputs, arrivals: [] }) // null
 */
export function computeProbabilityBeforeNextReceipt(inputs: RiskInputs): number | null {
  const next = inputs.arrivals.find((arrival) => arrival.day > 1);
  return next === undefined ? null : computeStockOutProbability(inputs, next.day - 1);
}

/**
 * Units of demand expected to find no stock within the horizon, when lost demand does not come back.
 *
 * What is lost in all is the largest excess of cumulative demand over cumulative supply, so its expectation is the
 * sum over x of the probability of running out even with x units more.
 *
 * @param inputs - see {@link RiskInputs}
 * @param horizonDays - whole days, ≥ 1
 * @returns units, ≥ 0; without arrivals exactly the forecast's expected loss, else to 6 decimals, the same as its
 *   explanation recomputes
 * @throws AppError as {@link computeStockOutProbability}
 * @see reflection of cumulative netput (storage models): lost = max over days of (demand − supply)+
 * @example computeExpectedLostUnits({ ...inputs, arrivals: [] }, 7) // forecast.demandOver(7).expectedLoss(available)
 */
export function computeExpectedLostUnits(inputs: RiskInputs, horizonDays: number): number {
  requireHorizon(horizonDays);
  const owed = Math.max(0, -inputs.available);
  const checkpoints = findCheckpoints(Math.max(0, inputs.available), inputs.arrivals, horizonDays);
  if (checkpoints.length > 1) {
    const explanation = explainExpectedLostUnits(inputs, horizonDays);
    return Number(explanation.steps.at(-1)!.value);
  }
  const { day, supply } = checkpoints[0]!;
  return owed + inputs.forecast.demandOver(day).expectedLoss(supply);
}

const one = new Decimal(1);

function covered(inputs: RiskInputs, day: number, supply: number): Decimal {
  return new Decimal(inputs.forecast.demandOver(day).cdf(supply)).toDecimalPlaces(
    distributionDecimals,
    Decimal.ROUND_HALF_UP,
  );
}

function requireHorizon(horizonDays: number): void {
  if (Number.isInteger(horizonDays) && horizonDays >= 1) return;
  throw new AppError(
    'invalid_input',
    `horizon must be a whole number of days, 1 or more, but is ${horizonDays}`,
  );
}
