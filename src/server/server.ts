import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';
import { createHttp } from './http.ts';
import { createParts, type ServerParts } from './parts.ts';
import { recheckSessions } from './recheck.ts';
import type { ServerOptions } from './server-options.ts';

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
  /**
   * Not ready from now on, so that the load balancer sends nothing new; what it sends until it has noticed is
   * served. To be followed by `stop`.
   */
  drain(): void;
  /**
   * Stops: not ready, no new connections or sockets, event streams end with `complete` and sockets with 1001, running queries
   * get `graceMs` (default 10 s) and are then aborted. Safe to call twice.
   */
  stop(graceMs?: number): Promise<void>;
  /** How much is open now. */
  counts(): { sockets: number; streams: number; operations: number };
}

/** A key that was revoked is noticed on open connections within this, ms. */
const recheckEveryMsDefault = 30 * secondMs;

/** Puts the server together; nothing is opened before `listen`. */
export function createServer(options: ServerOptions): Server {
  let isDraining = false;
  let rechecker: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | null = null;
  const parts = createParts(options, { isDraining: () => isDraining, isStopping: () => stopping !== null });
  const http = createHttp(parts, options.log, () => isDraining);
  return {
    async listen(host, port) {
      await new Promise<void>((resolve, reject) => {
        http.once('error', (error) => reject(cannotListen(host, port, error)));
        http.listen(port, host, resolve);
      });
      const recheck = () => void recheckSessions(parts, options.authenticator);
      rechecker = setInterval(recheck, options.recheckEveryMs ?? recheckEveryMsDefault).unref();
    },
    url() {
      const { address, family, port } = http.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    },
    drain() {
      isDraining = true;
    },
    stop(graceMs = 10 * secondMs) {
      isDraining = true;
      clearInterval(rechecker);
      stopping ??= http.listening ? close(http, parts, graceMs) : Promise.resolve();
      return stopping;
    },
    counts: () => ({
      sockets: parts.websockets.count(),
      streams: parts.streams.count(),
      operations: parts.operations.count(),
    }),
  };
}

/** In this order, so that whoever is connected is told before it is cut, and no query fails that could finish. */
async function close(http: HttpServer, parts: ServerParts, graceMs: number): Promise<void> {
  const { streams, websockets, operations } = parts;
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  for (const stream of streams.all()) stream.end();
  websockets.closeIdle();
  await operations.whenIdle(graceMs);
  operations.abortAll();
  await websockets.closeAll();
  http.closeIdleConnections();
  // What is still open now is a client that does not read its answer.
  const cut = setTimeout(() => http.closeAllConnections(), secondMs);
  await closed;
  clearTimeout(cut);
  parts.metrics.registry.clear();
}

function cannotListen(host: string, port: number, error: Error): AppError {
  const code = 'code' in error ? String(error.code) : error.message;
  return new AppError(
    'invalid_configuration',
    `cannot listen on ${host}:${port} (${code}): set HOST and PORT to a free address of this machine`,
    { cause: error },
  );
}
