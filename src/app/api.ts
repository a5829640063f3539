import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { BusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import { countAppliedMigrations, countExpectedMigrations } from '../db/migrate.ts';
import { loadEventLogPage } from '../db/queries/event-log.ts';
import { createEventHub } from '../events/hub.ts';
import type { Wakeup } from '../events/wakeup.ts';
import { createGraphqlContext, type Viewer } from '../graphql/context.ts';
import { contextOfEvent } from '../graphql/event-stream.ts';
import type { MutationPorts } from '../graphql/ports.ts';
import { schema } from '../graphql/schema.ts';
import { createScenarioThreads } from '../pipeline/scenario-threads.ts';
import { createAuthenticator } from '../server/auth.ts';
import { loadStarterOperations } from '../server/graphiql.ts';
import { createKeyStore } from '../server/key-store.ts';
import type { PushReceiver } from '../server/routes.ts';
import { createServer, type Server } from '../server/server.ts';
import { createStaticFiles } from '../server/static-files.ts';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { scopes } from '../shared/scopes.ts';
import { migrationsDir, projectDir } from './database.ts';
import { demoOrganizationId } from './demo.ts';

/** What the API is made of. */
export interface ApiDependencies {
  readonly config: Config;
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly wakeup: Wakeup;
  readonly ports: MutationPorts;
  readonly receivePush: PushReceiver;
  /** True = visitors of this machine are signed in to the demo. */
  readonly isDemo: boolean;
  readonly log: Log;
}

const readyMsMax = 1_000;

/** Everything an operator may do, but neither keys nor shops' tokens. */
const demoViewer: Viewer = {
  organizationId: demoOrganizationId,
  scopes: new Set(scopes.filter((scope) => scope !== 'admin:shops')),
  locale: 'zh-CN',
  keyName: null,
  isAnonymous: true,
};

/**
 * Starts to listen.
 *
 * @throws AppError `invalid_configuration` when the address is taken or not of this machine
 */
export async function startApi(deps: ApiDependencies): Promise<{ server: Server; stop(): Promise<void> }> {
  const { config, db, clock, log } = deps;
  const events = createEventHub({
    load: (organizationId, after, limit) => loadEventLogPage(db, organizationId, after, limit),
    wakeup: deps.wakeup,
    log: log.child({ part: 'events' }),
  });
  const threads = createScenarioThreads(availableParallelism());
  const dependencies = {
    ...{ db, clock, clockSpeed: () => clock.speed, ports: deps.ports, events },
    planScenarios: threads.run,
    sumScenarios: threads.sum,
  };
  const server = createServer({
    schema,
    createContext: (viewer, request) => createGraphqlContext(viewer, dependencies, request),
    contextOfEvent,
    authenticator: createAuthenticator(createKeyStore(db), deps.isDemo ? demoViewer : null),
    log: log.child({ part: 'server' }),
    isAnonymousAllowed: deps.isDemo,
    graphiql: await loadStarterOperations(resolve(projectDir, 'schema/operations')),
    corsOrigins: config.corsOrigins,
    limits: { pointsPerSecondMax: config.queryPointsPerSecond },
    readinessChecks: [{ name: 'database', check: () => checkDatabase(db) }],
    receivePush: deps.receivePush,
    staticFiles: createStaticFiles({
      folder: resolve(projectDir, 'dist/dashboard'),
      pageNames: ['alerts', 'items', 'suggestions', 'warehouses', 'connections'],
    }),
  });
  try {
    await server.listen(config.host, config.port);
  } catch (error) {
    events.stop();
    throw error;
  }
  return {
    server,
    async stop() {
      await server.stop();
      await threads.stop();
      events.stop();
    },
  };
}

/** Ready means: the database answers, and it has every migration that this program was written for. */
async function checkDatabase(db: Database): Promise<void> {
  const applied = await countAppliedMigrations(db, readyMsMax);
  if (applied < countExpectedMigrations(migrationsDir)) {
    throw new AppError('transient', 'the database lacks migrations');
  }
}
