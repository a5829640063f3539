import type { Client, CombinedError, TypedDocumentNode } from 'urql';

/** What to follow, and what to do with it. */
export interface FollowOptions<Data, Variables> {
  readonly client: Client;
  readonly document: TypedDocumentNode<Data, Variables>;
  /** Asked before every attempt, so that it goes on behind the last event. */
  readonly variables: () => Variables;
  readonly onData: (data: Data) => void;
  /** The server refuses to go on, such as for a cursor that is no longer kept. @returns whether to try again at once */
  readonly onRefusal?: (error: CombinedError) => Promise<boolean>;
}

/** First and longest pause before the next attempt, ms. */
const pauseMs = { first: 300, longest: 8_000 } as const;

/**
 * Follows a subscription through broken connections: it is opened again until it is stopped, at once when the
 * browser says that the network is back.
 *
 * @returns how to stop
 */
export function follow<Data, Variables extends Record<string, unknown>>(
  options: FollowOptions<Data, Variables>,
): () => void {
  let isStopped = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopCurrent: (() => void) | null = null;

  const open = () => {
    clearTimeout(timer);
    timer = undefined;
    if (isStopped || stopCurrent !== null) return;
    let hasEnded = false;
    const end = () => {
      if (hasEnded) return;
      hasEnded = true;
      // The source may end while it is being opened; then there is nothing to stop yet.
      queueMicrotask(() => {
        stopCurrent?.();
        stopCurrent = null;
        again();
      });
    };
    const { unsubscribe } = options.client
      .subscription(options.document, options.variables())
      .subscribe((result) => {
        if (isStopped || hasEnded) return;
        if (result.data !== undefined && result.data !== null && result.error === undefined) {
          attempts = 0;
          options.onData(result.data);
        }
        const { error } = result;
        if (error === undefined) {
          if (!result.hasNext) end();
          return;
        }
        if (error.graphQLErrors.length === 0 || options.onRefusal === undefined) return end();
        void options.onRefusal(error).then((goesOn) => {
          if (goesOn) end();
        });
      });
    stopCurrent = unsubscribe;
  };

  const again = () => {
    if (isStopped || timer !== undefined) return;
    const pause = Math.min(pauseMs.longest, pauseMs.first * 2 ** attempts);
    attempts += 1;
    // Up to a quarter more, so that many browsers do not come back in one instant.
    timer = setTimeout(open, pause * (1 + Math.random() / 4));
  };

  const wake = () => {
    if (timer === undefined) return;
    attempts = 0;
    open();
  };

  window.addEventListener('online', wake);
  open();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    window.removeEventListener('online', wake);
    stopCurrent?.();
    stopCurrent = null;
  };
}
