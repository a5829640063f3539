import type { App } from './dispatch.ts';
import type { TokenAnswer, TokenOffice } from './tokens.ts';

/** An answer of the token endpoint with its status. */
export interface TokenReply {
  status: number;
  body: TokenAnswer | { error: string; error_description: string };
}

function refuse(error: string, error_description: string): TokenReply {
  return { status: 400, body: { error, error_description } };
}

/**
 * `system.oauth2/getToken` and `postponeToken`: not signed (a signature does no harm), the app is known by
 * its secret.
 *
 * @param appKey - from the end of the path; must be the `client_id`
 */
export function answerToken(
  offices: { apps: ReadonlyMap<string, App>; tokens: TokenOffice },
  name: string,
  appKey: string,
  params: ReadonlyMap<string, string>,
): TokenReply {
  const app = offices.apps.get(appKey);
  if (app === undefined || params.get('client_id') !== appKey) {
    return refuse('invalid_client', 'client_id is unknown');
  }
  if (params.get('client_secret') !== app.appSecret)
    return refuse('invalid_client', 'client_secret is wrong');
  const refreshToken = params.get('refresh_token');
  if (name === 'postponeToken') {
    const answer = refreshToken === undefined ? null : offices.tokens.refresh(refreshToken);
    return answer === null
      ? refuse('invalid_grant', 'refresh_token is not valid')
      : { status: 200, body: answer };
  }
  switch (params.get('grant_type')) {
    case 'authorization_code': {
      const answer = offices.tokens.redeemCode(params.get('code') ?? '');
      if (answer === null) return refuse('invalid_grant', 'code is not valid or was used already');
      if (params.get('need_refresh_token') !== 'true') delete answer.refresh_token;
      return { status: 200, body: answer };
    }
    case 'refresh_token': {
      const answer = offices.tokens.refresh(refreshToken ?? '');
      return answer === null
        ? refuse('invalid_grant', 'refresh_token is not valid')
        : { status: 200, body: answer };
    }
    default:
      return refuse('unsupported_grant_type', 'grant_type is authorization_code or refresh_token');
  }
}
