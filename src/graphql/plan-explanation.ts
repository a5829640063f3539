import type { Explanation as DomainExplanation } from '../domain/plan/explanation.ts';
import { attributeLevelChange } from '../domain/plan/level-change.ts';
import { explainLevel, type LevelValue } from '../domain/plan/level-explanation.ts';
import type { WindowFigures } from '../domain/plan/level-facts.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { LocaleName } from './context.ts';
import type { ExplanationValue } from './explanation.ts';
import { labelOf } from './explanation-label.ts';
import type { OpenedPlan } from './level-plan.ts';

/** Which planned value to explain. */
export type ExplainedValue = LevelValue;

/**
 * How a planned value came about, made anew from the stored facts and the stored forecast: the same numbers, since
 * nothing else goes in; and why it differs from the plan before.
 *
 * @param days - horizon of the stock-out probability, null = the protection period; window of the turnover, 90 or 365
 * @param window - what was counted over any other window of turnover or in-stock rate; null = none
 * @returns null where the value itself is null
 */
export function explainPlan(
  plan: OpenedPlan,
  value: ExplainedValue,
  days: number | null,
  window: WindowFigures | null = null,
): ExplanationValue | null {
  // The headline looks as far as the protection period, then and now.
  const isHeadline = value === 'STOCK_OUT_PROBABILITY' && days === plan.row.protectionDays;
  const span = { days: isHeadline ? null : days, window };
  const explanation = explainLevel(plan, value, span);
  if (explanation === null) return null;
  const { previous } = plan;
  // What was counted over any other window then is not kept.
  const change = () =>
    previous === null || window !== null ? null : attributeLevelChange(previous, plan, value, span);
  return { ...toExplanationValue(explanation), change, previousAt: plan.row.previousComputedAt };
}

/** A domain explanation as the API shows it. */
export function toExplanationValue(explanation: DomainExplanation): ExplanationValue {
  return {
    inputs: explanation.inputs,
    // A code may occur several times; the name tells them apart and is what operands refer to.
    steps: explanation.steps.map((step) => ({ ...step, code: step.name })),
    binding: explanation.binding,
    changeSincePrevious: [],
    label: labelOf,
    text: (locale) => describe(explanation, locale),
  };
}

/** Steps that only round: they matter to whoever recomputes, not to whoever reads. */
const roundingSteps: ReadonlySet<string> = new Set(['exact_figure', 'half_added']);

/** More numbers than this are a list, not a sentence: the rest is in `inputs` and `steps`. */
const partsMax = 8;

function describe(explanation: DomainExplanation, locale: LocaleName): string {
  const isChinese = locale === 'zh-CN';
  const last = explanation.steps.at(-1)!;
  const shown = ({ name, value }: { readonly name: string; readonly value: string }) =>
    `${labelOf(name, locale)} ${formatDecimal(new Decimal(value).toDecimalPlaces(4))}`;
  const parts = [
    ...explanation.inputs.filter(({ unit }) => unit !== 'distribution'),
    ...explanation.steps.slice(0, -1).filter(({ code }) => !roundingSteps.has(code)),
  ].map(shown);
  const held = explanation.binding?.startsWith('cap_') === true ? [labelOf(explanation.binding, locale)] : [];
  const rest = [...held, ...parts.slice(0, partsMax), ...(parts.length > partsMax ? ['…'] : [])];
  const reasons = rest.join(isChinese ? '，' : ', ');
  if (rest.length === 0) return isChinese ? `${shown(last)}。` : `${shown(last)}.`;
  return isChinese ? `${shown(last)}，依据：${reasons}。` : `${shown(last)}, from: ${reasons}.`;
}
