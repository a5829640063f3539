import { Decimal } from '../../shared/decimal.ts';
import { AppError, assertNever } from '../../shared/errors.ts';
import {
  type DemandDistribution,
  openDistribution,
  type StoredDistribution,
} from '../forecast/demand-distribution.ts';
import { normalQuantile } from '../normal.ts';
import { varianceOf } from './distribution-variance.ts';
import { jointProbabilityBelow } from './joint-normal.ts';
import { linkedExcess } from './linked-excess.ts';

/**
 * What one step of an explanation does with its operands. The list is closed, so that a checker can be written
 * once, in any language, from the table in {@link evaluateStep}.
 */
export type StepOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'max'
  | 'min'
  | 'sqrt'
  | 'ceil'
  | 'floor'
  | 'ceilTo'
  | 'floorTo'
  | 'whenPositive'
  | 'normalQuantile'
  | 'mean'
  | 'quantile'
  | 'cdf'
  | 'loss'
  | 'variance'
  | 'jointBelow'
  | 'linkedExcess';

/** One operand, looked up: a number, or the text of a stored distribution. */
export type OperandValue = Decimal | StoredDistribution;

/** Decimal places that every step is rounded to. */
const stepDecimals = 12;
/** Decimal places of values read from a probability distribution; binary arithmetic is not sure of more. */
export const distributionDecimals = 6;

/**
 * Computes one step. This is the whole language of explanations:
 *
 * | op | result |
 * |---|---|
 * | add, mul, max, min | of two or more numbers |
 * | sub, div | first minus, divided by second; division by 0 is refused |
 * | sqrt, ceil, floor | of one number |
 * | ceilTo | the smallest multiple of the second that is not below the first |
 * | floorTo | the largest multiple of the second that is not above the first |
 * | whenPositive | the second if the first is above 0, else 0 |
 * | normalQuantile | z of a probability |
 * | mean, variance | of a stored distribution |
 * | quantile, cdf, loss | of a stored distribution (first), at a probability (quantile) or at x (cdf, loss) |
 * | jointBelow | p1, r12, p2, r23, p3 …: probability that linked normal values stay below their quantiles |
 * | linkedExcess | reach, d1, x1, r12, d2, x2, r23 …: how likely the largest excess of linked distributions over their x is above y, on average over y from 0 to the reach; see `linkedExcess` |
 *
 * Results of the first six rows are exact, then rounded to 12 decimals; those of the last five are rounded to
 * 6; a half is always rounded away from zero.
 *
 * @param op - one of the closed list
 * @param operands - in order; a distribution only where the table says so
 * @returns the rounded number
 * @throws AppError `invalid_input` if an operand is missing, of the wrong kind or out of range
 * @see definitions above; the rounding is part of the contract with clients that recompute
 * @example evaluateStep('ceilTo', [new Decimal(23), new Decimal(6)]).toString() // '24'
 */
export function evaluateStep(op: StepOp, operands: readonly OperandValue[]): Decimal {
  switch (op) {
    case 'normalQuantile':
    case 'mean':
    case 'quantile':
    case 'cdf':
    case 'loss':
    case 'variance':
    case 'jointBelow':
    case 'linkedExcess':
      return new Decimal(statistic(op, operands)).toDecimalPlaces(
        distributionDecimals,
        Decimal.ROUND_HALF_UP,
      );
    default:
      return arithmetic(op, operands.map(numberOf)).toDecimalPlaces(stepDecimals, Decimal.ROUND_HALF_UP);
  }
}

type StatisticOp = Extract<
  StepOp,
  'normalQuantile' | 'mean' | 'quantile' | 'cdf' | 'loss' | 'variance' | 'jointBelow' | 'linkedExcess'
>;

function statistic(op: StatisticOp, operands: readonly OperandValue[]): number {
  const at = (index: number): number => numberOf(operands[index]).toNumber();
  switch (op) {
    case 'normalQuantile':
      return normalQuantile(at(0));
    case 'jointBelow':
      return jointProbabilityBelow(
        operands.map((_, index) => at(index)).filter((_, index) => index % 2 === 0),
        operands.map((_, index) => at(index)).filter((_, index) => index % 2 === 1),
      );
    case 'linkedExcess': {
      const sums = [];
      for (let i = 1; i < operands.length; i += 3)
        sums.push({ demand: openDistribution(distributionOf(operands[i])), supply: at(i + 1) });
      return linkedExcess(
        at(0),
        sums,
        sums.slice(1).map((_, j) => at(3 * j + 3)),
      );
    }
    case 'mean':
      return openDistribution(distributionOf(operands[0])).mean;
    case 'quantile':
      return preciseQuantile(openDistribution(distributionOf(operands[0])), at(1));
    case 'cdf':
      return openDistribution(distributionOf(operands[0])).cdf(at(1));
    case 'loss':
      return openDistribution(distributionOf(operands[0])).expectedLoss(at(1));
    case 'variance':
      return varianceOf(distributionOf(operands[0]));
    default:
      return assertNever(op);
  }
}

/**
 * A quantile to the last digits that the steps show: distributions answer to about nine, which at some hundred units
 * is not enough for six decimals.
 */
function preciseQuantile(distribution: DemandDistribution, p: number): number {
  const found = distribution.quantile(p);
  if (Number.isInteger(found)) return found;
  const reach = 1e-8 * (1 + found);
  let low = found - reach;
  let high = distribution.cdf(found) >= p ? found : found + reach;
  while (high - low > 1e-13 * (1 + found)) {
    const middle = (low + high) / 2;
    if (distribution.cdf(middle) >= p) high = middle;
    else low = middle;
  }
  return high;
}

function arithmetic(op: Exclude<StepOp, StatisticOp>, values: readonly Decimal[]): Decimal {
  const [first, second] = values;
  if (first === undefined) throw new AppError('invalid_input', `step ${op} needs an operand`);
  const other = (): Decimal => {
    if (second === undefined) throw new AppError('invalid_input', `step ${op} needs two operands`);
    return second;
  };
  const divisor = (): Decimal => {
    if (other().isZero()) throw new AppError('invalid_input', `step ${op} divides by zero`);
    return other();
  };
  switch (op) {
    case 'add':
      return values.reduce((sum, value) => sum.plus(value));
    case 'mul':
      return values.reduce((product, value) => product.times(value));
    case 'max':
      return Decimal.max(...values);
    case 'min':
      return Decimal.min(...values);
    case 'sub':
      return first.minus(other());
    case 'div':
      return first.div(divisor());
    case 'sqrt':
      return first.sqrt();
    case 'ceil':
      return first.ceil();
    case 'floor':
      return first.floor();
    case 'ceilTo': {
      const whole = first.divToInt(divisor());
      const reached = whole.times(other());
      return reached.gte(first) ? reached : reached.plus(other());
    }
    case 'floorTo': {
      const reached = first.divToInt(divisor()).times(other());
      return reached.lte(first) ? reached : reached.minus(other());
    }
    case 'whenPositive':
      return first.gt(0) ? other() : new Decimal(0);
    default:
      return assertNever(op);
  }
}

function numberOf(value: OperandValue | undefined): Decimal {
  if (value instanceof Decimal) return value;
  throw new AppError('invalid_input', 'a step got a distribution, or nothing, where a number belongs');
}

function distributionOf(value: OperandValue | undefined): StoredDistribution {
  if (value === undefined || value instanceof Decimal) {
    throw new AppError('invalid_input', 'a step got a number, or nothing, where a distribution belongs');
  }
  return value;
}
