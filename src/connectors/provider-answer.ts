import { AppError } from '../shared/errors.ts';
import { minuteMs, secondMs } from '../shared/time.ts';
import type { DeliveryReceipt } from './channel.ts';
import type { HttpClient, IncomingAnswer } from './http.ts';
import { redactText } from './redact.ts';

/** What a provider's code means for the message. */
type CodeMeaning = 'sent' | 'throttled' | 'transient' | 'gone' | 'permanent';

/** How one kind of provider answers. */
export interface AnswerReading {
  /** Name of the provider in messages. */
  readonly provider: string;
  /** The field with the code, first one present. */
  readonly codeFields: readonly string[];
  readonly messageFields: readonly string[];
  meaningOf(code: string): CodeMeaning;
  /** Pause when the provider throttles without saying for how long, ms. */
  readonly pauseMs: number;
}

const answerLengthMax = 300;

/** Posts JSON. @throws as `HttpClient.send` */
export function postJson(
  http: HttpClient,
  url: string,
  body: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<IncomingAnswer> {
  return http.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
    signal,
  });
}

/**
 * Reads success from the body: robots answer HTTP 200 with a code that says otherwise.
 *
 * @param secrets - whatever the provider might repeat in its words
 * @throws AppError as the port says
 */
export function readAnswer(
  answer: IncomingAnswer,
  reading: AnswerReading,
  secrets: readonly (string | null)[],
): DeliveryReceipt {
  const body = parseObject(answer.text);
  const code = body === null ? null : pick(body, reading.codeFields);
  if (body === null || code === null) {
    assertStatus(answer, reading.provider);
    throw new AppError('transient', `${reading.provider}: the answer has no code`, {
      params: { provider: `HTTP ${answer.status}` },
    });
  }
  const words = clean(pick(body, reading.messageFields) ?? '', secrets);
  const said = `${code}${words === '' ? '' : ` ${words}`}`;
  const meaning = reading.meaningOf(code);
  if (meaning === 'sent') return { answer: said };
  const params = { provider: code, ...(meaning === 'gone' ? { reason: 'gone' } : {}) };
  const message = `${reading.provider} refused: ${said}`;
  if (meaning === 'throttled') {
    throw new AppError('throttled', message, { retryAfterMs: reading.pauseMs, params });
  }
  throw new AppError(meaning === 'transient' ? 'transient' : 'permanent', message, { params });
}

/**
 * Reads success from the status.
 *
 * @throws AppError for anything but 2xx: `throttled` for 429 with its Retry-After, `permanent` with reason `gone` for
 *   410, `transient` for 408 and 5xx, else `permanent`
 */
export function assertStatus(answer: IncomingAnswer, provider: string): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const params = { provider: `HTTP ${status}` };
  const message = `${provider}: answered HTTP ${status}`;
  if (status === 429) {
    const retryAfterMs = readRetryAfterMs(answer.headers.get('retry-after') ?? '');
    throw new AppError('throttled', message, { retryAfterMs, params });
  }
  if (status === 410) throw new AppError('permanent', message, { params: { ...params, reason: 'gone' } });
  throw new AppError(status === 408 || status >= 500 ? 'transient' : 'permanent', message, { params });
}

/** Words of a provider: one line, short, without secrets. */
export function clean(text: string, secrets: readonly (string | null)[]): string {
  return redactText(text, secrets).replace(/\s+/g, ' ').trim().slice(0, answerLengthMax);
}

/** Seconds only: a date would have to be compared with a clock that is not the sender's. */
function readRetryAfterMs(header: string): number {
  return /^\d{1,6}$/.test(header) ? Number(header) * secondMs : minuteMs;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function pick(body: Record<string, unknown>, fields: readonly string[]): string | null {
  for (const field of fields) {
    const value = body[field];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
