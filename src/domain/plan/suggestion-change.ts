import type { Explanation, ExplanationInput } from './explanation.ts';
import { type AttributedCause, attributeChange } from './explanation-change.ts';
import { type DecisionSite, type SiteSuggestion, suggestPurchase } from './item-decision.ts';
import type { LevelFacts } from './level-facts.ts';

/** What is kept of an earlier suggestion so that a later one can say what changed. JSON-safe. */
export interface EarlierSuggestion {
  readonly explanation: Explanation;
  readonly leadTime: LevelFacts['leadTime'];
  /** When it was computed, RFC 3339. */
  readonly computedAt: string;
}

/**
 * Why a suggestion differs from an earlier one: demand, stock, inbound, lead time, settings.
 *
 * Goods under way have a name for each day, so both explanations are first given the same names, with 0 units where
 * nothing is due: a receipt that draws nearer by a day is then no change.
 *
 * @param earlier - of the same item and warehouse
 * @param current - today's
 * @param site - with which today's was made
 * @returns deltas that add up to today's quantity minus the earlier one, exactly; empty when nothing changed
 * @throws AppError `invalid_input` if either cannot be recomputed
 * @see `attributeChange`
 * @example explainSuggestionChange(earlier, current, site) // [{ cause: 'STOCK', delta: 4 }]
 */
export function explainSuggestionChange(
  earlier: EarlierSuggestion,
  current: SiteSuggestion,
  site: DecisionSite,
): AttributedCause[] {
  const before = withArrivals(earlier.explanation, current.explanation);
  const after = withArrivals(current.explanation, earlier.explanation);
  return attributeChange(before, after, inputsWithLeadTime(earlier.leadTime, current, site));
}

/** Inputs that the lead time shapes, made with the earlier one. */
function inputsWithLeadTime(
  leadTime: LevelFacts['leadTime'],
  current: SiteSuggestion,
  site: DecisionSite,
): ExplanationInput[] {
  if (current.kind === 'LISTING' || JSON.stringify(leadTime) === JSON.stringify(site.facts.leadTime))
    return [];
  const made = suggestPurchase({ ...site, facts: { ...site.facts, leadTime } });
  const known = new Set(current.explanation.inputs.map(({ name }) => name));
  return (made?.explanation.inputs ?? []).filter(({ name, cause }) => cause === 'DEMAND' && known.has(name));
}

const arrivalName = /^arrival_day_\d+$/;

function withArrivals(own: Explanation, other: Explanation): Explanation {
  const known = new Set(own.inputs.map(({ name }) => name));
  const missing = other.inputs.filter(({ name }) => arrivalName.test(name) && !known.has(name));
  if (missing.length === 0) return own;
  return {
    ...own,
    inputs: [...own.inputs, ...missing.map((input) => ({ ...input, value: '0' }))],
    steps: own.steps.map((step) =>
      step.code === 'inbound_due'
        ? { ...step, operands: [...step.operands, ...missing.map(({ name }) => name)] }
        : step,
    ),
  };
}
