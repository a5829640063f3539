import { Decimal } from '../../shared/decimal.ts';
import { type StakeMeasure, soonnessShareMax, stakeHalf, type UrgencyTier, urgencyBand } from '../urgency.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';

/** What an urgency score rests on, as the plan keeps it; decimal text. */
export interface UrgencyGrounds {
  /** The tier shown, which decides the band. */
  readonly tier: UrgencyTier;
  readonly expectedLostUnits: string | null;
  readonly excessUnits: string | null;
  readonly unitPrice: string | null;
  readonly unitCost: string | null;
  /** Day of running out or of ordering, 0 = today; null = none. */
  readonly day: number | null;
  /** Newest data that went in, RFC 3339. */
  readonly dataAsOf: string;
}

/**
 * An urgency score with inputs and steps: what is at stake, how far it fills its part of the tier's band, and the score
 * to six places.
 *
 * @param grounds - see {@link UrgencyGrounds}
 * @returns an explanation whose last step is the score
 * @throws AppError `invalid_input` from the steps
 * @see `computeStake` and `computeUrgencyScore`, which answer the same number
 * @example explainUrgency(grounds).steps.at(-1)?.code // 'urgency_score'
 */
export function explainUrgency(grounds: UrgencyGrounds): Explanation {
  const builder = startExplanation();
  const measure = addStake(builder, grounds);
  const amount = builder.value('stake').toNumber();
  const band = urgencyBand({ tier: grounds.tier, stake: { amount, measure }, day: grounds.day });
  const setting = (name: string, value: number) =>
    builder.input(name, value, 'score', 'SETTINGS', `tier ${grounds.tier}`);
  const width = new Decimal(band.high).minus(band.low);
  setting('band_from', new Decimal(band.low).plus(width.times(band.from)).toNumber());
  setting('band_to', new Decimal(band.low).plus(width.times(band.to)).toNumber());
  if (amount > 0) {
    builder.step('stake_and_half', 'add', ['stake', String(stakeHalf)], 'money');
    builder.step('filled_share', 'div', ['stake', 'stake_and_half'], 'share');
  } else {
    builder.input('soonness', band.soonness, 'share', 'DEMAND', 'level_plan', grounds.dataAsOf);
    builder.step('filled_share', 'mul', ['soonness', String(soonnessShareMax)], 'share');
  }
  builder.step('band_width', 'sub', ['band_to', 'band_from'], 'score');
  builder.step('band_part', 'mul', ['band_width', 'filled_share'], 'score');
  builder.step('exact_figure', 'add', ['band_from', 'band_part'], 'score');
  builder.step('half_added', 'add', ['exact_figure', '0.0000005'], 'score');
  builder.step('urgency_score', 'floorTo', ['half_added', '0.000001'], 'score');
  return builder.build('stake');
}

/**
 * A stored urgency score as it is shown: six places, free of what binary arithmetic left behind.
 *
 * @param stored - decimal text with more places, by which the list is sorted
 * @returns the last step of {@link explainUrgency}
 * @see `computeUrgencyScore`
 * @example shownUrgencyScore('50.10023749999999').toString() // '50.100238'
 */
export function shownUrgencyScore(stored: string): Decimal {
  const clean = new Decimal(stored).toDecimalPlaces(12, Decimal.ROUND_HALF_UP);
  return clean.toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
}

function addStake(builder: ExplanationBuilder, grounds: UrgencyGrounds): StakeMeasure {
  const { tier, unitPrice: price, unitCost: cost, dataAsOf } = grounds;
  const isExcess = tier === 'EXCESS';
  const units = (isExcess ? grounds.excessUnits : grounds.expectedLostUnits) ?? '0';
  const name = isExcess ? 'excess_units' : 'expected_lost_units';
  builder.input(name, units, 'units', 'DEMAND', 'level_plan', dataAsOf);
  const money = (which: string, value: string) =>
    builder.input(which, value, 'money', 'SETTINGS', `item.${which}`);
  if (isExcess) {
    const worth =
      cost === null ? (price === null ? null : money('unit_price', price)) : money('unit_cost', cost);
    builder.step('year_cost', 'mul', [name, worth ?? '1', '0.25'], 'money');
    builder.step('day_cost', 'div', ['year_cost', '365'], 'money');
    builder.step('stake', 'max', ['0', 'day_cost'], 'money');
    return worth === null ? 'UNITS' : 'MONEY';
  }
  let worth = '1';
  if (price !== null) {
    worth = money('unit_price', price);
    if (cost !== null) {
      builder.step('unit_margin', 'sub', [worth, money('unit_cost', cost)], 'money');
      worth = builder.step('unit_gain', 'max', ['0', 'unit_margin'], 'money');
    }
  }
  builder.step('stake', 'mul', [name, worth], 'money');
  return price === null ? 'UNITS' : 'MONEY';
}
