import { createClient, type Client as SocketClient } from 'graphql-ws';
import { createContext, useContext } from 'react';

/** How the live connection stands. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting';

/** The one socket that everything live comes through. */
export interface LiveSocket {
  readonly client: SocketClient;
  /** @returns how to stop listening */
  onStatus(listener: (status: LiveStatus) => void): () => void;
  status(): LiveStatus;
}

/** How often an idle connection is asked whether it still lives, ms. */
const pingEveryMs = 10_000;
/** Without an answer for so long the connection counts as dead, ms. */
const pongWithinMs = 5_000;
/** Close code for "no answer to a ping", from the range that applications may use. */
const silentPeer = 4499;

/**
 * Makes the socket; it opens with the first subscription. It does not connect again by itself: whoever subscribes
 * does, since only they know the place from which to go on.
 *
 * @param key - null = present none
 */
export function createLiveSocket(locale: string, key: string | null): LiveSocket {
  const listeners = new Set<(status: LiveStatus) => void>();
  let status: LiveStatus = 'connecting';
  let waitingForPong: ReturnType<typeof setTimeout> | undefined;
  let open: WebSocket | null = null;
  const tell = (next: LiveStatus) => {
    if (next === status) return;
    status = next;
    for (const listener of listeners) listener(next);
  };
  const client = createClient({
    url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href,
    connectionParams: { locale, ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    retryAttempts: 0,
    lazyCloseTimeout: 2_000,
    keepAlive: pingEveryMs,
    on: {
      connected(socket) {
        open = socket as WebSocket;
        tell('live');
      },
      closed() {
        open = null;
        clearTimeout(waitingForPong);
        tell('reconnecting');
      },
      ping(isReceived) {
        if (isReceived) return;
        waitingForPong = setTimeout(() => open?.close(silentPeer, 'no answer to a ping'), pongWithinMs);
      },
      pong(isReceived) {
        if (isReceived) clearTimeout(waitingForPong);
      },
    },
  });
  return {
    client,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    status: () => status,
  };
}

/** The socket of the present connection; null outside of one. */
export const LiveSocketContext = createContext<LiveSocket | null>(null);

/** The socket of the present connection. */
export function useLiveSocket(): LiveSocket {
  const socket = useContext(LiveSocketContext);
  if (socket === null) throw new Error('used outside of a connection');
  return socket;
}
