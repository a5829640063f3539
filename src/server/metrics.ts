import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of one server, in the format of Prometheus. */
export interface ServerMetrics {
  readonly registry: Registry;
  /** A query, mutation or start of a subscription. */
  operation(kind: string, outcome: 'ok' | 'error', seconds: number): void;
  /** An HTTP answer. `route` from a closed list, never a path as it came. */
  request(route: string, status: number): void;
  /** A socket closed by this server, by its code. */
  socketClosed(code: number): void;
}

/** What is counted at the moment of asking. */
export interface GaugeSources {
  sockets(): number;
  streams(): number;
  operations(): number;
}

/** Makes the figures, beside those of the process (memory, event loop, handles). */
export function createMetrics(sources: GaugeSources): ServerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const operations = new Histogram({
    name: 'shuiwei_graphql_operation_seconds',
    help: 'Time to answer GraphQL operations; for a subscription, to start it',
    labelNames: ['kind', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const requests = new Counter({
    name: 'shuiwei_http_requests_total',
    help: 'HTTP answers',
    labelNames: ['route', 'status'],
    registers,
  });
  const closed = new Counter({
    name: 'shuiwei_websockets_closed_total',
    help: 'Websockets closed, by code',
    labelNames: ['code'],
    registers,
  });
  const gauges: [name: string, help: string, read: () => number][] = [
    ['shuiwei_websockets', 'Open websockets', sources.sockets],
    ['shuiwei_event_streams', 'Open streams of server-sent events', sources.streams],
    ['shuiwei_graphql_operations_running', 'Queries and mutations under way', sources.operations],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
  return {
    registry,
    operation: (kind, outcome, seconds) => operations.labels(kind, outcome).observe(seconds),
    request: (route, status) => requests.labels(route, String(status)).inc(),
    socketClosed: (code) => closed.labels(String(code)).inc(),
  };
}
