import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that plays a bad network between a client and a server. */
export interface TcpProxy {
  readonly port: number;
  /** The same URL with this proxy as its host. */
  through(url: string): string;
  /** From now on nothing passes in either direction, and nobody is told: a half-open connection. */
  freeze(): void;
  /** Traffic passes again, what was held back first. */
  thaw(): void;
  /** Resets every connection. */
  cut(): void;
  /** Connections open at the moment. */
  count(): number;
  /** How many times the client waited: changes of direction from server to client, over all connections. */
  roundTrips(): number;
  close(): Promise<void>;
}

/** Starts a proxy on a free loopback port. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  let trips = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    let wasClient = false;
    client.on('data', (bytes) => {
      wasClient = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (wasClient) trips += 1;
      wasClient = false;
      client.write(bytes);
    });
    for (const [one, other] of [pair, [upstream, client]] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        pairs.delete(pair);
        if (!isFrozen) other.destroy();
      });
      if (isFrozen) one.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const each = (act: (socket: Socket) => void) => {
    for (const pair of pairs) pair.forEach(act);
  };
  return {
    port,
    through(url) {
      const changed = new URL(url);
      changed.hostname = '127.0.0.1';
      changed.port = String(port);
      return changed.href;
    },
    freeze() {
      isFrozen = true;
      each((socket) => socket.pause());
    },
    thaw() {
      isFrozen = false;
      each((socket) => socket.resume());
    },
    cut: () => each((socket) => socket.resetAndDestroy()),
    count: () => pairs.size,
    roundTrips: () => trips,
    async close() {
      isFrozen = false;
      each((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
