import { createHmac } from 'node:crypto';
import type { Clock } from '../../../shared/time.ts';
import { wireDate } from './format.ts';

const refreshTokenDays = 180;
const codeLifeMs = 120_000;

/** What the token endpoint answers. */
export interface TokenAnswer {
  access_token: string;
  expires_in: string;
  refresh_token?: string;
  refresh_token_timeout?: string;
  aliId: string;
  resource_owner: string;
  memberId: string;
}

/** Who a token belongs to, as far as the office must know. */
export interface TokenOwner {
  memberId: string;
  userId: string;
  loginId: string;
}

/** Gives out tokens and reads them again. */
export interface TokenOffice {
  issue(owner: number): TokenAnswer;
  /** A code as the authorization page hands out: single use, two minutes. */
  issueCode(owner: number): string;
  redeemCode(code: string): TokenAnswer | null;
  refresh(refreshToken: string): TokenAnswer | null;
  /** Number of the owner whose access token this is; null when unknown, too old or revoked. */
  ownerOf(accessToken: string): number | null;
  /** From now on all tokens of this owner given out so far are refused, as after a change of password. */
  revoke(owner: number): void;
}

/**
 * Tokens look like UUIDs and carry their own facts (kind, owner, time of issue, a check value), so that a
 * gateway that was started again still knows the tokens of its predecessor. All ages are real time.
 *
 * @param options.accessTokenLifeMs - real ms after which an access token answers 401
 * @param options.rotateRefreshTokens - a refresh also gives a new refresh token and ends the old one
 */
export function createTokenOffice(options: {
  secret: string;
  owners: readonly TokenOwner[];
  realClock: Clock;
  accessTokenLifeMs: number;
  rotateRefreshTokens: boolean;
}): TokenOffice {
  const { secret, owners, realClock } = options;
  const codes = new Map<string, { owner: number; until: number }>();
  const ended = new Set<string>();
  const revokedUntil = new Map<number, number>();
  let count = 0;

  const check = (text: string) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 8);
  const asUuid = (hex: string) =>
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

  function makeToken(kind: 'a' | 'b', owner: number): string {
    const serial = (++count % 0xffff).toString(16).padStart(4, '0');
    const at = realClock.now().getTime().toString(16).padStart(12, '0');
    const facts = `${at}${serial}${kind}${owner.toString(16).padStart(3, '0')}0000`.slice(0, 24);
    return asUuid(facts + check(facts));
  }

  function readToken(token: string, kind: 'a' | 'b'): { owner: number; issuedAt: number } | null {
    const hex = token.replaceAll('-', '').toLowerCase();
    const facts = hex.slice(0, 24);
    if (hex.length !== 32 || hex[16] !== kind || check(facts) !== hex.slice(24)) return null;
    const owner = Number.parseInt(facts.slice(17, 20), 16);
    const issuedAt = Number.parseInt(facts.slice(0, 12), 16);
    if (owner >= owners.length || issuedAt <= (revokedUntil.get(owner) ?? 0)) return null;
    return { owner, issuedAt };
  }

  function issue(owner: number, withRefreshToken = true): TokenAnswer {
    const facts = owners[owner];
    if (facts === undefined) throw new RangeError(`no merchant number ${owner}`);
    const now = realClock.now().getTime();
    return {
      access_token: makeToken('a', owner),
      expires_in: String(Math.max(1, Math.floor(options.accessTokenLifeMs / 1_000))),
      ...(withRefreshToken && {
        refresh_token: makeToken('b', owner),
        refresh_token_timeout: wireDate(now + refreshTokenDays * 86_400_000),
      }),
      aliId: facts.userId,
      resource_owner: facts.loginId,
      memberId: facts.memberId,
    };
  }

  return {
    issue,
    issueCode(owner) {
      const code = asUuid(check(`code ${owner} ${++count}`).repeat(4));
      codes.set(code, { owner, until: realClock.now().getTime() + codeLifeMs });
      return code;
    },
    redeemCode(code) {
      const found = codes.get(code);
      codes.delete(code);
      return found === undefined || found.until < realClock.now().getTime() ? null : issue(found.owner);
    },
    refresh(refreshToken) {
      const found = readToken(refreshToken, 'b');
      if (found === null || ended.has(refreshToken)) return null;
      if (options.rotateRefreshTokens) ended.add(refreshToken);
      return issue(found.owner, options.rotateRefreshTokens);
    },
    ownerOf(accessToken) {
      const found = readToken(accessToken, 'a');
      if (found === null) return null;
      return realClock.now().getTime() - found.issuedAt >= options.accessTokenLifeMs ? null : found.owner;
    },
    revoke(owner) {
      revokedUntil.set(owner, realClock.now().getTime());
    },
  };
}
