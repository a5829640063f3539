import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { IncomingAnswer } from '../http.ts';
import { isJsonObject, LosslessNumber, parseJson } from '../lossless.ts';
import { redactText } from '../redact.ts';
import { parseRetryAfter } from '../retry-read.ts';

/** What the platform says is wrong. */
interface PlatformFault {
  code: string;
  message: string;
}

const gatewayCodes: Readonly<Record<string, ErrorCode>> = {
  '401': 'authorization_expired',
  '403': 'permission_missing',
  'gw.APIACLDecline': 'permission_missing',
  'gw.QosAppFrequencyLimit': 'throttled',
  'gw.QosRequestLimit': 'throttled',
};

/**
 * Reads an answer of the gateway. What it says decides, not the HTTP status: the same faults are met with
 * status 200 and 400.
 *
 * @param api - written form of the API, for messages
 * @param now - real time, for `Retry-After` dates
 * @param secrets - sent with the call; a message that repeats one is shown without it
 * @returns the JSON object of a success
 * @throws AppError `authorization_expired` (the token is not accepted), `permission_missing`, `throttled`,
 *   `transient` (5xx, HTML, broken JSON), `permanent` (anything else that is no success); `params.platformCode`
 *   and `params.platformMessage` hold the platform's own words
 */
export function readAnswer(
  api: string,
  answer: IncomingAnswer,
  now: Date,
  secrets: readonly (string | null)[],
): Record<string, unknown> {
  const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after') ?? null, now);
  const body = parseBody(api, answer, retryAfterMs);
  const fault = findGatewayFault(body) ?? findBusinessFault(body);
  if (fault !== null) {
    const shown = { code: redactText(fault.code, secrets), message: redactText(fault.message, secrets) };
    throw toAppError(api, answer.status, shown, retryAfterMs);
  }
  if (answer.status !== 200) throw statusError(api, answer.status, retryAfterMs);
  return body;
}

function parseBody(
  api: string,
  answer: IncomingAnswer,
  retryAfterMs: number | null,
): Record<string, unknown> {
  let body: unknown;
  try {
    body = parseJson(answer.text, `${api}: HTTP ${answer.status}`);
  } catch (error) {
    if (answer.status >= 400) throw statusError(api, answer.status, retryAfterMs);
    throw error;
  }
  if (isJsonObject(body)) return body;
  if (answer.status !== 200) throw statusError(api, answer.status, retryAfterMs);
  throw new AppError('permanent', `${api}: the answer is no JSON object`);
}

function statusError(api: string, status: number, retryAfterMs: number | null): AppError {
  const params = { api, platformCode: String(status) };
  if (status === 429 || (status === 503 && retryAfterMs !== null)) {
    return new AppError('throttled', `${api}: HTTP ${status}`, {
      params,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  const code = status >= 500 || status === 408 ? 'transient' : 'permanent';
  return new AppError(code, `${api}: HTTP ${status} without a word why; is the gateway address right?`, {
    params,
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return value instanceof LosslessNumber ? value.toString() : '';
}

function faultOf(code: unknown, ...messages: unknown[]): PlatformFault | null {
  const word = textOf(code);
  if (word === '' || word === '0') return null;
  return { code: word, message: messages.map(textOf).find((message) => message !== '') ?? '' };
}

/** The gateway's own form, and the one of the token endpoint. */
function findGatewayFault(body: Record<string, unknown>): PlatformFault | null {
  const words = [body.error_message, body.error_description, body.exception] as const;
  return faultOf(body.error_code, ...words) ?? faultOf(body.error, ...words);
}

function isSaid(value: unknown, word: 'true' | 'false'): boolean {
  return value === (word === 'true') || value === word;
}

/**
 * Business faults have a different name in each API, sometimes one level down. A `code` is a fault only beside
 * an answer that does not call itself a success: some answer a word for success there.
 */
function findBusinessFault(body: Record<string, unknown>): PlatformFault | null {
  for (const level of [body, body.result]) {
    if (!isJsonObject(level)) continue;
    const words = [level.errorMessage, level.errorMsg, level.errMsg, level.message] as const;
    const named = faultOf(level.errorCode, ...words);
    if (named !== null) return named;
    const isSuccess = isSaid(level.success, 'true') || isSaid(level.isSuccess, 'true');
    const isFine = isSuccess || level !== body || textOf(level.code) === '200';
    const coded = isFine ? null : faultOf(level.code, ...words);
    if (coded !== null) return coded;
    if (isSaid(level.success, 'false') || isSaid(level.isSuccess, 'false')) {
      return faultOf(level.code, ...words) ?? faultOf('unnamed', ...words);
    }
  }
  // The product detail says what is wrong in a sentence only, and sends no product.
  return body.productInfo === null || body.productInfo === undefined ? faultOfSentence(body.errMsg) : null;
}

function faultOfSentence(sentence: unknown): PlatformFault | null {
  const message = textOf(sentence);
  return message === '' ? null : { code: 'unnamed', message };
}

function toAppError(
  api: string,
  status: number,
  fault: PlatformFault,
  retryAfterMs: number | null,
): AppError {
  const message = fault.message.slice(0, 300);
  const code = gatewayCodes[fault.code] ?? (status >= 500 ? 'transient' : 'permanent');
  return new AppError(code, `${api}: ${fault.code} ${message}`.trimEnd(), {
    params: { api, platformCode: fault.code, platformMessage: message },
    ...(retryAfterMs === null || code !== 'throttled' ? {} : { retryAfterMs }),
  });
}
