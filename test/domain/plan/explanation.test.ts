import { expect, test } from 'vitest';
import { recomputeExplanation, startExplanation } from '../../../src/domain/plan/explanation.ts';
import { attributeChange } from '../../../src/domain/plan/explanation-change.ts';
import { inputLabels } from '../../../src/domain/plan/explanation-input-labels.ts';
import { stepLabels } from '../../../src/domain/plan/explanation-labels.ts';
import { evaluateStep } from '../../../src/domain/plan/expression.ts';
import { Decimal } from '../../../src/shared/decimal.ts';

const d = (value: string | number): Decimal => new Decimal(value);

test('the arithmetic of steps, rounded to twelve decimals', () => {
  const result = (op: Parameters<typeof evaluateStep>[0], ...values: (string | number)[]): string =>
    evaluateStep(op, values.map(d)).toString();
  expect(result('add', '0.1', '0.2', '-1')).toBe('-0.7');
  expect(result('sub', 3, '0.000000000001')).toBe('2.999999999999');
  expect(result('mul', '1.5', 2, 2)).toBe('6');
  expect(result('div', 2, 3)).toBe('0.666666666667');
  expect(result('sqrt', 2)).toBe('1.414213562373');
  expect(result('max', -1, 0)).toBe('0');
  expect(result('min', -1, 0)).toBe('-1');
  expect(result('ceil', '2.000000000001')).toBe('3');
  expect(result('floor', '-0.5')).toBe('-1');
  expect(result('ceilTo', 23, 6)).toBe('24');
  expect(result('ceilTo', 24, 6)).toBe('24');
  expect(result('ceilTo', '1', '0.3')).toBe('1.2');
  expect(result('whenPositive', 0, 12)).toBe('0');
  expect(result('whenPositive', '0.5', 12)).toBe('12');
  expect(result('normalQuantile', '0.95')).toBe('1.644854');
  expect(() => result('div', 1, 0)).toThrow(/divides by zero/);
  expect(() => result('sub', 1)).toThrow(/two operands/);
  expect(() => evaluateStep('quantile', [d(1), d('0.5')])).toThrow(/where a distribution belongs/);
  expect(() => evaluateStep('add', [{ kind: 'count', mean: 1, dispersion: 0 }])).toThrow(
    /where a number belongs/,
  );
});

test('steps on stored distributions, rounded to six decimals', () => {
  const poisson = { kind: 'count', mean: 2, dispersion: 0 } as const;
  expect(evaluateStep('mean', [poisson]).toString()).toBe('2');
  expect(evaluateStep('variance', [{ kind: 'count', mean: 10, dispersion: 0.2 }]).toString()).toBe('30');
  // e^-2 · (1 + 2 + 2) = 0.676676
  expect(evaluateStep('cdf', [poisson, d(2)]).toString()).toBe('0.676676');
  expect(evaluateStep('quantile', [poisson, d('0.7')]).toString()).toBe('3');
  // E[(D − 0)+] = mean
  expect(evaluateStep('loss', [poisson, d(0)]).toString()).toBe('2');
  expect(evaluateStep('jointBelow', [d('0.5'), d('0.5'), d('0.5')]).toString()).toBe('0.333333');
});

function shortfall(target: number, available: number) {
  const builder = startExplanation();
  builder.input('target', target, 'units', 'DEMAND', 'forecast');
  builder.input('available', available, 'units', 'STOCK', 'stock_level', '2026-03-01T00:00:00Z');
  builder.step('shortfall', 'sub', ['target', 'available'], 'units');
  return builder.build();
}

test('builds, survives JSON and recomputes', () => {
  const explanation = shortfall(40, 12);
  expect(explanation.steps[0]).toEqual({
    ...{ name: 'shortfall', code: 'shortfall', op: 'sub', operands: ['target', 'available'] },
    ...{ value: '28', unit: 'units' },
  });
  const read = JSON.parse(JSON.stringify(explanation));
  expect(recomputeExplanation(read).toString()).toBe('28');
  const builder = startExplanation();
  builder.input('available', 12, 'units', 'STOCK', 'stock_level');
  builder.step('shortfall', 'sub', ['40', 'available'], 'units');
  expect(builder.build().steps[0]?.value).toBe('28');
});

test('refuses unknown operands and names given twice', () => {
  const builder = startExplanation();
  builder.input('available', 1, 'units', 'STOCK', 'stock_level');
  expect(() => builder.step('shortfall', 'sub', ['1', 'nothing'], 'units')).toThrow(
    /unknown operand "nothing"/,
  );
  expect(() => builder.input('available', 1, 'units', 'STOCK', 'x')).toThrow(/already has/);
  expect(() => builder.value('nothing')).toThrow(/no number/);
  expect(() => recomputeExplanation({ inputs: [], steps: [], binding: null })).toThrow(/without steps/);
});

test('the documented attribution', () => {
  const causes = attributeChange(shortfall(40, 12), shortfall(50, 15));
  expect(causes.map(({ cause, delta }) => [cause, delta.toString()])).toEqual([
    ['DEMAND', '10'],
    ['STOCK', '-3'],
  ]);
});

test('every input and step has a text in both languages', () => {
  for (const [code, label] of [...Object.entries(inputLabels), ...Object.entries(stepLabels)]) {
    expect(label.zh, code).toMatch(/[\u4e00-\u9fff]/);
    expect(label.en, code).toMatch(/^[A-Z]/);
  }
});
