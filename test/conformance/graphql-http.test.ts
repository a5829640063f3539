import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../../src/server/key-store.ts';
import { scopes } from '../../src/shared/scopes.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { makeViewer } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createEventWorld } from '../support/event-world.ts';

/** The audits of the GraphQL over HTTP specification, each as it is: a warning counts as a failure. */
describe.each(['with a key', 'in the demo'])('GraphQL over HTTP, %s', (profile) => {
  let database: TestDatabase;
  let api: TestApi;
  let authorization: string | null = null;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { organizationId } = await createEventWorld(database);
    if (profile === 'in the demo') {
      api = await startApi(database.db, makeViewer({ organizationId }), { graphiql: [] });
      return;
    }
    const key = { organizationId, name: 'audits', scopes, expiresAt: null };
    authorization = `Bearer ${await createApiKey(database.db, key)}`;
    api = await startApi(database.db, null);
  });
  afterAll(async () => {
    await api[Symbol.asyncDispose]();
    await database.drop();
  });

  const audits = serverAudits({
    url: () => api.graphqlUrl,
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
