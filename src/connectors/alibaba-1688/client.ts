import { AppError, isAppError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { type Clock, minuteMs } from '../../shared/time.ts';
import type { HttpClient } from '../http.ts';
import type { ShopSession, TokenSet } from '../marketplace.ts';
import { retryRead } from '../retry-read.ts';
import { readAnswer } from './answer.ts';
import { type Api, apiPath, describeApi } from './apis.ts';
import type { Alibaba1688Settings } from './settings.ts';
import { signatureField, signCall } from './sign.ts';

/** What the client needs from outside. */
export interface GatewayDependencies {
  http: HttpClient;
  /** Real time: tokens and `_aop_timestamp`. */
  realClock: Clock;
  log: Log;
}

/** Business parameters as texts; null = leave the parameter out. Objects and lists as one JSON text. */
export type ApiParams = Readonly<Record<string, string | null>>;

/** Makes of the JSON object of a success what the caller wants. */
type ParseBody<T> = (body: Record<string, unknown>) => T;

/** What a call needs that takes no token. */
export type AppSession = Pick<ShopSession, 'budget' | 'signal'>;

/** Speaks to the gateway for one app. */
export interface Gateway {
  readonly settings: Alibaba1688Settings;
  /**
   * Calls a reading API: takes from the budget before each attempt, repeats what failed in passing, renews the
   * token once when it is refused, tells the budget when the platform throttles.
   *
   * @param parse - reads the JSON object of a success, whose numbers have all their digits; what it throws as
   *   `transient` makes the call be repeated
   * @throws AppError `authorization_expired`, `permission_missing`, `throttled`, `transient`,
   *   `deadline_exceeded` or `permanent`
   */
  read<T>(session: ShopSession, api: Api, params: ApiParams, parse: ParseBody<T>): Promise<T>;
  /**
   * Calls a writing API **once**: a write may have taken effect although its answer was lost, so nothing is repeated
   * but a call whose token was refused, which the gateway does not execute.
   *
   * @throws AppError `write_uncertain` when nobody knows whether it took effect, else `authorization_expired`,
   *   `permission_missing`, `throttled`, or `permanent` with the platform's code
   */
  write<T>(session: ShopSession, api: Api, params: ApiParams, parse: ParseBody<T>): Promise<T>;
  /** The same for an API that belongs to the app and takes no token. */
  readAsApp<T>(session: AppSession, api: Api, params: ApiParams, parse: ParseBody<T>): Promise<T>;
}

/** Renews a token this long before its end, so that a call does not start with a dying one. */
const renewAheadMs = minuteMs;

/** Makes the client; holds no state of its own. */
export function createGateway(settings: Alibaba1688Settings, deps: GatewayDependencies): Gateway {
  return {
    settings,
    readAsApp: (session, api, params, parse) =>
      retryRead(settings.retry, session.signal, async () =>
        parse(await callOnce(settings, deps, session, api, params, null)),
      ),
    async write(session, api, params, parse) {
      let held = await session.credentials.current();
      if (isAboutToEnd(held.tokens, deps.realClock.now())) {
        held = await session.credentials.refresh(held.version);
      }
      const once = async () =>
        parse(await callOnce(settings, deps, session, api, params, held.tokens.accessToken));
      try {
        return await once();
      } catch (error) {
        if (!isAppError(error, 'authorization_expired')) throw toWriteError(api, error);
        held = await session.credentials.refresh(held.version);
        return await once().catch((again: unknown) => {
          throw toWriteError(api, again);
        });
      }
    },
    async read(session, api, params, parse) {
      let held = await session.credentials.current();
      if (isAboutToEnd(held.tokens, deps.realClock.now())) {
        held = await session.credentials.refresh(held.version);
      }
      const attempt = async () =>
        parse(await callOnce(settings, deps, session, api, params, held.tokens.accessToken));
      try {
        return await retryRead(settings.retry, session.signal, attempt);
      } catch (error) {
        if (!isAppError(error, 'authorization_expired')) throw error;
        deps.log.info({ api: describeApi(api) }, 'access token refused, renewing it');
        held = await session.credentials.refresh(held.version);
        return await retryRead(settings.retry, session.signal, attempt);
      }
    },
  };
}

/** Only what the platform itself refused has certainly not taken effect. */
function toWriteError(api: Api, error: unknown): unknown {
  if (isAppError(error, 'throttled', 'authorization_expired', 'permission_missing')) return error;
  if (isAppError(error, 'permanent') && error.params.platformCode !== undefined) return error;
  const reason = error instanceof AppError ? error.message : 'the call broke off';
  const params = { platformCode: platformCodeOf(error) ?? 'unknown' };
  return new AppError(
    'write_uncertain',
    `${describeApi(api)}: nobody knows whether it took effect: ${reason}`,
    {
      cause: error,
      params,
    },
  );
}

function isAboutToEnd(tokens: TokenSet, now: Date): boolean {
  if (tokens.accessExpiresAt === null || tokens.refreshToken === null) return false;
  return tokens.accessExpiresAt.getTime() - now.getTime() < renewAheadMs;
}

async function callOnce(
  settings: Alibaba1688Settings,
  deps: GatewayDependencies,
  session: AppSession,
  api: Api,
  params: ApiParams,
  accessToken: string | null,
): Promise<Record<string, unknown>> {
  await session.budget.take(session.signal);
  const path = apiPath(api, settings.appKey);
  const now = deps.realClock.now();
  const sent: Record<string, string> = { _aop_timestamp: String(now.getTime()) };
  if (accessToken !== null) sent.access_token = accessToken;
  for (const [name, value] of Object.entries(params)) {
    if (value !== null) sent[name] = value;
  }
  sent[signatureField] = signCall(path, sent, settings.appSecret);
  try {
    const answer = await deps.http.send({
      method: 'POST',
      url: new URL(`/openapi/${path}`, settings.gatewayUrl).href,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        accept: 'application/json',
      },
      body: new URLSearchParams(sent).toString(),
      signal: session.signal,
    });
    return readAnswer(describeApi(api), answer, now, [accessToken, settings.appSecret]);
  } catch (error) {
    if (isAppError(error, 'throttled')) await session.budget.pause(error.retryAfterMs);
    throw error;
  }
}

/** The platform's own code of a failure; null when it is no failure of the platform. */
export function platformCodeOf(error: unknown): string | null {
  return error instanceof AppError ? (error.params.platformCode ?? null) : null;
}
