import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocaleName } from '../graphql/context.ts';
import { parseLocale } from './locale.ts';

/** A request that is answered before GraphQL sees it. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** Stable code, as in `extensions.code` of a GraphQL error. */
  readonly code: string;
  /** For the caller; says what to do. */
  readonly message: Readonly<Record<LocaleName, string>>;
}

/** Refusals that several parts give. */
export const refusals = {
  keyMissing: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: {
      'zh-CN': '需要 API 密钥：请发送请求头 "Authorization: Bearer sw_…"',
      en: 'An API key is required: send the header "Authorization: Bearer sw_…".',
    },
  },
  keyWrong: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: {
      'zh-CN': 'API 密钥不存在、已过期或已吊销',
      en: 'The API key is unknown, expired or revoked.',
    },
  },
  scopeMissing: {
    status: 403,
    code: 'FORBIDDEN',
    message: { 'zh-CN': 'API 密钥缺少所需权限', en: 'The API key lacks the scope for this.' },
  },
  stopping: {
    status: 503,
    code: 'STOPPING',
    message: { 'zh-CN': '服务正在停止，请重新连接', en: 'The server is stopping: connect again.' },
  },
  notFound: {
    status: 404,
    code: 'NOT_FOUND',
    message: {
      'zh-CN': '此地址没有内容，GraphQL 在 /graphql',
      en: 'Nothing here. GraphQL is at /graphql.',
    },
  },
  bodyTooLarge: {
    status: 413,
    code: 'BODY_TOO_LARGE',
    message: { 'zh-CN': '请求体过大', en: 'The request body is too large.' },
  },
} as const satisfies Record<string, Refusal>;

/** Whether an answer is a refusal rather than the thing asked for. */
export function isRefusal(value: object): value is Refusal {
  return 'status' in value && 'code' in value && 'message' in value;
}

/** A refusal in the shape of a GraphQL answer, in the language that the request asks for, else English. */
export function bodyOf({ message, code }: Refusal, request: IncomingMessage): string {
  const locale = parseLocale(request.headers['accept-language']) ?? 'en';
  return JSON.stringify({ errors: [{ message: message[locale], extensions: { code } }] });
}

/**
 * Answers a refusal in the shape of a GraphQL answer. The connection is closed when the request's body has not
 * been read to its end.
 */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const body = bodyOf(refusal, response.req);
  response.statusCode = refusal.status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (refusal.status === 401) response.setHeader('www-authenticate', 'Bearer realm="shuiwei"');
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.end(body);
}
