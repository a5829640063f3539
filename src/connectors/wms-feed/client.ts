import { AppError, type ErrorCode, isAppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/time.ts';
import type { HttpClient, IncomingAnswer } from '../http.ts';
import { isJsonObject, parseJson } from '../lossless.ts';
import type { ShopSession } from '../marketplace.ts';
import { redactText } from '../redact.ts';
import { parseRetryAfter, retryRead } from '../retry-read.ts';
import { text } from '../wire-values.ts';
import type { WmsFeedSettings } from './settings.ts';

/** Reads one resource of the feed. */
export interface FeedClient {
  /**
   * Takes from the budget before each attempt, repeats what failed in passing, asks for a newer token once when the
   * token is refused, tells the budget when the source asks for a pause.
   *
   * @param resource - such as `/stock-levels`
   * @param query - null = leave the parameter out
   * @param parse - reads a 200; what it throws as `transient` makes the call be repeated
   * @throws AppError `authorization_expired` (401), `permission_missing` (403; 404: the source has no such
   *   resource), `throttled`, `transient`, `deadline_exceeded` or `permanent`
   */
  read<T>(
    session: ShopSession,
    resource: string,
    query: Readonly<Record<string, string | null>>,
    parse: (place: string, answer: IncomingAnswer) => T,
  ): Promise<T>;
}

const acceptBy = {
  json: 'application/json, text/csv;q=0.9',
  csv: 'text/csv, application/json;q=0.9',
} as const;

/** Makes the client; it holds no state of its own. */
export function createFeedClient(settings: WmsFeedSettings, http: HttpClient, realClock: Clock): FeedClient {
  const callOnce = async (
    session: ShopSession,
    resource: string,
    query: Readonly<Record<string, string | null>>,
    token: string,
  ) => {
    await session.budget.take(session.signal);
    const url = new URL(settings.baseUrl.replace(/\/+$/, '') + resource);
    for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value);
    const answer = await http.send({
      method: 'GET',
      url: url.href,
      headers: { authorization: `Bearer ${token}`, accept: acceptBy[settings.preferredFormat] },
      signal: session.signal,
    });
    if (answer.status === 200) return answer;
    const fault = toAppError(`wms-feed ${resource}`, answer, realClock.now());
    if (fault.code === 'throttled') await session.budget.pause(fault.retryAfterMs);
    throw fault;
  };
  return {
    async read(session, resource, query, parse) {
      let held = await session.credentials.current();
      const attempt = async () =>
        parse(`wms-feed ${resource}`, await callOnce(session, resource, query, held.tokens.accessToken));
      try {
        return await retryRead(settings.retry, session.signal, attempt);
      } catch (error) {
        if (!isAppError(error, 'authorization_expired')) throw error;
        // Somebody may have stored a new token meanwhile.
        held = await session.credentials.refresh(held.version);
        return await retryRead(settings.retry, session.signal, attempt);
      }
    },
  };
}

function codeOfStatus(status: number, retryAfterMs: number | null): ErrorCode {
  if (status === 401) return 'authorization_expired';
  if (status === 403 || status === 404) return 'permission_missing';
  if (status === 429 || (status === 503 && retryAfterMs !== null)) return 'throttled';
  return status >= 500 || status === 408 ? 'transient' : 'permanent';
}

function toAppError(place: string, answer: IncomingAnswer, now: Date): AppError {
  const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after') ?? null, now);
  const code = codeOfStatus(answer.status, retryAfterMs);
  const said = readFault(answer.text);
  return new AppError(code, `${place}: HTTP ${answer.status}${said === '' ? '' : `, ${said}`}`, {
    params: { platformCode: String(answer.status), platformMessage: said },
    ...(code === 'throttled' && retryAfterMs !== null ? { retryAfterMs } : {}),
  });
}

/** `{ "error": { "code", "message" } }`, as far as it is there. */
function readFault(body: string): string {
  try {
    const value = parseJson(body, '');
    if (!isJsonObject(value) || !isJsonObject(value.error)) return '';
    const words = [text.safeParse(value.error.code).data, text.safeParse(value.error.message).data];
    return redactText(words.filter((word) => typeof word === 'string').join(' ')).slice(0, 300);
  } catch {
    return '';
  }
}
