import type { GraphQLSchema } from 'graphql';
import type { Log } from '../shared/log.ts';
import type { Authenticator } from './auth.ts';
import type { ExecutionOptions } from './execution.ts';
import type { StarterOperation } from './graphiql.ts';
import type { ReadinessCheck } from './health.ts';
import type { Limits } from './limits.ts';
import type { PushReceiver, StaticFiles } from './routes.ts';

/** Everything the API server is made of; what is optional is off. */
export interface ServerOptions extends Pick<ExecutionOptions, 'createContext' | 'contextOfEvent'> {
  readonly schema: GraphQLSchema;
  readonly authenticator: Authenticator;
  readonly log: Log;
  /**
   * True when callers without a key get in: only for the demo on one machine. Then whatever does not come
   * from this machine's own person is refused.
   */
  readonly isAnonymousAllowed: boolean;
  /** The tabs GraphiQL opens with; null = GraphiQL is off. */
  readonly graphiql: readonly StarterOperation[] | null;
  /** Origins of pages elsewhere that may call this API, such as `https://shop.example.com`. */
  readonly corsOrigins?: readonly string[];
  readonly readinessChecks?: readonly ReadinessCheck[];
  readonly receivePush?: PushReceiver;
  readonly staticFiles?: StaticFiles;
  readonly limits?: Partial<Limits>;
  /** How often keys of long connections are looked at again, ms, at most a minute. */
  readonly recheckEveryMs?: number;
  /** How often sockets are looked after, ms. */
  readonly sweepEveryMs?: number;
}
