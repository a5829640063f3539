import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anonymousOptions, startTestServer, type TestServer } from '../support/app.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let running: TestServer;
beforeAll(async () => {
  running = await startTestServer(anonymousOptions(createStubSchema().schema));
});
afterAll(() => running[Symbol.asyncDispose]());

const aliases = `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: hello`).join(' ')} }`;
const deep = `{ ${'a { '.repeat(12)} b ${'}'.repeat(12)} }`;
const directives = `{ hello ${'@include(if: true) '.repeat(6)} }`;

describe('a document over a limit is refused by code, in the language of the request', () => {
  test.each([
    [aliases, 'TOO_MANY_ALIASES', '15', 'The query holds more than 15 aliases', '查询中的别名超过 15 个'],
    [deep, 'QUERY_TOO_DEEP', '12', 'The query is nested more than 12 levels deep', '查询嵌套超过 12 层'],
    [
      directives,
      'TOO_MANY_DIRECTIVES',
      '5',
      'The query holds more than 5 directives',
      '查询中的指令超过 5 个',
    ],
  ])('%s', async (query, code, max, english, chinese) => {
    const ask = async (language: string) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'accept-language': language,
      };
      const response = await fetch(running.graphqlUrl, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      expect(response.status).toBe(400);
      return ((await response.json()) as { errors: object[] }).errors;
    };
    // Twice: the second time it is known already, from a client of another language.
    for (const [language, message] of [
      ['en', english],
      ['zh-CN', chinese],
      ['en', english],
    ] as const) {
      expect(await ask(language)).toMatchObject([{ message, extensions: { code, params: { max } } }]);
    }
  });
});
