import type { IncomingMessage } from 'node:http';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Session } from './auth.ts';
import type { Limits } from './limits.ts';

/** One websocket with what this server knows about it. */
export interface Socket {
  readonly request: IncomingMessage;
  readonly protocol: string;
  /** Null until the first message was accepted. */
  session: Session | null;
  /** Queries and mutations under way on it. */
  runningCount: number;
  /** Aborted when the socket is gone. */
  readonly signal: AbortSignal;
  /** Sends one message; settles when it left this process. */
  send(text: string): Promise<void>;
  close(code: number, reason: string): void;
  onMessage(handle: (text: string) => Promise<void>): void;
  /** Looks after it now and then: cuts it when it answers no pings, or takes nothing it was sent. */
  sweep(nowMs: number): void;
  terminate(): void;
}

/** How long a closed socket may take to say goodbye, ms. */
const goodbyeMs = 2_000;

/**
 * Wraps a websocket: bounded in what it sends us, watched in what it takes from us.
 *
 * @param onFault - told of an error inside message handling, which closes the socket with 1011
 */
export function wrapSocket(
  raw: WebSocket,
  request: IncomingMessage,
  limits: Limits,
  onFault: (error: unknown) => void,
): Socket {
  const gone = new AbortController();
  let isAlive = true;
  let pingedAtMs = performance.now();
  let sendingSinceMs: number | null = null;
  let sendingCount = 0;
  let allowance = limits.messagesBurstMax;
  let allowanceAtMs = performance.now();

  const close = (code: number, reason: string) => {
    if (raw.readyState >= raw.CLOSING) return;
    raw.close(code, reason);
    // A peer that reads nothing does not answer the goodbye either.
    setTimeout(() => raw.terminate(), goodbyeMs).unref();
  };
  const mayTalk = () => {
    const nowMs = performance.now();
    const refilled = ((nowMs - allowanceAtMs) / 1000) * limits.messagesPerSecondMax;
    allowance = Math.min(limits.messagesBurstMax, allowance + refilled) - 1;
    allowanceAtMs = nowMs;
    return allowance >= 0;
  };
  raw.on('pong', () => {
    isAlive = true;
  });
  // Frames too big or malformed: ws has closed the socket by itself, with the right code.
  raw.on('error', () => {});
  raw.once('close', () => gone.abort());

  return {
    request,
    protocol: raw.protocol,
    session: null,
    runningCount: 0,
    signal: gone.signal,
    send(text) {
      if (raw.readyState !== raw.OPEN) return Promise.resolve();
      sendingSinceMs ??= performance.now();
      sendingCount += 1;
      return new Promise((resolve) => {
        // A failed send means the socket is going: its close event ends what runs on it.
        raw.send(text, () => {
          sendingCount -= 1;
          sendingSinceMs = sendingCount === 0 ? null : performance.now();
          resolve();
        });
      });
    },
    close,
    onMessage(handle) {
      raw.on('message', (data) => {
        if (!mayTalk()) return close(1008, 'Too many messages');
        handle(String(data)).catch((error) => {
          onFault(error);
          close(1011, 'Internal error');
        });
      });
    },
    sweep(nowMs) {
      if (raw.readyState !== raw.OPEN) return;
      if (sendingSinceMs !== null && nowMs - sendingSinceMs > limits.socketStallMsMax) {
        return close(1013, 'Too slow: connect again and resume from the last cursor');
      }
      if (nowMs - pingedAtMs < limits.socketPingEveryMs) return;
      if (!isAlive) return raw.terminate();
      pingedAtMs = nowMs;
      isAlive = false;
      raw.ping();
    },
    terminate: () => raw.terminate(),
  };
}

/** The code for credentials that do not hold (any more): clients try again, perhaps with new ones. */
export const forbiddenCode: number = CloseCode.Forbidden;
