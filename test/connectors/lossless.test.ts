import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LosslessNumber, parseJson, rejectRow, toRawText } from '../../src/connectors/lossless.ts';
import { redactText } from '../../src/connectors/redact.ts';

describe('parseJson', () => {
  it('keeps every digit of every integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (value) => {
        expect(String(parseJson(`${value}`, 'x'))).toBe(String(value));
      }),
    );
  });

  it.each(['', '{"rows":[', '<html>502</html>', '{"a":1,"a":2}', '['.repeat(100_000), 'NaN'])(
    'calls %.20j transient',
    (text) => expect(() => parseJson(text, 'x')).toThrow(expect.objectContaining({ code: 'transient' })),
  );
});

describe('toRawText', () => {
  it('keeps digits as they came', () => {
    expect(toRawText({ id: new LosslessNumber('9223372036854775807') })).toBe('{"id":9223372036854775807}');
  });

  it('is always JSON of at most 16 KiB that a database can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 50 }), (value, part) => {
        const text = toRawText({ value, part: part.repeat(200), nul: '\u0000', half: '\ud800', slash: '\\' });
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16 * 1024);
        const walk = JSON.stringify(JSON.parse(text));
        expect(walk).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/);
      }),
      { numRuns: 200 },
    );
    expect(toRawText({ big: '库"\\'.repeat(20_000) }).length).toBeGreaterThan(3_000);
  });

  it('replaces what cannot be stored, and nothing that only looks like it', () => {
    expect(JSON.parse(toRawText(['\u0000', '\ud800', '\\u0000', '\\\u0000', '😀']))).toEqual([
      '\ufffd',
      '\ufffd',
      '\\u0000',
      '\\\ufffd',
      '😀',
    ]);
  });
});

describe('secrets', () => {
  it('are taken out of JSON, forms, headers and wherever they stand', () => {
    expect(redactText('code=4711&state=x')).toBe('code=***&state=x');
    expect(redactText('{"access_token":"a\\"b","refresh_token" : 12,"x":1}')).toBe(
      '{"access_token":"***","refresh_token":"***","x":1}',
    );
    expect(redactText('Authorization: Bearer abc.def-1')).not.toContain('abc');
    expect(redactText('said 8795258a', ['8795258a', null, 'id'])).toBe('said ***');
  });

  it('and personal data do not reach the quarantine', () => {
    const row = {
      access_token: 'tok-hush',
      buyerOpenUid: 'BB-hush',
      toMobile: '1',
      mobile: '139-hush',
      name: 'x',
    };
    const rejected = rejectRow('k\u0000', 'client_secret=hush', row);
    expect(JSON.stringify(rejected)).not.toContain('hush');
    expect(rejected.rowKey).toBe('k\ufffd');
  });
});
