import type { Database } from '../../src/db/client.ts';
import { loadEventLogPage } from '../../src/db/queries/event-log.ts';
import { createEventHub, type EventHub } from '../../src/events/hub.ts';
import type { Wakeup } from '../../src/events/wakeup.ts';
import { createPostgresWakeup } from '../../src/events/wakeup-postgres.ts';
import { createGraphqlContext, type Viewer } from '../../src/graphql/context.ts';
import { contextOfEvent } from '../../src/graphql/event-stream.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createAuthenticator } from '../../src/server/auth.ts';
import { createKeyStore } from '../../src/server/key-store.ts';
import type { ServerOptions } from '../../src/server/server-options.ts';
import { silentLog } from '../../src/shared/log.ts';
import { systemClock } from '../../src/shared/time.ts';
import { pipelinePorts } from '../graphql/ports.ts';
import { startTestServer, type TestServer } from './app.ts';

/** The real API on a database of a test. */
export interface TestApi extends TestServer {
  readonly hub: EventHub;
  /** Announce here after a commit that wrote events. */
  readonly wakeup: Wakeup;
}

/**
 * Starts the API with the real schema, the real keys and the real event log.
 *
 * @param anonymous - who callers without a key are; null = keys only
 * @param options.pollEveryMs - of the event hub; raise it to prove that wake-ups work
 */
export async function startApi(
  db: Database,
  anonymous: Viewer | null,
  options: Partial<ServerOptions> & { pollEveryMs?: number } = {},
): Promise<TestApi> {
  const { pollEveryMs, ...serverOptions } = options;
  const wakeup = createPostgresWakeup(db, silentLog);
  const hub = createEventHub({
    load: (organizationId, after, limit) => loadEventLogPage(db, organizationId, after, limit),
    wakeup,
    log: silentLog,
    ...(pollEveryMs === undefined ? {} : { pollEveryMs }),
  });
  const dependencies = { db, clock: systemClock, clockSpeed: () => 1, ports: pipelinePorts(), events: hub };
  const running = await startTestServer({
    schema,
    createContext: (viewer, request) => createGraphqlContext(viewer, dependencies, request),
    contextOfEvent,
    authenticator: createAuthenticator(createKeyStore(db), anonymous),
    isAnonymousAllowed: anonymous !== null,
    ...serverOptions,
  });
  return {
    ...running,
    hub,
    wakeup,
    async [Symbol.asyncDispose]() {
      await running.server.stop(2_000);
      hub.stop();
      wakeup.stop();
    },
  };
}
