import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A GraphQL answer. */
export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** Posts one operation. @param authorization - `Bearer sw_…`; absent = none */
export async function post<Data = Record<string, unknown>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  authorization?: string,
): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...(await response.json()) };
}

/** The official client, on Node's websocket. It does not reconnect by itself, so that tests see what happened. */
export function socketClient(url: string, options: Partial<ClientOptions> = {}): Client {
  return createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...options });
}

/** What a subscription delivered so far, and how it ended. */
export interface Recording<Data> extends Disposable {
  readonly values: Data[];
  /** Settles once so many values came. */
  until(count: number): Promise<void>;
  /** How it ended: `complete`, errors, or the close event. */
  readonly ended: Promise<unknown>;
  stop(): void;
}

/** Subscribes and keeps what comes. */
export function record<Data = Record<string, unknown>>(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Recording<Data> {
  const values: Data[] = [];
  const waiting = new Set<() => void>();
  const ended = Promise.withResolvers<unknown>();
  const stop = client.subscribe<Data>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors !== undefined) ended.resolve(errors);
        if (data != null) values.push(data);
        for (const look of waiting) look();
      },
      error: (error) => ended.resolve(error),
      complete: () => ended.resolve('complete'),
    },
  );
  return {
    values,
    ended: ended.promise,
    stop,
    [Symbol.dispose]: stop,
    until(count) {
      const reached = Promise.withResolvers<void>();
      const look = () => {
        if (values.length < count) return;
        waiting.delete(look);
        reached.resolve();
      };
      waiting.add(look);
      look();
      return Promise.race([
        reached.promise,
        ended.promise.then((end) => {
          if (values.length < count) throw new Error(`ended after ${values.length}: ${JSON.stringify(end)}`);
        }),
      ]);
    },
  };
}
