import fc from 'fast-check';
import { Kind, type ValueNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';

const scalar = (name: string) => {
  const type = schema.getType(name);
  if (type === undefined || !('parseValue' in type)) throw new Error(`no scalar ${name}`);
  return type as {
    parseValue(value: unknown): unknown;
    parseLiteral(node: ValueNode): unknown;
    serialize(value: unknown): unknown;
  };
};
const decimal = scalar('Decimal');
const dateTime = scalar('DateTime');
const date = scalar('Date');

describe('Decimal', () => {
  it('keeps every digit and answers in canonical form', () => {
    expect(decimal.parseValue('12.50')).toBe('12.5');
    expect(decimal.parseValue(12)).toBe('12');
    expect(decimal.parseLiteral({ kind: Kind.INT, value: '123456789012345678901234' })).toBe(
      '123456789012345678901234',
    );
    expect(decimal.serialize('0.1000')).toBe('0.1');
    expect(decimal.serialize('-0')).toBe('0');
    expect(decimal.serialize('1000000000000000000000.5')).toBe('1000000000000000000000.5');
  });

  it('refuses what may have lost digits or is no number', () => {
    for (const value of [
      1.5,
      2 ** 53,
      Number.NaN,
      '1e3',
      ' 1',
      '',
      '.5',
      '1.',
      '0x10',
      true,
      null,
      {},
      `1${'0'.repeat(30)}`,
    ]) {
      expect(() => decimal.parseValue(value)).toThrow(/Decimal/);
    }
    expect(() => decimal.parseLiteral({ kind: Kind.FLOAT, value: '1.5' })).toThrow(/Decimal/);
  });

  it('gives back any decimal that it takes', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,29})(\.\d{0,17}[1-9])?$/);
    fc.assert(
      fc.property(digits, (text) => {
        fc.pre(!/^-0$/.test(text));
        expect(decimal.serialize(decimal.parseValue(text))).toBe(text);
      }),
    );
  });
});

describe('DateTime', () => {
  it('takes any offset and answers in UTC', () => {
    expect(dateTime.serialize(dateTime.parseValue('2026-03-01T08:00:00+08:00'))).toBe(
      '2026-03-01T00:00:00.000Z',
    );
    expect(dateTime.serialize(dateTime.parseValue('2026-03-01t00:00:00.123456z'))).toBe(
      '2026-03-01T00:00:00.123Z',
    );
  });

  it('refuses missing offsets and days that do not exist', () => {
    for (const value of [
      '2026-03-01T08:00:00',
      '2026-02-30T00:00:00Z',
      '2026-03-01',
      '2026-03-01T25:00:00Z',
      'now',
      5,
      null,
    ]) {
      expect(() => dateTime.parseValue(value)).toThrow(/DateTime/);
    }
  });
});

describe('Date', () => {
  it('takes days that exist', () => {
    expect(date.parseValue('2028-02-29')).toBe('2028-02-29');
    for (const value of ['2026-02-29', '2026-3-1', '2026-03-01T00:00:00Z', 20260301]) {
      expect(() => date.parseValue(value)).toThrow(/Date/);
    }
  });
});
