import { CombinedError } from 'urql';
import { expect, test } from 'vitest';
import { problemOf } from '../../src/dashboard/api/failure.ts';
import { en } from '../../src/dashboard/i18n/en.ts';

const refused = (code: string, message: string) =>
  new CombinedError({ graphQLErrors: [{ message, extensions: { code } }] });

test('what was done has no problem', () => {
  expect(problemOf(undefined, en, [])).toBeNull();
});

test('what a mutation refused is told in its words, before anything else', () => {
  expect(problemOf(refused('INTERNAL', 'broken'), en, [{ message: 'too high' }])).toBe('too high');
});

test('a request that is refused tells why, and not that the server is away', () => {
  expect(problemOf(refused('FORBIDDEN', 'scope missing'), en)).toBe('scope missing');
});

test('a server that does not answer is away, and not broken', () => {
  expect(problemOf(new CombinedError({ networkError: new Error('refused') }), en)).toBe(en.states.away);
});
