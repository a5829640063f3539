import { readdirSync, readFileSync } from 'node:fs';
import {
  type DocumentNode,
  type OperationDefinitionNode,
  parse,
  print,
  type TypedQueryDocumentNode,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../gql/operations.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { post, socketClient } from '../support/graphql-client.ts';
import { viewerOf } from './ask.ts';
import { buildOrganization } from './world.ts';

const folder = new URL('../../schema/operations/', import.meta.url);
const starters = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const [operation] = parse(text).definitions as OperationDefinitionNode[];
    return { file, text, kind: operation?.operation, name: operation?.name?.value ?? '' };
  });

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await buildOrganization(database.sql, 'O', 5);
  api = await startApi(database.db, viewerOf(world.organizationId));
});
afterAll(async () => {
  await api?.[Symbol.asyncDispose]();
  await database.drop();
});

describe.each(starters)('$file', ({ text, kind, name }) => {
  it('is named and explained in both languages', () => {
    expect(name).toMatch(/^[A-Z]/);
    const [first = '', second = ''] = text.split('\n');
    expect(first).toMatch(/^# .*\p{Script=Han}/u);
    expect(second).toMatch(/^# [A-Z][^\p{Script=Han}]*$/u);
  });

  it('has a typed document', () => {
    const document = (documents as unknown as Record<string, DocumentNode>)[`${name}Document`];
    expect(document === undefined ? null : print(document)).toBe(print(parse(text, { noLocation: true })));
  });

  it('runs as it stands', async () => {
    if (kind !== 'subscription') {
      const answer = await post(api.graphqlUrl, text);
      expect(answer.errors).toBeUndefined();
      expect(answer.status).toBe(200);
      return;
    }
    const client = socketClient(api.socketUrl);
    const events = client.iterate({ query: text, variables: { after: 'begin' } });
    const first = await events.next();
    expect(first.value.errors).toBeUndefined();
    expect(Object.values(first.value.data)[0]).toMatchObject({ cursor: expect.any(String) });
    await events.return?.();
    await client.dispose();
  });
});

describe('typed documents', () => {
  /** What a front end writes: the answer's type comes with the document. */
  const run = async <Data, Variables extends Record<string, unknown>>(
    document: TypedQueryDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    const answer = await post<Data & Record<string, unknown>>(api.graphqlUrl, print(document), variables);
    if (answer.data == null) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };

  it('give numbers as text and lists without nulls', async () => {
    const { stockLevels } = await run(documents.WhatIsLowNowDocument, { first: 2 });
    const [first] = stockLevels.nodes;
    expect(first?.item.sku).toBe('O-001');
    const available: string | undefined = first?.available;
    expect(available).toBe('3');
    expect(stockLevels.pageInfo.hasNextPage).toBe(true);
  });

  it('tell the business time and the counts', async () => {
    const { overview, viewer } = await run(documents.TodaysOverviewDocument, {});
    expect(overview.itemCount).toBe(5);
    expect(new Date(viewer.businessTime).toISOString()).toBe(viewer.businessTime);
  });
});
