import type { CombinedError } from 'urql';
import type { Messages } from '../i18n/messages.ts';

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

/** Under which words a failure is shown: a key that is not accepted may do nothing, either. */
export function shownKind({ kind }: Failure): Exclude<FailureKind, 'key'> {
  return kind === 'key' ? 'forbidden' : kind;
}

/**
 * Why a request did nothing, in the user's language: the server's own words, or what is known without them.
 *
 * @param userErrors - what a mutation refused; the first is told
 * @returns null when it was done
 */
export function problemOf(
  error: CombinedError | undefined,
  t: Messages,
  userErrors: readonly { readonly message: string }[] = [],
): string | null {
  const refusal = userErrors[0]?.message;
  if (refusal !== undefined) return refusal;
  if (error === undefined) return null;
  const failure = failureOf(error);
  return failure.message ?? t.states[shownKind(failure)];
}
