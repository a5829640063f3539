import type { CombinedError } from 'urql';

/** What went wrong, as far as a page must tell apart. */
type FailureKind = 'away' | 'key' | 'forbidden' | 'limited' | 'refused' | 'fault';

/** A failed request in terms that a page can show. */
export interface Failure {
  readonly kind: FailureKind;
  /** The server's own words; null when it did not answer. */
  readonly message: string | null;
}

const kinds: Readonly<Record<string, FailureKind>> = {
  UNAUTHENTICATED: 'key',
  FORBIDDEN: 'forbidden',
  COST_LIMIT_EXCEEDED: 'limited',
  RATE_LIMITED: 'limited',
  TOO_MANY_REQUESTS: 'limited',
  BAD_USER_INPUT: 'refused',
  CURSOR_INVALID: 'refused',
  FILTER_INVALID: 'refused',
  INTERNAL: 'fault',
  INTERNAL_SERVER_ERROR: 'fault',
};

/** Code of the first error; null when the server did not say one. */
export function failureCodeOf(error: CombinedError): string | null {
  const code = error.graphQLErrors[0]?.extensions.code;
  return typeof code === 'string' ? code : null;
}

/** Tells what a failed request means. */
export function failureOf(error: CombinedError): Failure {
  const first = error.graphQLErrors[0];
  const status = (error.response as Response | undefined)?.status;
  if (status === 401) return { kind: 'key', message: first?.message ?? null };
  if (first === undefined) return { kind: 'away', message: null };
  return { kind: kinds[failureCodeOf(error) ?? ''] ?? 'refused', message: first.message };
}
