import { GraphQLError } from 'graphql';
import { codeOf } from '../db/transaction.ts';
import { isAppError } from '../shared/errors.ts';
import type { LocaleName } from './context.ts';
import { type MessageCode, type ParamsOf, translate } from './messages.ts';

/**
 * Codes of top-level errors, in `extensions.code`. Stable; each has a message in both languages.
 * Clients decide by the code and show the message.
 */
export const requestErrorCodes = [
  'FORBIDDEN',
  'PAGE_SIZE_OUT_OF_RANGE',
  'PAGE_ARGUMENTS_CONFLICT',
  'CURSOR_INVALID',
  'CURSOR_MISMATCH',
  'CURSOR_EXPIRED',
  'CURSOR_UNKNOWN',
  'ID_INVALID',
  'FILTER_TOO_DEEP',
  'FILTER_TOO_LONG',
  'ARGUMENT_OUT_OF_RANGE',
  'INPUT_INVALID',
  'SCENARIO_INVALID',
  'AS_OF_BEFORE_RETENTION',
  'QUERY_TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_SUBSCRIPTIONS',
  'COST_LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'DEADLINE_EXCEEDED',
  'TEMPORARILY_UNAVAILABLE',
  'INTERNAL',
] as const;

/** One of the closed list. */
export type RequestErrorCode = (typeof requestErrorCodes)[number];

/**
 * A refusal of the whole field, with its code, its numbers and a message in the viewer's language.
 *
 * @param message - says more than the code's own message
 */
export function requestError<Code extends RequestErrorCode, Message extends MessageCode = Code>(
  locale: LocaleName,
  code: Code,
  params: NoInfer<ParamsOf<Message>>,
  message?: Message,
): GraphQLError {
  return new GraphQLError(translate(locale, message ?? code, params), { extensions: { code, params } });
}

/**
 * What a client may see of an error: our own refusals as they are, passing faults with a code, everything else as
 * INTERNAL with nothing of its text.
 *
 * @returns the same error when it is meant for clients
 */
export function maskError(error: unknown, locale: LocaleName): GraphQLError {
  const original = error instanceof GraphQLError ? (error.originalError ?? null) : error;
  if (error instanceof GraphQLError && (original === null || original instanceof GraphQLError)) {
    if (error.extensions.code !== undefined) return error;
    // Variables that do not fit: the only refusal that comes without a code.
    const extensions = { ...error.extensions, code: 'INPUT_INVALID', params: {} };
    return new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions });
  }
  const code = publicCode(original);
  const path = error instanceof GraphQLError ? error : null;
  return new GraphQLError(translate(locale, code, {}), {
    nodes: path?.nodes ?? null,
    path: path?.path ?? null,
    extensions: { code, params: {} },
  });
}

/** Postgres: statement cancelled, shutting down, too many connections, and connections that were lost. */
const passingCodes: ReadonlySet<string> = new Set([
  '57P01',
  '57P03',
  '53300',
  '40001',
  '40P01',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
]);

function publicCode(error: unknown): RequestErrorCode {
  if (isAppError(error, 'deadline_exceeded') || isTimeout(error)) return 'DEADLINE_EXCEEDED';
  if (isAppError(error, 'transient', 'throttled')) return 'TEMPORARILY_UNAVAILABLE';
  if (isDataException(error)) return 'INPUT_INVALID';
  return passingCodes.has(codeOf(error) ?? '') ? 'TEMPORARILY_UNAVAILABLE' : 'INTERNAL';
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || codeOf(error) === '57014');
}

/**
 * Whether Postgres could not read a value that was given to it, such as a text with a zero byte: SQLSTATE class 22.
 */
export function isDataException(error: unknown): boolean {
  return codeOf(error)?.startsWith('22') ?? false;
}
