import { z } from 'zod';
import { AppError, isAppError } from '../../shared/errors.ts';
import { secondMs } from '../../shared/time.ts';
import type { TokenSet } from '../marketplace.ts';
import { decimal, describeIssues, id, instant, required } from '../wire-values.ts';
import { readAnswer } from './answer.ts';
import type { GatewayDependencies } from './client.ts';
import { parseDate } from './dates.ts';
import type { Alibaba1688Settings } from './settings.ts';

/**
 * The page a merchant opens in the browser to allow the app.
 *
 * @param redirectUri - on the domain registered for the app
 * @param state - unguessable; comes back with the code and must be compared
 */
export function buildAuthorizeUrl(
  settings: Pick<Alibaba1688Settings, 'authorizeUrl' | 'appKey'>,
  redirectUri: string,
  state: string,
): string {
  const url = new URL(settings.authorizeUrl);
  url.search = new URLSearchParams({
    client_id: settings.appKey,
    site: '1688',
    redirect_uri: redirectUri,
    state,
  }).toString();
  return url.href;
}

/**
 * Turns the code of the callback into tokens. The code works once and for two minutes, so the call is not
 * repeated.
 *
 * @throws AppError `authorization_expired` when the code is refused, `permanent` when key or secret of the app
 *   are wrong, `throttled`, `transient` or `deadline_exceeded`
 */
export function exchangeCode(
  settings: Alibaba1688Settings,
  deps: GatewayDependencies,
  code: string,
  redirectUri: string,
  signal: AbortSignal,
): Promise<TokenSet> {
  const grant = {
    grant_type: 'authorization_code',
    need_refresh_token: 'true',
    redirect_uri: redirectUri,
    code,
  };
  return requestTokens(settings, deps, grant, null, signal);
}

/**
 * Gets a new access token for a refresh token. An answer without a refresh token keeps the old one with its
 * end. Not repeated inside: whether a lost answer made the old token invalid is not known, so whoever calls
 * this reads the stored tokens again first. One process at a time, see `CredentialSource`.
 *
 * @param held - the tokens in force
 * @throws AppError `authorization_expired` when there is no refresh token or the platform refuses it: somebody
 *   must authorize again; otherwise as {@link exchangeCode}
 */
export async function refreshTokens(
  settings: Alibaba1688Settings,
  deps: GatewayDependencies,
  held: TokenSet,
  signal: AbortSignal,
): Promise<TokenSet> {
  if (held.refreshToken === null) {
    throw new AppError(
      'authorization_expired',
      'the access token was refused and there is no refresh token; connect the shop again',
    );
  }
  const grant = { grant_type: 'refresh_token', refresh_token: held.refreshToken };
  return requestTokens(settings, deps, grant, held, signal);
}

const tokenAnswer = z.object({
  access_token: required(id),
  expires_in: decimal,
  refresh_token: id,
  refresh_token_timeout: instant(parseDate),
  memberId: id,
});

async function requestTokens(
  settings: Alibaba1688Settings,
  deps: GatewayDependencies,
  grant: Record<string, string>,
  held: TokenSet | null,
  signal: AbortSignal,
): Promise<TokenSet> {
  const form = { client_id: settings.appKey, client_secret: settings.appSecret, ...grant };
  const url = new URL(`/openapi/http/1/system.oauth2/getToken/${settings.appKey}`, settings.gatewayUrl);
  const now = deps.realClock.now();
  const answer = await deps.http.send({
    method: 'POST',
    url: url.href,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      accept: 'application/json',
    },
    body: new URLSearchParams(form).toString(),
    signal,
  });
  let body: Record<string, unknown>;
  try {
    body = readAnswer(
      'system.oauth2:getToken-1',
      answer,
      now,
      Object.values(grant).concat(settings.appSecret),
    );
  } catch (error) {
    throw classifyRefusal(error);
  }
  const parsed = tokenAnswer.safeParse(body);
  if (!parsed.success) throw new AppError('permanent', `getToken: ${describeIssues(parsed.error)}`);
  const values = parsed.data;
  return {
    accessToken: values.access_token,
    refreshToken: values.refresh_token ?? held?.refreshToken ?? null,
    accessExpiresAt:
      values.expires_in === null ? null : new Date(now.getTime() + Number(values.expires_in) * secondMs),
    refreshExpiresAt:
      values.refresh_token_timeout ??
      (values.refresh_token === null ? (held?.refreshExpiresAt ?? null) : null),
    memberId: values.memberId ?? held?.memberId ?? null,
  };
}

/** Refusals that are about the app or the call, not about the merchant's grant. */
const appFaultPattern = /^(gw\.|invalid_client|unauthorized_client|unsupported_grant_type|invalid_scope)/;

/**
 * The errors of the token endpoint are not documented: whatever is not clearly the app's own fault means that
 * the grant is not accepted, and only a new authorization helps.
 */
function classifyRefusal(error: unknown): unknown {
  if (!isAppError(error, 'permanent') || error.params.platformMessage === undefined) return error;
  if (appFaultPattern.test(error.params.platformCode ?? '')) return error;
  return new AppError('authorization_expired', error.message, { cause: error, params: { ...error.params } });
}
