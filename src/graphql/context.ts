import type { Database } from '../db/client.ts';
import type { QueryScope } from '../db/queries/collection.ts';
import type { Read } from '../db/queries/keyset.ts';
import { queryOrganization, withOrganization } from '../db/tenant.ts';
import type { PortfolioOutcome, ScenarioJob, ScenarioOutcome } from '../domain/plan/scenario-job.ts';
import type { EventHub } from '../events/hub.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { Scope } from '../shared/scopes.ts';
import type { Clock } from '../shared/time.ts';
import type { MutationPorts } from './ports.ts';

/** Language of messages and explanations. */
export type LocaleName = 'zh-CN' | 'en';

/** Who asks. */
export interface Viewer {
  readonly organizationId: OrganizationId;
  readonly scopes: ReadonlySet<Scope>;
  /** Of the request, else of the organization. */
  readonly locale: LocaleName;
  /** Name of the API key or subject of the token; null for the anonymous visitor of the demo. */
  readonly keyName: string | null;
  readonly isAnonymous: boolean;
}

/** Under which name an action is kept: that of the key; visitors of the demo share one. */
export function actorOf(viewer: Viewer): string {
  return viewer.keyName ?? 'demo';
}

/** What is left of the viewer's budget of query cost, in points, after the operation was charged. */
export interface RateBudget {
  readonly capacity: number;
  readonly remaining: number;
  readonly restorePerSecond: number;
}

/** What the composition root supplies for all requests. */
export interface GraphqlDependencies {
  readonly db: Database;
  /** Business time. */
  readonly clock: Clock;
  /** Business seconds in one real second. */
  readonly clockSpeed: () => number;
  readonly ports: MutationPorts;
  /** Where subscriptions read the event log. */
  readonly events: EventHub;
  /** Computes what-if questions on threads; absent = on the calling thread. */
  readonly planScenarios?: (jobs: readonly ScenarioJob[]) => Promise<readonly ScenarioOutcome[]>;
  /** As `planScenarios`, of each level only what a portfolio adds up. */
  readonly sumScenarios?: (jobs: readonly ScenarioJob[]) => Promise<readonly PortfolioOutcome[]>;
}

/** What one request brings along. */
export interface RequestParts {
  /** Aborted when the client leaves or the deadline passes. */
  readonly signal?: AbortSignal;
  /** Null = not limited. */
  readonly rateBudget?: RateBudget | null;
}

/** Everything a resolver may use. One per operation; for a subscription one per event, so that nothing is stale. */
export interface GraphqlContext extends GraphqlDependencies {
  readonly viewer: Viewer;
  readonly signal: AbortSignal | null;
  readonly rateBudget: RateBudget | null;
  /** Business time of this operation: the same for all its fields. */
  readonly now: Date;
  /** Loaders of this operation, by what they load. */
  readonly loaders: Map<string, unknown>;
  /**
   * Runs reads in one transaction of the viewer's organization; may be repeated after a passing fault.
   *
   * @throws the signal's reason when the client has left
   */
  read<T>(work: (scope: QueryScope) => Promise<T>): Promise<T>;
  /** Sends one statement for the viewer's organization, with its whole transaction in one round trip. */
  load<Result>(read: Read<Result>): Promise<Result>;
  /**
   * Runs one change in one transaction of the viewer's organization. Run again after a deadlock, which rolled it back:
   * the work must have no effect but in the database.
   */
  write<T>(work: (scope: QueryScope) => Promise<T>): Promise<T>;
}

/** Makes the context of one operation. */
export function createGraphqlContext(
  viewer: Viewer,
  dependencies: GraphqlDependencies,
  request: RequestParts = {},
): GraphqlContext {
  const now = dependencies.clock.now();
  const signal = request.signal ?? null;
  const { db } = dependencies;
  const { organizationId } = viewer;
  return {
    ...dependencies,
    viewer,
    signal,
    rateBudget: request.rateBudget ?? null,
    now,
    loaders: new Map(),
    read(work) {
      signal?.throwIfAborted();
      const options = { isIdempotent: true, isReadOnly: true };
      return withOrganization(db, 'app', organizationId, (sql) => work({ sql, now }), options);
    },
    async load(read) {
      signal?.throwIfAborted();
      const options = { isIdempotent: true, isReadOnly: true };
      const build = (sql: QueryScope['sql']) => read.build({ sql, now });
      return read.parse(await queryOrganization(db, 'app', organizationId, build, options));
    },
    write(work) {
      signal?.throwIfAborted();
      return withOrganization(db, 'app', organizationId, (sql) => work({ sql, now }), { isRepeatable: true });
    },
  };
}
