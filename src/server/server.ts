import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import type { Authenticator, Session } from './auth.ts';
import { describeError } from './describe-error.ts';
import type { ExecutionOptions } from './execution.ts';
import { createGraphiqlPage, type StarterOperation } from './graphiql.ts';
import { createGraphqlHttp } from './graphql-http.ts';
import type { ReadinessCheck } from './health.ts';
import { type Limits, limitsDefault } from './limits.ts';
import { isOriginAllowed, refuseForeign } from './local-guard.ts';
import { createMetrics } from './metrics.ts';
import { createOperations } from './operations.ts';
import { type Refusal, refusals, sendRefusal } from './refusal.ts';
import { createRoutes, type PushReceiver, pathOf, routeNameOf, type StaticFiles } from './routes.ts';
import { createStreams } from './streams.ts';
import { createWebsockets } from './websockets.ts';

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

/** A running API server. */
export interface Server {
  /**
   * Starts to listen.
   * @param port - 0 = any free one
   * @throws AppError `invalid_configuration` when the address is taken or not of this machine
   */
  listen(host: string, port: number): Promise<void>;
  /** `http://host:port`, once it listens. */
  url(): string;
  /** Asks the process' load balancer to send nothing new, before `stop`. */
  drain(): void;
  /**
   * Stops: not ready, no new connections, event streams end with `complete` and sockets with 1001, running queries
   * get `graceMs` (default 10 s) and are then aborted. Safe to call twice.
   */
  stop(graceMs?: number): Promise<void>;
  /** How much is open now. */
  counts(): { sockets: number; streams: number; operations: number };
}

/** A key that was revoked is noticed on open connections within this, ms. */
const recheckEveryMsDefault = 30 * secondMs;
const headersMsMax = 10 * secondMs;
const requestMsMax = 30 * secondMs;
/** Longer than the minute that load balancers usually keep idle connections, so that they close first. */
const keepAliveMs = 65 * secondMs;
/** A sender of a refused body gets this long to read why, ms. */
const unreadBodyMs = secondMs;

/** Puts the server together; nothing is opened before `listen`. */
export function createServer(options: ServerOptions): Server {
  const { log, authenticator } = options;
  const limits: Limits = { ...limitsDefault, ...options.limits };
  const origins: ReadonlySet<string> = new Set(options.corsOrigins ?? []);
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
    operationMsMax: limits.operationMsMax,
  });
  let isDraining = false;
  let stopping: Promise<void> | null = null;

  const refuseRequest = (request: IncomingMessage): Refusal | null =>
    options.isAnonymousAllowed ? refuseForeign(request, origins) : null;
  const refuseUpgrade = (request: IncomingMessage): Refusal | null => {
    if (isDraining) return refusals.stopping;
    if (pathOf(request) !== '/graphql') return refusals.notFound;
    if (!isOriginAllowed(request, origins)) return foreignOrigin;
    return refuseRequest(request);
  };
  const websockets = createWebsockets({
    graphql,
    authenticator,
    limits,
    metrics,
    log,
    refuseUpgrade,
    ...(options.sweepEveryMs === undefined ? {} : { sweepEveryMs: options.sweepEveryMs }),
  });
  const routes = createRoutes({
    graphql,
    authenticator,
    metrics,
    limits,
    readinessChecks: options.readinessChecks ?? [],
    isStopping: () => isDraining,
    graphiql: options.graphiql === null ? null : createGraphiqlPage(options.graphiql),
    receivePush: options.receivePush ?? null,
    staticFiles: options.staticFiles ?? null,
    refuseRequest,
  });

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    const name = routeNameOf(request);
    prepare(request, response, isDraining);
    response.once('close', () => {
      metrics.request(name, response.statusCode);
      const ms = Math.round(performance.now() - startedMs);
      log.debug({ route: name, method: request.method, status: response.statusCode, ms }, 'request');
    });
    try {
      const refusal = await routes[name]?.(request, response);
      if (refusal !== undefined) sendRefusal(response, refusal);
    } catch (error) {
      log.error({ route: name, ...describeError(error) }, 'a request could not be answered');
      if (response.headersSent) response.destroy();
      else sendRefusal(response, unexpected);
    }
  };
  const http = createHttpServer(
    { headersTimeout: headersMsMax, requestTimeout: requestMsMax, keepAliveTimeout: keepAliveMs },
    (request, response) => void handle(request, response),
  );
  http.on('upgrade', websockets.upgrade);

  const recheck = async (): Promise<void> => {
    const open: Session[] = [...websockets.sessions(), ...[...streams.all()].map(({ session }) => session)];
    const byKey = Map.groupBy(open, ({ keyId }) => keyId);
    for (const [keyId, sessions] of byKey) {
      const first = sessions[0];
      if (keyId === null || first === undefined) continue;
      try {
        if (await authenticator.isStillValid(first)) continue;
      } catch {
        // The database is away: a key that held a moment ago holds until somebody can say otherwise.
        continue;
      }
      for (const session of sessions) websockets.closeSession(session);
      for (const stream of streams.all()) if (stream.session.keyId === keyId) stream.end();
    }
  };
  let rechecker: NodeJS.Timeout | null = null;

  const stopNow = async (graceMs: number): Promise<void> => {
    isDraining = true;
    if (rechecker !== null) clearInterval(rechecker);
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    for (const stream of streams.all()) stream.end();
    websockets.closeIdle();
    await operations.whenIdle(graceMs);
    operations.abortAll();
    await websockets.closeAll();
    http.closeIdleConnections();
    const cut = setTimeout(() => http.closeAllConnections(), secondMs);
    await closed;
    clearTimeout(cut);
    metrics.registry.clear();
  };

  return {
    async listen(host, port) {
      await new Promise<void>((resolve, reject) => {
        http.once('error', (error) => reject(cannotListen(host, port, error)));
        http.listen(port, host, resolve);
      });
      rechecker = setInterval(() => void recheck(), options.recheckEveryMs ?? recheckEveryMsDefault).unref();
    },
    url() {
      const { address, family, port } = http.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    },
    drain() {
      isDraining = true;
    },
    stop(graceMs = 10 * secondMs) {
      stopping ??= http.listening ? stopNow(graceMs) : Promise.resolve();
      return stopping;
    },
    counts: () => ({ sockets: websockets.count(), streams: streams.count(), operations: operations.count() }),
  };
}

const foreignOrigin: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'Pages of this Origin may not open a socket here.',
};

const unexpected: Refusal = { status: 500, code: 'INTERNAL', message: 'Something went wrong on our side.' };

/** Headers of every answer, and an end for connections whose sender goes on after the answer. */
function prepare(request: IncomingMessage, response: ServerResponse, isDraining: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  if (isDraining) response.setHeader('connection', 'close');
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.destroy(), unreadBodyMs).unref();
  });
}

function cannotListen(host: string, port: number, error: Error): AppError {
  const code = 'code' in error ? String(error.code) : error.message;
  return new AppError(
    'invalid_configuration',
    `cannot listen on ${host}:${port} (${code}): set HOST and PORT to a free address of this machine`,
    { cause: error },
  );
}
