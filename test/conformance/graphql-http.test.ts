import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../src/server/auth.ts';
import { anonymousOptions, createMemoryKeys, startTestServer, type TestServer } from '../support/app.ts';
import { createStubSchema } from '../support/stub-schema.ts';

/** The audits of the GraphQL over HTTP specification, each as it is: a warning counts as a failure. */
describe.each(['with a key', 'in the demo'])('GraphQL over HTTP, %s', (profile) => {
  let running: TestServer;
  let authorization: string | null = null;

  beforeAll(async () => {
    const { schema } = createStubSchema();
    if (profile === 'in the demo') {
      running = await startTestServer(anonymousOptions(schema));
      return;
    }
    const keys = createMemoryKeys();
    authorization = `Bearer ${keys.add()}`;
    running = await startTestServer({ schema, authenticator: createAuthenticator(keys, null) });
  });
  afterAll(() => running[Symbol.asyncDispose]());

  const audits = serverAudits({
    url: () => running.graphqlUrl,
    fetchFn: (url: string, init?: RequestInit) =>
      fetch(url, {
        ...init,
        headers: { ...init?.headers, ...(authorization === null ? {} : { authorization }) },
      }),
  });

  test('there are 61 of them', () => expect(audits).toHaveLength(61));

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (_id, _name, audit) => {
      const outcome = await audit.fn();
      expect(outcome.status === 'ok' ? 'ok' : `${outcome.status}: ${outcome.reason}`).toBe('ok');
    },
  );
});
