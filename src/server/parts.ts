import type { IncomingMessage } from 'node:http';
import { createCostBudgets } from './cost-budget.ts';
import { createGraphiqlPage } from './graphiql.ts';
import { createGraphqlHttp } from './graphql-http.ts';
import { type Limits, limitsDefault } from './limits.ts';
import { isOriginAllowed, refuseForeign } from './local-guard.ts';
import { createMetrics, type ServerMetrics } from './metrics.ts';
import { createOperations, type Operations } from './operations.ts';
import { type Refusal, refusals } from './refusal.ts';
import { createRoutes, pathOf, type Route } from './routes.ts';
import type { ServerOptions } from './server-options.ts';
import { createStreams, type Streams } from './streams.ts';
import { createWebsockets, type Websockets } from './websockets.ts';

/** The parts of one server, put together. */
export interface ServerParts {
  readonly operations: Operations;
  readonly streams: Streams;
  readonly metrics: ServerMetrics;
  readonly websockets: Websockets;
  readonly routes: Readonly<Record<string, Route>>;
}

/** How far the end of a server is; asked at every request. */
interface EndState {
  /** No longer ready. */
  readonly isDraining: () => boolean;
  /** Takes no more sockets. */
  readonly isStopping: () => boolean;
}

/** Puts the parts together; nothing is opened. */
export function createParts(options: ServerOptions, end: EndState): ServerParts {
  const limits: Limits = { ...limitsDefault, ...options.limits };
  const operations = createOperations();
  const streams = createStreams();
  const metrics = createMetrics({
    sockets: () => websockets.count(),
    streams: streams.count,
    operations: operations.count,
  });
  const graphql = createGraphqlHttp({
    ...options,
    corsOrigins: options.corsOrigins ?? [],
    limits,
    operations,
    streams,
    metrics,
    costBudgets: createCostBudgets(limits.pointsPerSecondMax),
    operationMsMax: limits.operationMsMax,
  });
  const guards = createGuards(options, end.isStopping);
  const { log, authenticator, sweepEveryMs } = options;
  const websockets = createWebsockets({
    ...{ graphql, authenticator, limits, metrics, log },
    refuseUpgrade: guards.refuseUpgrade,
    ...(sweepEveryMs === undefined ? {} : { sweepEveryMs }),
  });
  const routes = createRoutes({
    ...{ graphql, authenticator, metrics, limits },
    isStopping: end.isDraining,
    readinessChecks: options.readinessChecks ?? [],
    graphiql: options.graphiql === null ? null : createGraphiqlPage(options.graphiql),
    receivePush: options.receivePush ?? null,
    staticFiles: options.staticFiles ?? null,
    refuseRequest: guards.refuseRequest,
  });
  return { operations, streams, metrics, websockets, routes };
}

/** Who is turned away before anybody looks at credentials. */
function createGuards(options: ServerOptions, isStopping: () => boolean) {
  const origins: ReadonlySet<string> = new Set(options.corsOrigins ?? []);
  const refuseRequest = (request: IncomingMessage): Refusal | null =>
    options.isAnonymousAllowed ? refuseForeign(request, origins) : null;
  return {
    refuseRequest,
    refuseUpgrade(request: IncomingMessage): Refusal | null {
      if (isStopping()) return refusals.stopping;
      if (pathOf(request) !== '/graphql') return refusals.notFound;
      if (!isOriginAllowed(request, origins)) return foreignOrigin;
      return refuseRequest(request);
    },
  };
}

const foreignOrigin: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: {
    'zh-CN': '此来源（Origin）的页面不能在这里建立连接',
    en: 'Pages of this Origin may not open a socket here.',
  },
};
