import { randomUUID } from 'node:crypto';
import type { CallBudget, Platform, ShopSession, TokenSet } from '../connectors/marketplace.ts';
import type { TokenVault } from '../connectors/token-vault.ts';
import type { Database } from '../db/client.ts';
import { findShopId, saveConnectedShop } from '../db/queries/shop-connect.ts';
import { withOrganization } from '../db/tenant.ts';
import { marketplaceTokens } from '../pipeline/credentials.ts';
import { AppError } from '../shared/errors.ts';
import { brandId, type OrganizationId, type ShopId } from '../shared/ids.ts';
import type { Clock } from '../shared/time.ts';
import type { Gateways } from './gateways.ts';

/** A shop to connect, as its owner describes it. */
export interface ShopToConnect {
  readonly organizationId: OrganizationId;
  readonly platform: string;
  /** Null = the account's own name. */
  readonly name: string | null;
  /** To be exchanged for tokens; null = tokens are given. */
  readonly authorizationCode: string | null;
  /** The address that the code was sent to; needed with a code. */
  readonly redirectUri?: string;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** Address of a feed; null = the configured one. */
  readonly endpointUrl: string | null;
}

/** What connecting needs. */
export interface ConnectDependencies {
  readonly db: Database;
  readonly gateways: Gateways;
  readonly vault: TokenVault;
  /** Business time. */
  readonly clock: Clock;
}

const answerMsMax = 30_000;

/** One call by hand: it is not counted against the shop's budget. */
const uncountedBudget: CallBudget = { take: () => Promise.resolve(), pause: () => Promise.resolve() };

/**
 * Asks the platform whose tokens these are, seals them, and connects the shop; it is polled at once. Connecting a
 * shop again replaces its tokens and keeps all its data.
 *
 * Writes `shop`, `shop_credential` and the lease in one transaction, after the platform answered.
 *
 * @throws AppError `authorization_expired` or `permission_missing` from the platform, `invalid_input` naming what is
 *   missing, `invalid_configuration` when the platform is not set up
 */
export async function connectShop(deps: ConnectDependencies, shop: ShopToConnect): Promise<ShopId> {
  const connector = deps.gateways.connectorFor(shop);
  const tokens = await tokensOf(deps, shop);
  const account = await connector.fetchAccount(sessionOf(tokens));
  return withOrganization(deps.db, 'app', shop.organizationId, async (sql) => {
    const known = await findShopId(sql, shop.platform, account.memberId);
    const shopId = known ?? brandId<ShopId>(randomUUID());
    const place = { organizationId: shop.organizationId, shopId, purpose: marketplaceTokens };
    await saveConnectedShop(sql, {
      organizationId: shop.organizationId,
      shopId,
      platform: shop.platform as Platform,
      memberId: account.memberId,
      name: shop.name ?? account.name,
      endpointUrl: shop.endpointUrl,
      sealed: await deps.vault.sealTokens(tokens, place),
      accessExpiresAt: tokens.accessExpiresAt,
      refreshExpiresAt: tokens.refreshExpiresAt,
      at: deps.clock.now(),
    });
    return shopId;
  });
}

async function tokensOf(deps: ConnectDependencies, shop: ShopToConnect): Promise<TokenSet> {
  if (shop.authorizationCode !== null) {
    if (shop.platform !== 'alibaba-1688' || shop.redirectUri === undefined) {
      throw new AppError(
        'invalid_input',
        'a code needs the platform alibaba-1688 and the redirect address it was sent to',
      );
    }
    const signal = AbortSignal.timeout(answerMsMax);
    return deps.gateways.alibaba1688For(shop).exchangeCode(shop.authorizationCode, shop.redirectUri, signal);
  }
  if (shop.accessToken === null && shop.refreshToken === null) {
    throw new AppError('invalid_input', 'give an access token, a refresh token or an authorization code');
  }
  const given: TokenSet = {
    accessToken: shop.accessToken ?? '',
    refreshToken: shop.refreshToken,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    memberId: null,
  };
  return shop.accessToken === null ? deps.gateways.refreshTokens(shop, given) : given;
}

function sessionOf(tokens: TokenSet): ShopSession {
  return {
    credentials: {
      current: () => Promise.resolve({ tokens, version: 0 }),
      refresh: () =>
        Promise.reject(
          new AppError('authorization_expired', 'the platform does not accept the access token'),
        ),
    },
    budget: uncountedBudget,
    signal: AbortSignal.timeout(answerMsMax),
  };
}
