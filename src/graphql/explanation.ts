import type { LevelChange } from '../domain/plan/level-change.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import type { LocaleName } from './context.ts';
import { Locale } from './enums.ts';
import { labelOf } from './explanation-label.ts';

/** A fact or setting that a computed value rests on. */
interface ExplanationInputValue {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly observedAt: string | null;
}

/** One step; its operands are names of inputs, codes of earlier steps, or plain decimals. */
interface ExplanationStepValue {
  readonly code: string;
  readonly op: string;
  readonly operands: readonly string[];
  readonly value: string;
  readonly unit: string;
}

/** How a computed value came about. */
export interface ExplanationValue {
  readonly inputs: readonly ExplanationInputValue[];
  readonly steps: readonly ExplanationStepValue[];
  readonly binding: string | null;
  readonly changeSincePrevious: readonly { readonly cause: string; readonly delta: string }[];
  /** Worked out only when somebody asks; missing = `changeSincePrevious` as it stands. Null = nothing to compare. */
  readonly change?: () => LevelChange | null;
  /** When the value compared with was computed; null = there was none. */
  readonly previousAt?: Date | null;
  readonly label: (code: string, locale: LocaleName) => string;
  readonly text: (locale: LocaleName) => string;
}

interface LabelledStep extends ExplanationStepValue {
  readonly label: string;
}

const ExplanationInput = builder.objectRef<ExplanationInputValue>('ExplanationInput').implement({
  description: 'A fact, setting or stored distribution that the result rests on.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'By this name the steps refer to it.' }),
    label: t.string({
      description: 'What it means, in the request’s language.',
      resolve: (input, _args, context) => labelOf(input.name, context.viewer.locale),
    }),
    value: t.exposeString('value', {
      description: 'Canonical decimal; JSON text where the unit is `distribution`.',
    }),
    unit: t.exposeString('unit', {
      description: 'Such as units, days, share; `distribution` for a stored one.',
    }),
    source: t.exposeString('source', { description: 'Where it is kept, such as stock_level or setting.' }),
    observedAt: t.string({
      nullable: true,
      description:
        'Since when it is true, RFC 3339; null for what has no time of its own, such as a default.',
      resolve: (input) => input.observedAt,
    }),
  }),
});

const ExplanationStep = builder.objectRef<LabelledStep>('ExplanationStep').implement({
  description:
    'One step of the calculation. Recomputed from the operands in exact decimals and rounded half away from zero to 12 places, statistics to 6, it gives the same value.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'By this code later steps refer to it.' }),
    label: t.exposeString('label', { description: 'What it means, in the request’s language.' }),
    op: t.exposeString('op', {
      description:
        'What is done with the operands: add, sub, mul, div, max, min, sqrt, ceil, floor; ceilTo and floorTo (the nearest multiple of the second not below, not above the first), whenPositive (the second where the first is above 0, else 0); or a statistic: normalQuantile of a probability; mean, variance, quantile, cdf, loss (mean of what lies above) of a distribution, the latter three at the second operand; jointBelow (p1, r12, p2, r23, …: probability that standard normals, each linked to the one before by r, stay below their p-quantiles); linkedExcess (reach, d1, x1, r12, d2, x2, …: mean over y from 0 to the reach of 1 − jointBelow of the probabilities of d up to x + y; y = 0, 1, … where all is whole and the reach at most 24, else the 16 points reach·u² weighted u/8, u = 1/32, 3/32 … 31/32). More may be added.',
    }),
    operands: t.stringList({
      description: 'Names of inputs, codes of earlier steps, or plain decimals.',
      resolve: (step) => [...step.operands],
    }),
    value: t.field({ type: 'Decimal', description: 'Result of this step.', resolve: (step) => step.value }),
    unit: t.exposeString('unit', { description: 'Unit of the result, such as units, days, share.' }),
  }),
});

const ExplanationCause = builder.objectRef<{ cause: string; delta: string }>('ExplanationCause').implement({
  description: 'How much of the change since the previous run one cause explains.',
  fields: (t) => ({
    cause: t.exposeString('cause', {
      description: 'DEMAND, STOCK, INCOMING, LEAD_TIME or SETTINGS; more may be added.',
    }),
    delta: t.field({
      type: 'Decimal',
      description: 'Share of the change, in the unit of the result; may be negative.',
      resolve: (change) => change.delta,
    }),
  }),
});

/** How a computed value came about, to be recomputed by whoever doubts it. */
export const Explanation = builder.objectRef<ExplanationValue>('Explanation').implement({
  description:
    'How a value came about: inputs, steps in order, and the same in words. The last step is the result.',
  fields: (t) => ({
    steps: t.field({
      type: [ExplanationStep],
      description: 'The calculation in order.',
      resolve: (explanation, _args, context) =>
        explanation.steps.map((step) => ({
          ...step,
          label: explanation.label(step.code, context.viewer.locale),
        })),
    }),
    inputs: t.field({
      type: [ExplanationInput],
      description: 'Everything the steps rest on.',
      resolve: (explanation) => [...explanation.inputs],
    }),
    binding: t.string({
      nullable: true,
      description:
        'Name of the input or step that decided the outcome; of a health score that was held down cap_ and why, such as cap_out_of_stock. Null when none stood out.',
      resolve: (explanation) => explanation.binding,
    }),
    changeSincePrevious: t.field({
      type: [ExplanationCause],
      description:
        'Why the result differs from `previousValue`, by cause; the deltas add up to the difference exactly. The causes are brought up to date one after another, in the order DEMAND (forecast, sales and the days that passed), STOCK, INCOMING, LEAD_TIME, SETTINGS; where they interact the order decides. Empty when nothing changed, or there is nothing to compare with.',
      resolve: (explanation) =>
        explanation.change === undefined
          ? [...explanation.changeSincePrevious]
          : (explanation.change()?.causes ?? []).map(({ cause, delta }) => ({
              cause,
              delta: formatDecimal(delta),
            })),
    }),
    previousValue: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'The result that `changeSincePrevious` compares with: of a plan, the last one of the business day before, on its first day the first one. Null when there was none, or it had no value.',
      resolve: (explanation) => {
        const value = explanation.change?.()?.previousValue ?? null;
        return value === null ? null : formatDecimal(value);
      },
    }),
    previousComputedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When `previousValue` was computed (business time); null when there is none.',
      resolve: (explanation) => (explanation.change?.() == null ? null : (explanation.previousAt ?? null)),
    }),
    text: t.string({
      description: 'The same in a sentence or two.',
      args: { locale: t.arg({ type: Locale, description: 'Language; the request’s own unless given.' }) },
      resolve: (explanation, { locale }, context) => explanation.text(locale ?? context.viewer.locale),
    }),
  }),
});
