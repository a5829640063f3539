import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Log } from '../../../shared/log.ts';
import { answerFeed } from '../feed.ts';
import { type Answered, dispatch, type Platform, parseCallPath } from './dispatch.ts';
import type { Fault } from './faults.ts';
import { GatewayError } from './gateway-error.ts';
import type { Journal } from './journal.ts';
import { JsonText } from './replay.ts';
import { answerToken } from './token-endpoint.ts';

/** Requests beyond this are cut off; the largest real one is a stock change of twenty products. */
const bodyBytesMax = 1_048_576;
/** Bodies from here on are compressed for clients that can read it. */
const gzipFromBytes = 2_048;

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** After the body comes more and more of it, until the client hangs up. */
  isEndless?: boolean;
}

function jsonReply(body: unknown, status = 200): Reply {
  const text = body instanceof JsonText ? body.text : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: text };
}

async function readParams(request: IncomingMessage, url: URL): Promise<Map<string, string>> {
  const params = new Map(url.searchParams);
  if (request.method !== 'POST') return params;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > bodyBytesMax) throw new GatewayError('400', 'request is too large', 413);
    chunks.push(chunk as Buffer);
  }
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
    params.set(name, value);
  return params;
}

/** The answer as the fault leaves it; null = the connection is cut. */
async function spoil(reply: Reply, fault: Fault | null, closing: AbortSignal): Promise<Reply | null> {
  switch (fault?.kind) {
    case 'slow':
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, fault.delayMs);
        closing.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      return reply;
    case 'bad_gateway':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      };
    case 'truncated':
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length * 0.6)) };
    case 'wrong_type':
      return { ...reply, body: '{"result":"多谢","rows":{"a":1},"productInfo":7}' };
    case 'answer':
      return { status: fault.status, headers: { ...fault.headers }, body: fault.body };
    case 'endless':
      return { ...reply, body: '{"result":[', isEndless: true };
    case 'reset':
      return null;
    default:
      return reply;
  }
}

function sendEndless(response: ServerResponse, reply: Reply, closing: AbortSignal): void {
  response.writeHead(reply.status, reply.headers);
  const more = `${'0,'.repeat(32_768)}`;
  const go = () => {
    while (!response.destroyed && !closing.aborted && response.write(more));
  };
  response.on('drain', go);
  response.write(reply.body);
  go();
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body, 'utf8');
  const isGzip = body.length >= gzipFromBytes && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(reply.status, { ...reply.headers, ...(isGzip && { 'content-encoding': 'gzip' }) });
  response.end(isGzip ? gzipSync(body, { level: 1 }) : body);
}

/** What the handlers share. */
interface Serving {
  platform: Platform;
  journal: Journal | null;
  /** Ends slow answers at once. */
  closing: AbortSignal;
}

async function answerApi(
  { platform, journal, closing }: Serving,
  url: URL,
  params: ReadonlyMap<string, string>,
): Promise<Reply | null> {
  const path = parseCallPath(url.pathname);
  if (path === null) throw new GatewayError('gw.APIUnsupported', 'unsupported path');
  const [namespace, name] = path.apiId.replace(/-\d+$/, '').split(':');
  if (namespace === 'system.oauth2') {
    const fault = platform.faults.pick({ api: 'token', memberId: null, params });
    const reply = answerToken(platform, name ?? '', path.appKey, params);
    return spoil(jsonReply(reply.body, reply.status), fault, closing);
  }
  let answered: Answered;
  try {
    answered = dispatch(platform, { ...path, params });
  } catch (error) {
    if (error instanceof GatewayError) journal?.add(path.apiId, params, null, error.code, '');
    throw error;
  }
  const reply = await spoil(jsonReply(answered.body), answered.fault, closing);
  journal?.add(path.apiId, params, answered.memberId, answered.fault?.kind ?? 'ok', reply?.body ?? '');
  return reply;
}

async function answerFeedRequest(
  { platform, journal, closing }: Serving,
  request: IncomingMessage,
  url: URL,
): Promise<Reply | null> {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const merchant = platform.merchants.find(({ feedToken }) => feedToken === given);
  if (merchant === undefined) {
    return jsonReply(
      { error: { code: 'unauthorized', message: 'a bearer token of this feed is needed' } },
      401,
    );
  }
  const params = new Map(url.searchParams);
  const resource = url.pathname.slice('/wms-feed'.length);
  const api = `feed:${resource}`;
  const { memberId } = merchant;
  const fault = platform.faults.pick({ api, memberId, params });
  if (fault?.kind === 'throttle') {
    journal?.add(api, params, memberId, fault.kind, '');
    const headers = { 'retry-after': fault.retryAfter ?? '1', 'content-type': 'application/json' };
    return { status: 429, headers, body: '{"error":{"code":"throttled","message":"too many calls"}}' };
  }
  const now = platform.clock.now().getTime();
  merchant.world.advanceTo(now);
  const { status, body } = answerFeed(resource, { merchant, params, now, fault });
  const reply = await spoil(jsonReply(body, status), fault, closing);
  journal?.add(api, params, memberId, fault?.kind ?? 'ok', reply?.body ?? '');
  return reply;
}

/** What a browser gets after the owner has agreed: back to the app with a code. Everybody agrees here. */
function authorize({ platform }: Serving, url: URL): Reply {
  const headers = { 'content-type': 'text/plain;charset=UTF-8' };
  const target = url.searchParams.get('redirect_uri');
  if (target === null || !URL.canParse(target)) return { status: 200, headers, body: '缺少必要参数' };
  if (!platform.apps.has(url.searchParams.get('client_id') ?? '')) {
    return { status: 200, headers, body: '非法请求' };
  }
  const back = new URL(target);
  back.searchParams.set('code', platform.tokens.issueCode(0));
  back.searchParams.set('state', url.searchParams.get('state') ?? '');
  return { status: 302, headers: { location: back.href }, body: '' };
}

async function answer(serving: Serving, request: IncomingMessage): Promise<Reply | null> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  if (url.pathname === '/wms-feed' || url.pathname.startsWith('/wms-feed/')) {
    return answerFeedRequest(serving, request, url);
  }
  if (url.pathname === '/oauth/authorize') return authorize(serving, url);
  return answerApi(serving, url, await readParams(request, url));
}

/** The HTTP side of the sandbox: gateway, token endpoints, authorization page and warehouse feed. */
interface WireServer {
  server: Server;
  /** Ends slow answers at once. */
  closing: AbortController;
}

/** Builds the server; the caller listens and closes. */
export function createWireServer(platform: Platform, journal: Journal | null, log: Log): WireServer {
  const closing = new AbortController();
  const serving: Serving = { platform, journal, closing: closing.signal };
  const server = createServer((request, response) => {
    answer(serving, request)
      .catch((error: unknown): Reply => {
        if (error instanceof GatewayError) return jsonReply(error.toBody(), error.status);
        log.error({ err: error, path: request.url?.split('?')[0] }, 'sandbox gateway failed to answer');
        return jsonReply(new GatewayError('500', 'internal error', 500).toBody(), 500);
      })
      .then((reply) => {
        if (reply === null) response.destroy();
        else if (reply.isEndless) sendEndless(response, reply, closing.signal);
        else send(request, response, reply);
      })
      .catch((error: unknown) => log.debug({ err: error }, 'sandbox client went away'));
  });
  return { server, closing };
}
