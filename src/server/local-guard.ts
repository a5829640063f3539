import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Refusal } from './refusal.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address of a socket is of this machine; v4-mapped ones count as what they are. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const localNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Headers that a proxy adds: behind one, "from this machine" means nothing. */
const proxyHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** Whether a request came through a proxy that says so. */
function isForwarded(request: IncomingMessage): boolean {
  return proxyHeaders.some((name) => request.headers[name] !== undefined);
}

/**
 * Decides whether a request may be from the person at this machine, for the demo that asks nobody for a key.
 *
 * A page of another site that the same person has open must not get in: it would come with a foreign Origin, with
 * a foreign Host (a name rebound to 127.0.0.1), or marked as cross-site by the browser.
 *
 * @param allowedOrigins - origins of front ends that are expected besides this server's own pages
 * @returns null when nothing speaks against it
 */
export function refuseForeign(request: IncomingMessage, allowedOrigins: ReadonlySet<string>): Refusal | null {
  const refuse = (en: string, zh: string): Refusal => ({
    status: 403,
    code: 'FORBIDDEN',
    message: {
      'zh-CN': `演示环境只服务本机，且不经代理：${zh}`,
      en: `The demo serves only this machine, without a proxy: ${en}.`,
    },
  });
  if (!isLoopback(request.socket.remoteAddress))
    return refuse('the address is not of this machine', '请求地址不是本机');
  if (isForwarded(request)) return refuse('a proxy header is present', '请求带有代理头');
  if (!isLocalHost(request.headers.host, request.socket.localPort))
    return refuse('the Host is foreign', 'Host 不是本机');
  const origin = request.headers.origin;
  if (origin !== undefined) {
    return allowedOrigins.has(origin) || isLocalOrigin(origin, request.socket.localPort)
      ? null
      : refuse('the Origin is foreign', 'Origin 不是本机');
  }
  const site = request.headers['sec-fetch-site'];
  const isOpenedByPerson = request.headers['sec-fetch-mode'] === 'navigate' && isAskingForPage(request);
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isOpenedByPerson) {
    return refuse('the request was made by another site', '请求由其他网站发起');
  }
  return null;
}

/** Whether a browser asks for a page to show rather than for data. */
export function isAskingForPage(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
}

/**
 * Whether a browser page of this origin may open a socket here: the server's own pages and the listed ones.
 * Clients that are no browsers send no Origin.
 */
export function isOriginAllowed(request: IncomingMessage, allowedOrigins: ReadonlySet<string>): boolean {
  const origin = request.headers.origin;
  if (origin === undefined || allowedOrigins.has(origin)) return true;
  const parsed = URL.parse(origin);
  return parsed !== null && parsed.host === request.headers.host?.toLowerCase();
}

function isLocalHost(host: string | undefined, port: number | undefined): boolean {
  return host !== undefined && isLocalOrigin(`http://${host}`, port);
}

function isLocalOrigin(origin: string, port: number | undefined): boolean {
  const parsed = URL.parse(origin);
  return (
    parsed !== null &&
    parsed.protocol === 'http:' &&
    localNames.has(parsed.hostname) &&
    Number(parsed.port === '' ? 80 : parsed.port) === port &&
    parsed.username === '' &&
    parsed.pathname === '/'
  );
}
