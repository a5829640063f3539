import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import type { Session } from './auth.ts';
import { describeError } from './describe-error.ts';
import type { Limits } from './limits.ts';
import type { ServerMetrics } from './metrics.ts';
import { bodyOf, type Refusal } from './refusal.ts';
import { forbiddenCode, type Socket, wrapSocket } from './socket.ts';
import { createSocketCounts, type Seat } from './socket-counts.ts';
import { createSocketProtocol, type SocketProtocolOptions } from './socket-protocol.ts';

/** What the websocket side needs. */
export interface WebsocketOptions extends Omit<SocketProtocolOptions, 'admit'> {
  readonly limits: Limits;
  readonly metrics: ServerMetrics;
  readonly log: Log;
  /** Decides about an upgrade before a socket exists; null = go on. */
  readonly refuseUpgrade: (request: IncomingMessage) => Refusal | null;
  /** How often sockets are looked after, ms. */
  readonly sweepEveryMs?: number;
}

/** The websockets of this server. */
export interface Websockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  count(): number;
  /** Sessions that have sockets now. */
  sessions(): Iterable<Session>;
  /** Closes the sockets of a session whose key no longer holds. */
  closeSession(session: Session): void;
  /** Says goodbye (1001) to the sockets on which no query is under way. */
  closeIdle(): void;
  /** Says goodbye to all; settles when they are gone. */
  closeAll(): Promise<void>;
}

const sweepEveryMsDefault = 5 * secondMs;

/** Serves `graphql-transport-ws` on upgraded connections. */
export function createWebsockets(options: WebsocketOptions): Websockets {
  const { limits, log, metrics } = options;
  const sockets = new Map<Socket, Seat>();
  const counts = createSocketCounts(limits);
  const protocol = createSocketProtocol({
    ...options,
    admit: (socket, session) => sockets.get(socket)?.claimKey(session) ?? false,
  });
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.frameBytesMax,
    handleProtocols,
  });
  let sweeper: NodeJS.Timeout | null = null;
  const sweep = () => {
    const nowMs = performance.now();
    for (const socket of sockets.keys()) socket.sweep(nowMs);
  };

  const refuse = (request: IncomingMessage): Refusal | null => {
    if (sockets.size >= limits.socketsMax || counts.isFullFor(request)) return tooMany;
    return options.refuseUpgrade(request);
  };

  return {
    upgrade(request, duplex, head) {
      // Without a listener a reset during the upgrade would end the process.
      duplex.on('error', () => duplex.destroy());
      const refusal = refuse(request);
      if (refusal !== null) return answerUpgrade(request, duplex, refusal);
      server.handleUpgrade(request, duplex, head, (raw) => {
        const socket = wrapSocket(raw, request, limits, (error) =>
          log.error(describeError(error), 'a websocket message could not be handled'),
        );
        const seat = counts.take(request);
        sockets.set(socket, seat);
        sweeper ??= setInterval(sweep, options.sweepEveryMs ?? sweepEveryMsDefault).unref();
        const closed = protocol.opened(socket, { socket });
        raw.once('close', (code, reason) => {
          sockets.delete(socket);
          if (sockets.size === 0 && sweeper !== null) {
            clearInterval(sweeper);
            sweeper = null;
          }
          seat.leave();
          metrics.socketClosed(code);
          closed(code, String(reason)).catch((error) =>
            log.error(describeError(error), 'a websocket did not close cleanly'),
          );
        });
      });
    },
    count: () => sockets.size,
    *sessions() {
      for (const { session } of sockets.keys()) if (session !== null) yield session;
    },
    closeSession(session) {
      for (const socket of sockets.keys()) {
        if (socket.session === session) socket.close(forbiddenCode, 'The key no longer holds');
      }
    },
    closeIdle() {
      for (const socket of sockets.keys()) if (socket.runningCount === 0) socket.close(1001, 'Going away');
    },
    async closeAll() {
      // An operation that ended just now still has to hand its answer to the socket.
      await setImmediate();
      await Promise.all(
        [...sockets.keys()].map((socket) => {
          socket.close(1001, 'Going away');
          return new Promise<void>((resolve) => {
            if (socket.signal.aborted) resolve();
            else socket.signal.addEventListener('abort', () => resolve(), { once: true });
          });
        }),
      );
    },
  };
}

const tooMany: Refusal = {
  status: 503,
  code: 'TOO_MANY_SOCKETS',
  message: {
    'zh-CN': 'WebSocket 连接过多，请关闭一些或稍后再试',
    en: 'Too many websockets are open; close some or try again later.',
  },
};

function answerUpgrade(request: IncomingMessage, duplex: Duplex, refusal: Refusal): void {
  const body = bodyOf(refusal, request);
  // A client that keeps its side open would keep the connection, and with it the server from closing.
  duplex.once('finish', () => duplex.destroy());
  duplex.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}\r\n` +
      'connection: close\r\ncontent-type: application/json; charset=utf-8\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
