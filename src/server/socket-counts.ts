import type { IncomingMessage } from 'node:http';
import type { Session } from './auth.ts';
import type { Limits } from './limits.ts';
import { isLoopback } from './local-guard.ts';

/** What one open socket takes of the bounds. */
export interface Seat {
  /** Counts the socket for its key, too. @returns false = the key has as many as it may, or the socket is gone */
  claimKey(session: Session): boolean;
  /** The socket is gone. */
  leave(): void;
}

/** How many sockets each key and each address has. */
export interface SocketCounts {
  /** Whether this address has as many as it may; addresses of this machine are not counted. */
  isFullFor(request: IncomingMessage): boolean;
  /** Takes a seat for a new socket. */
  take(request: IncomingMessage): Seat;
}

/** Starts counting at nothing. */
export function createSocketCounts(limits: Limits): SocketCounts {
  const totals = new Map<string, number>();
  const add = (name: string, by: number): void => {
    const total = (totals.get(name) ?? 0) + by;
    if (total === 0) totals.delete(name);
    else totals.set(name, total);
  };
  const has = (name: string, max: number) => (totals.get(name) ?? 0) >= max;
  return {
    isFullFor(request) {
      const name = addressName(request);
      return name !== null && has(name, limits.socketsPerAddressMax);
    },
    take(request) {
      // Noted now: a socket that is gone no longer knows its address.
      const address = addressName(request);
      const names = address === null ? [] : [address];
      for (const name of names) add(name, 1);
      let isGone = false;
      return {
        claimKey({ keyId }) {
          if (keyId === null) return !isGone;
          const name = `key ${keyId}`;
          if (isGone || has(name, limits.socketsPerKeyMax)) return false;
          names.push(name);
          add(name, 1);
          return true;
        },
        leave() {
          isGone = true;
          for (const name of names.splice(0)) add(name, -1);
        },
      };
    },
  };
}

function addressName(request: IncomingMessage): string | null {
  const address = request.socket.remoteAddress;
  return address === undefined || isLoopback(address) ? null : `address ${address}`;
}
