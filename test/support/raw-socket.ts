import { type ClientOptions, WebSocket } from 'ws';

/** A websocket that speaks what a test tells it to, and keeps what it hears. */
export interface RawSocket extends Disposable {
  readonly socket: WebSocket;
  send(message: unknown): void;
  /** The next message that was not taken yet; fails when the socket closes first. */
  next(): Promise<{ id?: string; type: string; payload?: unknown }>;
  /** Settles when it is closed, with the code; 0 = the upgrade was refused. */
  readonly closed: Promise<number>;
  /** HTTP status of a refused upgrade; null = it was not refused. */
  readonly refusedStatus: () => number | null;
}

/** Opens one. @param protocols - what the client offers */
export async function openRaw(
  url: string,
  protocols: string | string[] = 'graphql-transport-ws',
  options: ClientOptions = {},
): Promise<RawSocket> {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...options });
  const heard: string[] = [];
  const waiting: { resolve(text: string): void; reject(error: Error): void }[] = [];
  const closed = Promise.withResolvers<number>();
  const opened = Promise.withResolvers<void>();
  let status: number | null = null;
  socket.on('message', (data) => {
    const first = waiting.shift();
    if (first === undefined) heard.push(String(data));
    else first.resolve(String(data));
  });
  socket.on('unexpected-response', (_request, response) => {
    status = response.statusCode ?? null;
    response.resume();
    closed.resolve(0);
    opened.resolve();
    socket.terminate();
  });
  socket.on('error', () => opened.resolve());
  socket.on('open', () => opened.resolve());
  socket.on('close', (code) => {
    closed.resolve(code);
    for (const { reject } of waiting) reject(new Error(`closed with ${code}`));
  });
  await opened.promise;
  return {
    socket,
    closed: closed.promise,
    refusedStatus: () => status,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next() {
      const text =
        heard.shift() ??
        (await new Promise<string>((resolve, reject) => {
          if (socket.readyState > socket.OPEN) reject(new Error('closed'));
          else waiting.push({ resolve, reject });
        }));
      return JSON.parse(text);
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

/** Opens one and gets it acknowledged. */
export async function openAcknowledged(
  url: string,
  payload: Record<string, unknown> = {},
  options: ClientOptions = {},
): Promise<RawSocket> {
  const raw = await openRaw(url, 'graphql-transport-ws', options);
  raw.send({ type: 'connection_init', payload });
  const answer = await raw.next();
  if (answer.type !== 'connection_ack') throw new Error(JSON.stringify(answer));
  return raw;
}
