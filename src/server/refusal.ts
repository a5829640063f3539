import type { ServerResponse } from 'node:http';

/** A request that is answered before GraphQL sees it. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** Stable code, as in `extensions.code` of a GraphQL error. */
  readonly code: string;
  /** English, for the caller; says what to do. */
  readonly message: string;
}

/** Refusals that several parts give. */
export const refusals = {
  keyMissing: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'An API key is required: send the header "Authorization: Bearer sw_…".',
  },
  keyWrong: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'The API key is unknown, expired or revoked.',
  },
  scopeMissing: { status: 403, code: 'FORBIDDEN', message: 'The API key lacks the scope for this.' },
  stopping: { status: 503, code: 'STOPPING', message: 'The server is stopping: connect again.' },
  notFound: { status: 404, code: 'NOT_FOUND', message: 'Nothing here. GraphQL is at /graphql.' },
  bodyTooLarge: { status: 413, code: 'BODY_TOO_LARGE', message: 'The request body is too large.' },
} as const satisfies Record<string, Refusal>;

/** Whether an answer is a refusal rather than the thing asked for. */
export function isRefusal(value: object): value is Refusal {
  return 'status' in value && 'code' in value && 'message' in value;
}

/**
 * Answers a refusal in the shape of a GraphQL answer. The connection is closed when the request's body has not
 * been read to its end.
 */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const body = JSON.stringify({
    errors: [{ message: refusal.message, extensions: { code: refusal.code } }],
  });
  response.statusCode = refusal.status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (refusal.status === 401) response.setHeader('www-authenticate', 'Bearer realm="shuiwei"');
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.end(body);
}
