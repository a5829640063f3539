import { type ExecutionResult, graphql } from 'graphql';
import type { Database } from '../../src/db/client.ts';
import type { Sql } from '../../src/db/connection.ts';
import { createGraphqlContext, type Viewer } from '../../src/graphql/context.ts';
import type { MutationPorts } from '../../src/graphql/ports.ts';
import { schema } from '../../src/graphql/schema.ts';
import { brandId } from '../../src/shared/ids.ts';
import { scopes } from '../../src/shared/scopes.ts';
import { worldNow } from './world.ts';

/** Ports of a test that changes nothing. */
const noPorts = {} as MutationPorts;

/** A viewer of an organization who may do everything. */
export function viewerOf(organizationId: string, changes: Partial<Viewer> = {}): Viewer {
  return {
    organizationId: brandId(organizationId),
    scopes: new Set(scopes),
    locale: 'en',
    keyName: 'tests',
    isAnonymous: false,
    ...changes,
  };
}

/** An answer as JSON, with the number of SQL statements it took besides BEGIN and COMMIT. */
export interface Answer {
  // Answers are compared with what a client would see, so their type is what JSON.parse gives.
  readonly data: JsonObject | null;
  readonly errors: { message: string; code: unknown; params: unknown; path: unknown }[];
  readonly statementCount: number;
}

/** What JSON.parse gives for an object, for reading answers in tests. */
// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is the test's own knowledge
export type JsonObject = any;

/** Runs one operation as a viewer. */
export async function ask(
  db: Database,
  viewer: Viewer,
  source: string,
  variables: Record<string, unknown> = {},
  ports: MutationPorts = noPorts,
): Promise<Answer> {
  const counter = { statements: 0 };
  const context = createGraphqlContext(viewer, {
    db: countStatements(db, counter),
    clock: { now: () => worldNow },
    clockSpeed: () => 1,
    ports,
    events: {} as never,
  });
  const result: ExecutionResult = await graphql({
    schema,
    source,
    variableValues: variables,
    contextValue: context,
  });
  const answer = JSON.parse(JSON.stringify(result)) as { data?: JsonObject; errors?: JsonObject[] };
  return {
    data: answer.data ?? null,
    errors: (answer.errors ?? []).map(({ message, extensions, path }) => ({
      ...{ message, code: extensions?.code, params: extensions?.params, path },
    })),
    statementCount: counter.statements,
  };
}

/** Runs one operation that must answer without errors. */
export async function askWell(...args: Parameters<typeof ask>): Promise<JsonObject> {
  const { data, errors } = await ask(...args);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return data;
}

function countStatements(db: Database, counter: { statements: number }): Database {
  const counted = (sql: Sql): Sql =>
    new Proxy(sql, {
      apply(target, self, args: unknown[]) {
        const made = Reflect.apply(target as unknown as (...given: unknown[]) => unknown, self, args);
        if (isQuery(made)) {
          const { handler } = made;
          // Pieces of SQL set into others never reach their handler.
          made.handler = (query) => {
            counter.statements += 1;
            return handler(query);
          };
        }
        return made;
      },
    });
  return {
    ...db,
    transaction: (role, settings, work, options) =>
      db.transaction(role, settings, (sql) => work(counted(sql)), options),
    statement: (role, settings, build, options) =>
      db.statement(role, settings, (sql) => build(counted(sql)), options),
  };
}

function isQuery(made: unknown): made is { handler: (query: unknown) => unknown } {
  return typeof made === 'object' && made !== null && 'handler' in made && typeof made.handler === 'function';
}
