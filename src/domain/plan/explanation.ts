import { Decimal, formatDecimal, parseDecimal } from '../../shared/decimal.ts';
import { AppError } from '../../shared/errors.ts';
import type { StoredDistribution } from '../forecast/demand-distribution.ts';
import type { StepCode } from './explanation-labels.ts';
import { evaluateStep, type OperandValue, type StepOp } from './expression.ts';

/** Why a number may differ from yesterday's. Every input belongs to exactly one of these. */
export type ChangeCause = 'DEMAND' | 'STOCK' | 'INCOMING' | 'LEAD_TIME' | 'SETTINGS';

/** The order in which causes are charged when several changed at once. */
export const changeCauses: readonly ChangeCause[] = ['DEMAND', 'STOCK', 'INCOMING', 'LEAD_TIME', 'SETTINGS'];

/** The units that inputs and steps are given in. */
type ExplanationUnit =
  | 'units'
  | 'units/day'
  | 'days'
  | 'share'
  | 'probability'
  | 'score'
  | 'money'
  | 'turns/year'
  | 'minutes'
  | 'number'
  | 'distribution';

/**
 * A fact, setting or stored distribution that a computed value rests on.
 *
 * `value` is a canonical decimal, or the JSON text of a stored distribution when the unit is `distribution`.
 * `source` names where it is kept (`stock_level`, `setting`, `forecast`, …); `observedAt` is RFC 3339, null for
 * what has no time of its own, such as a default.
 */
export interface ExplanationInput {
  readonly name: string;
  readonly value: string;
  readonly unit: ExplanationUnit;
  readonly source: string;
  readonly observedAt: string | null;
  readonly cause: ChangeCause;
}

/** One step: its operands are names of inputs, names of earlier steps, or plain decimals. */
interface ExplanationStep {
  /** Unique within the explanation: the code, with `_1`, `_2` … when a code is used several times. */
  readonly name: string;
  readonly code: StepCode;
  readonly op: StepOp;
  readonly operands: readonly string[];
  readonly value: string;
  readonly unit: ExplanationUnit;
}

/** How a computed value came about. The result is the value of the last step. */
export interface Explanation {
  readonly inputs: readonly ExplanationInput[];
  readonly steps: readonly ExplanationStep[];
  /** Name of the input or step that decided the outcome (a minimum, a cap, …); null when none stood out. */
  readonly binding: string | null;
}

/** Collects inputs, computes step by step, and hands out the finished explanation. */
export interface ExplanationBuilder {
  /** Adds a fact; numbers are written as canonical decimals. Returns its name, to be used as operand. */
  input(
    name: string,
    value: Decimal | number | string | StoredDistribution,
    unit: ExplanationUnit,
    cause: ChangeCause,
    source: string,
    observedAt?: string | null,
  ): string;
  /** Computes a step and returns its name, to be used as operand; `index` tells repeated codes apart. */
  step(
    code: StepCode,
    op: StepOp,
    operands: readonly string[],
    unit: ExplanationUnit,
    index?: number | null,
  ): string;
  /** The number behind an input's or a step's name. */
  value(name: string): Decimal;
  /** True when there is an input or step of that name. */
  has(name: string): boolean;
  /** The finished explanation. */
  build(binding?: string | null): Explanation;
}

/**
 * Starts an empty explanation.
 *
 * @returns a builder whose steps are computed by `evaluateStep`, so what is stored is what a client recomputes
 * @throws AppError `invalid_input` (from its methods) for an unknown operand or a name given twice
 * @see the table at `evaluateStep` for what a step may do
 * @example
 * const builder = startExplanation();
 * builder.input('available', 12, 'units', 'STOCK', 'stock_level');
 * builder.step('shortfall', 'sub', ['40', 'available'], 'units');
 * builder.build().steps[0]?.value // '28'
 */
export function startExplanation(): ExplanationBuilder {
  const inputs: (() => ExplanationInput)[] = [];
  const steps: ExplanationStep[] = [];
  const known = new Map<string, OperandValue>();
  const remember = (name: string, value: OperandValue): void => {
    if (known.has(name)) throw new AppError('invalid_input', `explanation already has "${name}"`);
    known.set(name, value);
  };
  return {
    input(name, value, unit, cause, source, observedAt = null) {
      const isDistribution = typeof value === 'object' && !(value instanceof Decimal);
      remember(name, isDistribution ? value : new Decimal(value));
      // Written out only when asked for: most explanations are computed every night and read by nobody.
      inputs.push(() => {
        const text = isDistribution ? JSON.stringify(value) : formatDecimal(value);
        return { name, value: text, unit, source, observedAt, cause };
      });
      return name;
    },
    step(code, op, operands, unit, index = null) {
      const name = index === null ? code : `${code}_${index}`;
      const value = evaluateStep(
        op,
        operands.map((operand) => operandOf(operand, known)),
      );
      remember(name, value);
      steps.push({ name, code, op, operands, value: formatDecimal(value), unit });
      return name;
    },
    value: (name) => {
      const value = known.get(name);
      if (value instanceof Decimal) return value;
      throw new AppError('invalid_input', `explanation has no number "${name}"`);
    },
    has: (name) => known.has(name),
    build: (binding = null) => ({ inputs: inputs.map((write) => write()), steps, binding }),
  };
}

/**
 * Recomputes an explanation from its inputs alone, ignoring the stored values of the steps.
 *
 * @param explanation - as built or read back from storage
 * @param replaced - inputs to take instead, by name (for what-if and for attributing changes)
 * @returns the value of the last step
 * @throws AppError `invalid_input` if a step names something unknown, or there are no steps
 * @see `evaluateStep`
 * @example recomputeExplanation(explanation).toString() // equal to the last step's value
 */
export function recomputeExplanation(
  explanation: Explanation,
  replaced: ReadonlyMap<string, ExplanationInput> = new Map(),
): Decimal {
  const known = new Map<string, OperandValue>();
  for (const input of explanation.inputs)
    known.set(input.name, parseInput(replaced.get(input.name) ?? input));
  let last: Decimal | null = null;
  for (const step of explanation.steps) {
    last = evaluateStep(
      step.op,
      step.operands.map((name) => operandOf(name, known)),
    );
    known.set(step.name, last);
  }
  if (last === null) throw new AppError('invalid_input', 'an explanation without steps has no result');
  return last;
}

function operandOf(name: string, known: ReadonlyMap<string, OperandValue>): OperandValue {
  const value = known.get(name) ?? parseDecimal(name);
  if (value === null) throw new AppError('invalid_input', `explanation step uses unknown operand "${name}"`);
  return value;
}

function parseInput(input: ExplanationInput): OperandValue {
  if (input.unit === 'distribution') return JSON.parse(input.value) as StoredDistribution;
  return new Decimal(input.value);
}
