import { Decimal } from '../shared/decimal.ts';
import { AppError } from '../shared/errors.ts';
import {
  addAccuracy,
  addAvailability,
  addExcess,
  addTurnover,
  type HealthInputs,
  type HealthPart,
} from './health-parts.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './plan/explanation.ts';

/** Weight of each part; a setting, must add up to 100. */
export type HealthWeights = Readonly<Record<HealthPart, number>>;

/** Running out costs most, then money on the shelf, then pace, then knowing. */
export const defaultHealthWeights: HealthWeights = {
  availability: 40,
  excess: 25,
  turnover: 20,
  accuracy: 15,
};

/** How good a score is. */
export type HealthBand = 'GOOD' | 'FAIR' | 'POOR' | 'CRITICAL';

/** Why a score was held down. */
export type HealthCap = 'OUT_OF_STOCK' | 'NEGATIVE_STOCK' | 'RISK_ABOVE_HALF';

/** A health score with its parts. */
export interface HealthScore {
  /** 0 … 100. */
  readonly score: Decimal;
  readonly band: HealthBand;
  /** 0 … 100 each, before weighing. */
  readonly parts: Readonly<Record<HealthPart, Decimal>>;
  /** Parts that were not known, wholly or half, and count a neutral 50 there. */
  readonly neutralParts: readonly HealthPart[];
  /** Caps that applied, the lowest first. */
  readonly caps: readonly HealthCap[];
  readonly explanation: Explanation;
}

const capPoints: Readonly<Record<HealthCap, number>> = {
  OUT_OF_STOCK: 20,
  NEGATIVE_STOCK: 40,
  RISK_ABOVE_HALF: 50,
};

/**
 * How healthy the stock of an item in a warehouse is, 0 to 100.
 *
 * Parts: availability (70 % the probability of lasting against the service level, 30 % days in stock), excess (share of
 * stock that is not excess; at most 50 when slow, 0 when dead), turnover (against the target that fits the item, no
 * credit above), forecast accuracy (50 = as good as a 28-day mean). A part that is not known keeps its weight with a
 * neutral 50: dropping it would let a worse item score higher. Caps: out of stock with demand and nothing arriving in
 * time ≤ 20, negative stock ≤ 40, risk above one half ≤ 50.
 *
 * More risk, more excess, longer idleness, fewer turns or a worse forecast can never raise the score.
 *
 * Without expected demand (f = 0) availability counts a neutral 50, since nobody asks; with stock, turnover is 0 and
 * the excess rules speak; without stock there is nothing to judge.
 *
 * @param inputs - see {@link HealthInputs}
 * @param weights - must add up to 100
 * @param dataAsOf - newest data used, RFC 3339; null = not known
 * @returns null without history, and for an item with neither demand nor stock
 * @throws AppError `invalid_input` if weights do not add up to 100 or one is negative
 * @see drivers of Amazon's inventory performance index (excess, sell-through, in-stock rate), shown one by one; the
 *   weights are ours
 * @example
 * // risk 0.05 at 95 %, always in stock, 10 of 100 units excess, 6 of 8 turns, error 0.8 of the benchmark:
 * // 100 · 0.40 + 90 · 0.25 + 75 · 0.20 + 60 · 0.15 = 86.5
 */
export function computeHealthScore(
  inputs: HealthInputs,
  weights: HealthWeights = defaultHealthWeights,
  dataAsOf: string | null = null,
): HealthScore | null {
  requireWeights(weights);
  const hasDemand = inputs.meanPerDay > 0;
  if (!inputs.hasHistory || (!hasDemand && inputs.onHand <= 0)) return null;
  const builder = startExplanation();
  const neutralParts: HealthPart[] = [];
  const neutral = (part: HealthPart): string => {
    neutralParts.push(part);
    return builder.step(`${part}_score`, 'max', ['50', '50'], 'score');
  };
  const names: Readonly<Record<HealthPart, string>> = {
    availability: addAvailability(builder, inputs, hasDemand, dataAsOf) ?? neutral('availability'),
    excess: addExcess(builder, inputs, dataAsOf) ?? neutral('excess'),
    turnover: addTurnover(builder, inputs, hasDemand, dataAsOf) ?? neutral('turnover'),
    accuracy: addAccuracy(builder, inputs, dataAsOf) ?? neutral('accuracy'),
  };
  const isHalfKnown = inputs.stockOutProbability === null || inputs.inStockShare === null;
  if (isHalfKnown && !neutralParts.includes('availability')) neutralParts.push('availability');
  const parts = Object.keys(names) as HealthPart[];
  const weighted = parts.map((part) => {
    builder.input(`${part}_weight`, new Decimal(weights[part]).div(100), 'share', 'SETTINGS', 'setting');
    return builder.step(`${part}_weighted`, 'mul', [names[part], `${part}_weight`], 'score');
  });
  builder.step('weighted_sum', 'add', weighted, 'score');
  const caps = findCaps(inputs, hasDemand);
  const limits = caps.map((cap) => String(capPoints[cap]));
  builder.step('health_score', 'min', ['weighted_sum', '100', ...limits], 'score');
  const score = builder.value('health_score');
  const isCapped = caps.length > 0 && builder.value('weighted_sum').gt(score);
  return {
    ...{ score, band: bandOf(score), neutralParts, caps },
    parts: {
      availability: builder.value(names.availability),
      excess: builder.value(names.excess),
      turnover: builder.value(names.turnover),
      accuracy: builder.value(names.accuracy),
    },
    explanation: builder.build(
      isCapped ? `cap_${caps[0]!.toLowerCase()}` : weakestOf(builder, names, weights),
    ),
  };
}

/** The band of a score: ≥ 80 good, ≥ 60 fair, ≥ 40 poor, else critical. */
export function bandOf(score: Decimal): HealthBand {
  if (score.gte(80)) return 'GOOD';
  if (score.gte(60)) return 'FAIR';
  return score.gte(40) ? 'POOR' : 'CRITICAL';
}

function findCaps(inputs: HealthInputs, hasDemand: boolean): HealthCap[] {
  const caps: HealthCap[] = [];
  if (inputs.available <= 0 && hasDemand && !inputs.hasInboundWithinLeadTime) caps.push('OUT_OF_STOCK');
  if (inputs.onHand < 0 || inputs.available < 0) caps.push('NEGATIVE_STOCK');
  if (inputs.stockOutProbability !== null && inputs.stockOutProbability > 0.5) caps.push('RISK_ABOVE_HALF');
  return caps;
}

/** The part that costs the score most; null when none costs anything. */
function weakestOf(
  builder: ExplanationBuilder,
  names: Readonly<Record<HealthPart, string>>,
  weights: HealthWeights,
): string | null {
  const parts = Object.keys(names) as HealthPart[];
  const missing = (part: HealthPart): number => (100 - builder.value(names[part]).toNumber()) * weights[part];
  const worst = parts.reduce((most, part) => (missing(part) > missing(most) ? part : most));
  return missing(worst) > 0 ? names[worst] : null;
}

function requireWeights(weights: HealthWeights): void {
  const values = Object.values(weights);
  const total = values.reduce((sum, weight) => sum + weight, 0);
  if (values.every((weight) => weight >= 0) && Math.abs(total - 100) < 1e-9) return;
  throw new AppError(
    'invalid_input',
    `health weights must be 0 or more and add up to 100, but add up to ${total}`,
  );
}
