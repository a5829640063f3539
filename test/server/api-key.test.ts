import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateKeyText, hashKeyText, isKeyTextOf, parseKeyPrefix } from '../../src/server/api-key.ts';

test('a key has a prefix, a secret and a checksum, and is recognised by its hash', () => {
  const key = generateKeyText();
  expect(key.text).toMatch(/^sw_[0-9a-f]{12}_[A-Za-z0-9_-]{43}_[0-9a-f]{8}$/);
  expect(parseKeyPrefix(key.text)).toBe(key.prefix);
  expect(isKeyTextOf(key.text, key.sha256)).toBe(true);
  expect(isKeyTextOf(generateKeyText().text, key.sha256)).toBe(false);
  expect(isKeyTextOf(key.text, 'abcd')).toBe(false);
  expect(hashKeyText(key.text)).toHaveLength(64);
});

test('a key with one changed character is no key', () => {
  const { text } = generateKeyText();
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...'abcXYZ0189_-'), (at, other) => {
      fc.pre(text[at] !== other);
      expect(parseKeyPrefix(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }),
  );
});
