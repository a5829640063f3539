import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { GraphqlContext, RequestParts, Viewer } from '../../src/graphql/context.ts';
import { generateKeyText, hashKeyText } from '../../src/server/api-key.ts';
import { createAuthenticator, type KeyStore, type StoredKey } from '../../src/server/auth.ts';
import { createServer, type Server } from '../../src/server/server.ts';
import type { ServerOptions } from '../../src/server/server-options.ts';
import { brandId } from '../../src/shared/ids.ts';
import type { Log, LogFields } from '../../src/shared/log.ts';
import { type Scope, scopes } from '../../src/shared/scopes.ts';

/** A server on a free port of 127.0.0.1. */
export interface TestServer extends AsyncDisposable {
  readonly server: Server;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** `http://127.0.0.1:port/graphql`. */
  readonly graphqlUrl: string;
  /** `ws://127.0.0.1:port/graphql`. */
  readonly socketUrl: string;
  /** What was logged at warn and error. */
  readonly logged: { message: string; fields: LogFields }[];
}

/** Starts a server; give it a schema and how contexts are made, the rest has defaults for tests. */
export async function startTestServer(
  options: Partial<ServerOptions> & Pick<ServerOptions, 'schema' | 'authenticator'>,
): Promise<TestServer> {
  const logged: TestServer['logged'] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (fields, message) => logged.push({ fields, message }),
    error: (fields, message) => logged.push({ fields, message }),
    child: () => log,
  };
  const server = createServer({
    createContext: stubContext,
    contextOfEvent: (context) => context,
    isAnonymousAllowed: false,
    graphiql: null,
    log,
    ...options,
  });
  await server.listen('127.0.0.1', 0);
  const url = server.url();
  return {
    server,
    url,
    graphqlUrl: `${url}/graphql`,
    socketUrl: `${url.replace('http', 'ws')}/graphql`,
    logged,
    [Symbol.asyncDispose]: () => server.stop(1_000),
  };
}

/** A context for schemas of tests, which look at the viewer and the signal only. */
function stubContext(viewer: Viewer, request: RequestParts): GraphqlContext {
  return { viewer, signal: request.signal ?? null } as GraphqlContext;
}

/** A viewer who may do everything. */
export function makeViewer(given: Partial<Viewer> = {}): Viewer {
  return {
    organizationId: brandId(randomUUID()),
    scopes: new Set(scopes),
    locale: 'en',
    keyName: null,
    isAnonymous: true,
    ...given,
  };
}

/** Keys in memory, for tests without a database. */
export interface MemoryKeys extends KeyStore {
  /** Makes a key. @returns its text */
  add(given?: { scopes?: Scope[]; expiresAt?: Date | null; organizationId?: string }): string;
  revoke(text: string): void;
  readonly touchedIds: string[];
}

/** An empty store of keys. */
export function createMemoryKeys(): MemoryKeys {
  const keys = new Map<string, StoredKey>();
  const touchedIds: string[] = [];
  return {
    touchedIds,
    find: async (prefix) => keys.get(prefix) ?? null,
    async touch(keyId) {
      touchedIds.push(keyId);
    },
    localeOf: async () => 'en',
    add(given = {}) {
      const key = generateKeyText();
      keys.set(key.prefix, {
        keyId: randomUUID(),
        organizationId: given.organizationId ?? randomUUID(),
        name: 'test key',
        secretSha256: key.sha256,
        scopes: given.scopes ?? [...scopes],
        expiresAt: given.expiresAt ?? null,
        revokedAt: null,
      });
      return key.text;
    },
    revoke(text) {
      for (const [prefix, key] of keys) {
        if (key.secretSha256 === hashKeyText(text)) keys.set(prefix, { ...key, revokedAt: new Date() });
      }
    },
  };
}

/** The demo: callers without a key are signed in. */
export function anonymousOptions(schema: GraphQLSchema, viewer = makeViewer()) {
  return {
    schema,
    isAnonymousAllowed: true,
    authenticator: createAuthenticator(createMemoryKeys(), viewer),
  };
}
