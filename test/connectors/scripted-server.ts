import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived. */
interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  form: Record<string, string>;
}

/** One step of a script: answers a request however it likes. */
export type Step = (response: ServerResponse, request: SeenRequest) => void;

/** A server that follows a script, so that every fault can be had. */
export interface ScriptedServer {
  url: string;
  seen: SeenRequest[];
  /** Steps for the next requests, in order; when none is left, `fallback` answers. */
  script: Step[];
  fallback: Step;
  connections(): number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Answers JSON text as it stands. */
export function json(body: string, status = 200, headers: Record<string, string> = {}): Step {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
}

/** Answers any body. */
export function raw(status: number, headers: Record<string, string>, body: string | Buffer = ''): Step {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

export async function startScriptedServer(fallback: Step = json('{}')): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const script: Step[] = [];
  let connections = 0;
  const state = { fallback };
  const server = createServer((request, response) => {
    response.on('error', () => {});
    void text(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://scripted');
      const one: SeenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(body)),
      };
      seen.push(one);
      (script.shift() ?? state.fallback)(response, one);
    });
  });
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    script,
    get fallback() {
      return state.fallback;
    },
    set fallback(step: Step) {
      state.fallback = step;
    },
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
