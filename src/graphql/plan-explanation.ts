import type { Explanation as DomainExplanation } from '../domain/plan/explanation.ts';
import { type StepCode, stepLabels } from '../domain/plan/explanation-labels.ts';
import { attributeLevelChange } from '../domain/plan/level-change.ts';
import { explainLevel, type LevelValue } from '../domain/plan/level-explanation.ts';
import type { WindowFigures } from '../domain/plan/level-facts.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { LocaleName } from './context.ts';
import type { ExplanationValue } from './explanation.ts';
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
  const codes = new Map(explanation.steps.map((step) => [step.name, step.code]));
  const label = (name: string, locale: LocaleName) => {
    const { zh, en } = stepLabels[codes.get(name) as StepCode] ?? { zh: name, en: name };
    return locale === 'zh-CN' ? zh : en;
  };
  return {
    inputs: explanation.inputs,
    // A code may occur several times; the name tells them apart and is what operands refer to.
    steps: explanation.steps.map((step) => ({ ...step, code: step.name })),
    binding: explanation.binding,
    changeSincePrevious: [],
    label,
    text: (locale) => describe(explanation, label, locale),
  };
}

function describe(
  explanation: DomainExplanation,
  label: (name: string, locale: LocaleName) => string,
  locale: LocaleName,
): string {
  const last = explanation.steps.at(-1)!;
  const shown = (value: string) => formatDecimal(new Decimal(value).toDecimalPlaces(4));
  const facts = explanation.inputs
    .filter(({ unit }) => unit !== 'distribution')
    .map(({ name, value }) => `${name} ${shown(value)}`);
  const parts = explanation.steps
    .slice(0, -1)
    .map((step) => `${label(step.name, locale)} ${shown(step.value)}`);
  const rest = [...facts, ...parts].slice(0, 8);
  const result = `${label(last.name, locale)} ${shown(last.value)}`;
  if (rest.length === 0) return locale === 'zh-CN' ? `${result}。` : `${result}.`;
  return locale === 'zh-CN'
    ? `${result}，依据：${rest.join('，')}。`
    : `${result}, from: ${rest.join(', ')}.`;
}
