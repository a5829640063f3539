import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LosslessNumber, parseJson } from '../../src/connectors/lossless.ts';
import {
  decimal,
  describeFutureDates,
  describeIssues,
  id,
  longId,
  longIdOrZero,
  quantity,
  required,
  text,
} from '../../src/connectors/wire-values.ts';

const read = (json: string) => parseJson(json, 'test');

describe('ids', () => {
  it('are exact, as number or text, whatever their size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (value) => {
        expect(longId.parse(read(`${value}`))).toBe(String(value));
        expect(longId.parse(read(`"${value}"`))).toBe(String(value));
      }),
    );
    expect(longId.parse(read('9223372036854775807'))).toBe('9223372036854775807');
    expect(id.parse('007')).toBe('007');
  });

  it('are null where the platform writes nothing', () => {
    for (const nothing of ['null', '""', '" "']) expect(id.parse(read(nothing))).toBeNull();
    expect(longIdOrZero.parse(read('0'))).toBeNull();
  });

  it.each(['1e3', '1.5', '"1e3"', '{}', '[]', 'true', '"a\\u0000"', '"\\ud800"', `"${'9'.repeat(300)}"`])(
    'refuse %s',
    (json) => expect(longId.safeParse(read(json)).success).toBe(false),
  );
});

describe('quantities', () => {
  it.each([
    ['1490', '1490'],
    ['29900.0', '29900'],
    ['"2"', '2'],
    ['"0.50"', '0.5'],
    ['1.0E7', '10000000'],
    ['-0', '0'],
    [
      '123456789012345678901234567890.123456789012345678',
      '123456789012345678901234567890.123456789012345678',
    ],
  ])('reads %s as %s', (json, expected) => expect(quantity.parse(read(json))).toBe(expected));

  it.each(['"many"', '-1', '1e99', '1e-40', '"0x10"', '"1,000"', '"Infinity"', '{}', '"--1"'])(
    'refuses %s',
    (json) => expect(quantity.safeParse(read(json)).success).toBe(false),
  );

  it('keeps a sign where one is allowed', () => expect(decimal.parse(read('-2.50'))).toBe('-2.5'));
});

describe('faults', () => {
  it('say where and what', () => {
    const shape = z.object({ skuInfos: z.array(z.object({ amountOnSale: quantity, name: required(text) })) });
    const parsed = shape.safeParse(read('{"skuInfos":[{"name":"a"},{"amountOnSale":"many"}]}'));
    expect(parsed.error && describeIssues(parsed.error)).toBe(
      'skuInfos[1].amountOnSale: expected a number, got "many"; skuInfos[1].name: is missing',
    );
  });

  it('name dates more than five minutes ahead', () => {
    const now = new Date('2026-09-01T00:00:00Z');
    const ahead = (seconds: number) => ({
      modifyTime: new Date(now.getTime() + seconds * 1_000),
      payTime: null,
    });
    expect(describeFutureDates(ahead(300), now)).toBeNull();
    expect(describeFutureDates(ahead(301), now)).toContain('modifyTime: 2026-09-01T00:05:01.000Z');
  });
});

it('reads a text that arrives as a number', () => {
  expect(text.parse(new LosslessNumber('12.50'))).toBe('12.50');
});
