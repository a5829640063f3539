import type { Session } from './auth.ts';

/** An open stream of server-sent events. */
interface OpenStream {
  readonly session: Session;
  /** Ends it as if the source had ended: the client gets `complete`. */
  end(): void;
}

/** The open streams of server-sent events, so that they can be ended properly. */
export interface Streams {
  /** Passes a source on until it, its reader or `end` finishes it. */
  track<Value>(session: Session, source: AsyncIterable<Value>): AsyncIterableIterator<Value>;
  all(): Iterable<OpenStream>;
  count(): number;
}

/**
 * Keeps the register. A server with one open response never finishes closing, and cutting the connection looks
 * like a fault to the client.
 */
export function createStreams(): Streams {
  const open = new Set<OpenStream>();
  return {
    track<Value>(session: Session, source: AsyncIterable<Value>) {
      const iterator = source[Symbol.asyncIterator]();
      const done: IteratorResult<Value> = { done: true, value: undefined };
      let isEnded = false;
      let waiting: ((result: IteratorResult<Value>) => void) | null = null;
      const finish = () => {
        isEnded = true;
        open.delete(stream);
        waiting?.(done);
        waiting = null;
      };
      const stream: OpenStream = {
        session,
        end() {
          finish();
          iterator.return?.().catch(() => {});
        },
      };
      open.add(stream);
      const tracked: AsyncIterableIterator<Value> = {
        next() {
          if (isEnded) return Promise.resolve(done);
          return new Promise((resolve, reject) => {
            waiting = resolve;
            iterator.next().then(
              (result) => {
                if (result.done === true) finish();
                resolve(result);
              },
              (error) => {
                finish();
                reject(error);
              },
            );
          });
        },
        async return() {
          finish();
          await iterator.return?.();
          return done;
        },
        async throw(error) {
          finish();
          await iterator.return?.();
          throw error;
        },
        [Symbol.asyncIterator]: () => tracked,
      };
      return tracked;
    },
    all: () => [...open],
    count: () => open.size,
  };
}
