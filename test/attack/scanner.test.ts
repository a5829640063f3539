import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../src/server/auth.ts';
import { createMemoryKeys, startTestServer, type TestServer } from '../support/app.ts';
import { createStubSchema } from '../support/stub-schema.ts';

/**
 * What security scanners for GraphQL ask, and what they count as a finding. Without credentials nothing may be
 * found; with a key only what a key is for (introspection, queries over GET).
 */
let running: TestServer;
let authorization: string;

beforeAll(async () => {
  const keys = createMemoryKeys();
  authorization = `Bearer ${keys.add()}`;
  running = await startTestServer({
    schema: createStubSchema().schema,
    authenticator: createAuthenticator(keys, null),
  });
});
afterAll(() => running[Symbol.asyncDispose]());

interface Probe {
  readonly name: string;
  readonly request: RequestInit & { path?: string };
  /** Whether a text of an answer is a finding. */
  isFinding(text: string, status: number): boolean;
  readonly isAllowedWithKey?: true;
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const dataOf = (text: string): Record<string, unknown> | null => {
  try {
    return JSON.parse(text).data ?? null;
  } catch {
    return null;
  }
};
const get = (query: string): RequestInit & { path: string } => ({
  method: 'GET',
  path: `?query=${encodeURIComponent(query)}`,
});
const aliases = Array.from({ length: 101 }, (_, n) => `alias${n}: __typename`).join(' ');

const probes: readonly Probe[] = [
  {
    name: 'suggestions of field names',
    request: json({ query: '{ helo }' }),
    isFinding: (text) => /did you mean/i.test(text),
  },
  {
    name: 'introspection',
    request: json({ query: '{ __schema { types { name } } }' }),
    isFinding: (text) => dataOf(text)?.__schema != null,
    isAllowedWithKey: true,
  },
  {
    name: 'an explorer page',
    request: { method: 'GET', headers: { accept: 'text/html' } },
    isFinding: (text) => /graphiql|playground/i.test(text),
  },
  {
    name: 'queries over GET',
    request: get('{ __typename }'),
    isFinding: (text) => dataOf(text)?.__typename != null,
    isAllowedWithKey: true,
  },
  {
    name: 'mutations over GET',
    request: get('mutation { __typename }'),
    isFinding: (text) => dataOf(text)?.__typename != null,
  },
  {
    name: '101 aliases',
    request: json({ query: `{ ${aliases} }` }),
    isFinding: (text) => dataOf(text)?.alias100 != null,
  },
  {
    name: 'a batch of 10',
    request: json(Array.from({ length: 10 }, () => ({ query: '{ __typename }' }))),
    isFinding: (text) => Array.isArray(JSON.parse(text)),
  },
  {
    name: 'trace mode',
    request: json({ query: '{ __typename }' }),
    isFinding: (text) => /"tracing"/.test(text),
  },
  {
    name: '10 unknown directives, each with an error of its own',
    request: json({ query: `{ __typename ${'@aa'.repeat(10)} }` }),
    isFinding: (text) => (JSON.parse(text).errors?.length ?? 0) >= 10,
  },
  {
    name: 'introspection in circles',
    request: json({
      query: `{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }`,
    }),
    isFinding: (text) => dataOf(text)?.__schema != null,
  },
  {
    name: 'an urlencoded POST',
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query=%7B__typename%7D',
    },
    isFinding: (text) => dataOf(text)?.__typename != null,
  },
  {
    name: 'details of unhandled errors',
    request: json({ query: '{ fails }' }),
    isFinding: (text) => /exception|stack|canary/i.test(text),
  },
  {
    name: '500 times the same field',
    request: json({ query: `{ ${'__typename '.repeat(1_001)} }` }),
    isFinding: (text) => dataOf(text)?.__typename != null,
  },
];

async function find(probe: Probe, headers: Record<string, string>): Promise<boolean> {
  const { path = '', ...request } = probe.request;
  const response = await fetch(`${running.graphqlUrl}${path}`, {
    ...request,
    headers: { ...(request.headers as Record<string, string>), ...headers },
  });
  return probe.isFinding(await response.text(), response.status);
}

describe.each(probes)('$name', (probe) => {
  test('is not found without credentials', async () => {
    expect(await find(probe, {})).toBe(false);
  });

  test('is found with a key only where keys are for it', async () => {
    expect(await find(probe, { authorization })).toBe(probe.isAllowedWithKey === true);
  });
});

test('there are 13 requests', () => expect(probes).toHaveLength(13));
