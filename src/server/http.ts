import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import { describeError } from './describe-error.ts';
import type { ServerParts } from './parts.ts';
import { type Refusal, sendRefusal } from './refusal.ts';
import { routeNameOf } from './routes.ts';

/** From the first byte of a request to the end of its headers, ms. */
const headersMsMax = 10 * secondMs;
/** From the first byte of a request to the end of its body, ms. */
const requestMsMax = 30 * secondMs;
/** Longer than the minute that load balancers usually keep idle connections, so that they close first. */
const keepAliveMs = 65 * secondMs;
/** A sender of a refused body gets this long to read why, ms. */
const unreadBodyMs = secondMs;

/** The HTTP side: every request goes to its route, is counted and, at debug level, logged without its contents. */
export function createHttp(parts: ServerParts, log: Log, isStopping: () => boolean): HttpServer {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    const name = routeNameOf(request);
    prepare(request, response, isStopping());
    response.once('close', () => {
      parts.metrics.request(name, response.statusCode);
      const ms = Math.round(performance.now() - startedMs);
      log.debug({ route: name, method: request.method, status: response.statusCode, ms }, 'request');
    });
    try {
      const refusal = await parts.routes[name]?.(request, response);
      if (refusal !== undefined) sendRefusal(response, refusal);
    } catch (error) {
      log.error({ route: name, ...describeError(error) }, 'a request could not be answered');
      if (response.headersSent) response.destroy();
      else sendRefusal(response, unexpected);
    }
  };
  const http = createServer(
    { headersTimeout: headersMsMax, requestTimeout: requestMsMax, keepAliveTimeout: keepAliveMs },
    (request, response) => void handle(request, response),
  );
  return http.on('upgrade', parts.websockets.upgrade);
}

const unexpected: Refusal = {
  status: 500,
  code: 'INTERNAL',
  message: { 'zh-CN': '服务器内部错误，已记录', en: 'Something went wrong on our side.' },
};

/** Headers of every answer, and an end for connections whose sender goes on after the answer. */
function prepare(request: IncomingMessage, response: ServerResponse, isStopping: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  if (isStopping) response.setHeader('connection', 'close');
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => request.destroy(), unreadBodyMs).unref();
  });
}
