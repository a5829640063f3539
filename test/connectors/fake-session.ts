import type { ShopSession, TokenSet } from '../../src/connectors/marketplace.ts';
import { AppError } from '../../src/shared/errors.ts';

/** A session whose ports record what was asked of them. */
export interface FakeSession extends ShopSession {
  taken: number;
  pauses: (number | null)[];
  refreshed: number[];
}

export function tokenSet(accessToken: string, overrides: Partial<TokenSet> = {}): TokenSet {
  return {
    accessToken,
    refreshToken: 'refresh-0001',
    accessExpiresAt: null,
    refreshExpiresAt: null,
    memberId: null,
    ...overrides,
  };
}

/**
 * @param accessTokens - the first is in force, each refresh moves to the next; none left means refused for good
 */
export function fakeSession(
  accessTokens: readonly string[] = ['token-0001'],
  overrides: Partial<TokenSet> = {},
  signal: AbortSignal = new AbortController().signal,
): FakeSession {
  let version = 0;
  const at = (index: number) => {
    const accessToken = accessTokens[index];
    if (accessToken === undefined) throw new AppError('authorization_expired', 'refused for good');
    return { tokens: tokenSet(accessToken, index === 0 ? overrides : {}), version: index };
  };
  const session: FakeSession = {
    taken: 0,
    pauses: [],
    refreshed: [],
    signal,
    credentials: {
      current: async () => at(version),
      refresh: async (used) => {
        session.refreshed.push(used);
        version = used + 1;
        return at(version);
      },
    },
    budget: {
      take: async () => {
        session.taken++;
      },
      pause: async (retryAfterMs) => {
        session.pauses.push(retryAfterMs);
      },
    },
  };
  return session;
}
