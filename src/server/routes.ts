import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Authenticator, credentialsOf, type Session } from './auth.ts';
import { isAnnouncedTooLarge, isJson, readBody } from './body.ts';
import type { GraphiqlPage } from './graphiql.ts';
import type { GraphqlHttp } from './graphql-http.ts';
import { checkReadiness, type ReadinessCheck } from './health.ts';
import type { Limits } from './limits.ts';
import { isAskingForPage, refuseForeign } from './local-guard.ts';
import type { ServerMetrics } from './metrics.ts';
import { isRefusal, type Refusal, refusals } from './refusal.ts';

/** Port: takes a marketplace's push message, exactly as its bytes came; answers only once it is stored. */
export type PushReceiver = (
  body: Buffer,
  contentType: string | undefined,
) => Promise<{ status: number; body: string }>;

/** Port: serves the dashboard's files. @returns false = there is no such file */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What the routes need. */
export interface RouteOptions {
  readonly graphql: GraphqlHttp;
  readonly authenticator: Authenticator;
  readonly metrics: ServerMetrics;
  readonly limits: Limits;
  readonly readinessChecks: readonly ReadinessCheck[];
  readonly isStopping: () => boolean;
  /** Null = no explorer. */
  readonly graphiql: GraphiqlPage | null;
  /** Null = this process takes no push messages. */
  readonly receivePush: PushReceiver | null;
  readonly staticFiles: StaticFiles | null;
  /** Decides about a request before anything else looks at it; null = go on. */
  readonly refuseRequest: (request: IncomingMessage) => Refusal | null;
}

/** One route: answers, or gives back a refusal to be sent. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<Refusal | undefined>;

/** The routes by name; the name is what metrics and logs say, never the path as it came. */
export function createRoutes(options: RouteOptions): Readonly<Record<string, Route>> {
  return {
    health: async (_request, response) => sendJson(response, 200, { status: 'ok' }),
    ready: async (_request, response) => {
      const { isReady, checks } = await checkReadiness(options.readinessChecks, options.isStopping());
      return sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks });
    },
    metrics: (request, response) => sendMetrics(options, request, response),
    push: (request, response) => takePush(options, request, response),
    graphql: (request, response) => answerGraphql(options, request, response),
    page: async (request, response) => {
      const refusal = options.refuseRequest(request);
      if (refusal !== null) return refusal;
      if (options.staticFiles?.(request, response) === true) return undefined;
      if (request.method !== 'GET' || pathOf(request) !== '/') return refusals.notFound;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
      response.end(welcomePage);
      return undefined;
    },
  };
}

const noOrigins: ReadonlySet<string> = new Set();

/** Which route a path belongs to. */
export function routeNameOf(request: IncomingMessage): string {
  return { ...pathNames }[pathOf(request)] ?? 'page';
}

const pathNames: Readonly<Record<string, string>> = {
  '/health': 'health',
  '/ready': 'ready',
  '/metrics': 'metrics',
  '/hooks/1688': 'push',
  '/graphql': 'graphql',
};

/** Path without what was asked, so that no value of a query ends up in a log. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

async function answerGraphql(
  options: RouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | undefined> {
  const refusal = options.refuseRequest(request);
  if (refusal !== null) return refusal;
  if (options.graphiql !== null && isAskingForPage(request)) {
    await options.graphiql.send(request, response);
    return undefined;
  }
  // A preflight carries no credentials; the answer is the list of origins, or nothing.
  if (request.method === 'OPTIONS') return serve(options, request, response, null);
  if (request.method === 'POST' && !isJson(request)) {
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: {
        'zh-CN': '请发送请求头 "Content-Type: application/json"',
        en: 'Send the header "Content-Type: application/json".',
      },
    };
  }
  if (isAnnouncedTooLarge(request, options.limits.bodyBytesMax)) return refusals.bodyTooLarge;
  const session = await options.authenticator.authenticate(credentialsOf(request));
  return isRefusal(session) ? session : serve(options, request, response, session);
}

async function serve(
  options: RouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
  session: Session | null,
): Promise<undefined> {
  const client = new AbortController();
  response.once('close', () => client.abort());
  const transport = { clientSignal: client.signal, transport: 'http' } as const;
  // Without a session nothing is executed: it is a preflight.
  await options.graphql(request, response, { ...transport, session: session as Session });
  return undefined;
}

/** Figures of the whole process: for the person at this machine, else for keys that are meant for it. */
async function sendMetrics(
  options: RouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | undefined> {
  const refusal = options.refuseRequest(request);
  if (refusal !== null) return refusal;
  if (refuseForeign(request, noOrigins) !== null) {
    if (request.headers.authorization === undefined) return refusals.keyMissing;
    const session = await options.authenticator.authenticate(credentialsOf(request));
    if (isRefusal(session)) return session;
    if (!session.viewer.scopes.has('read:metrics')) return refusals.scopeMissing;
  }
  const { registry } = options.metrics;
  response.setHeader('content-type', registry.contentType);
  response.end(await registry.metrics());
  return undefined;
}

async function takePush(
  options: RouteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | undefined> {
  // The demo's pushes are signed with what everybody can read, so a page of another site could forge them.
  const refusal = options.refuseRequest(request);
  if (refusal !== null) return refusal;
  if (options.receivePush === null) return refusals.notFound;
  if (request.method !== 'POST') {
    return {
      status: 405,
      code: 'METHOD_NOT_ALLOWED',
      message: { 'zh-CN': '推送消息须用 POST 发送', en: 'Push messages come by POST.' },
    };
  }
  const body = await readBody(request, options.limits.bodyBytesMax);
  if (isRefusal(body)) return body;
  const answer = await options.receivePush(body, request.headers['content-type']);
  response.statusCode = answer.status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(answer.body);
  return undefined;
}

function sendJson(response: ServerResponse, status: number, body: object): undefined {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify(body));
}

const welcomePage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Shuiwei 水位</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #16324a }
  a { color: #0b6bcb }
</style>
<h1>Shuiwei 水位</h1>
<p>Stock levels and live low-stock alerts, as a GraphQL API.<br>库存水位与实时缺货预警的 GraphQL 接口。</p>
<ul>
  <li><a href="/graphql">GraphiQL</a>: explore the API with ready-made queries · 打开查询工具，内含可直接运行的示例</li>
  <li>The dashboard is not built: run <code>npm run build</code>, then reload · 看板尚未构建：请运行该命令后刷新</li>
  <li><a href="/ready">/ready</a>, <a href="/metrics">/metrics</a>: how the server is doing · 运行状况</li>
</ul>
`;
