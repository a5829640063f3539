import { expect, test } from 'vitest';
import { formulaOf } from '../../src/dashboard/parts/formula.ts';

const labels = new Map([
  ['available', 'available'],
  ['inbound_due', 'due within the protection period'],
]);
const write = (number: string) => Number(number).toLocaleString('en');

test.each([
  [{ op: 'add', operands: ['available', 'inbound_due'] }, 'available + due within the protection period'],
  [{ op: 'sub', operands: ['available', '1234.5'] }, 'available − 1,234.5'],
  [{ op: 'mul', operands: ['2', 'available', '3'] }, '2 × available × 3'],
  [{ op: 'max', operands: ['0', 'available'] }, 'max(0, available)'],
  [{ op: 'div', operands: ['newer_than_the_page', '0'] }, 'newer_than_the_page ÷ 0'],
])('%j is written %s', (step, written) => {
  expect(formulaOf(step, labels, write)).toBe(written);
});
