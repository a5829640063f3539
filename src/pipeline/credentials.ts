import type { CredentialSource, TokenSet } from '../connectors/marketplace.ts';
import type { Database } from '../db/client.ts';
import {
  loadCredential,
  lockCredential,
  type SealedCredential,
  saveCredential,
} from '../db/queries/credential.ts';
import { withOrganization } from '../db/tenant.ts';
import { codeOf } from '../db/transaction.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { OrganizationId, ShopId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { type Clock, secondMs } from '../shared/time.ts';

/** Seals and opens the tokens of a shop, bound to the row they belong to. */
interface TokenSealer {
  sealTokens(tokens: TokenSet, place: TokenPlace): Promise<string>;
  /** @throws AppError `secret_unreadable` */
  openTokens(sealed: string, place: TokenPlace): Promise<TokenSet>;
  /** True when it was sealed with another key than the newest. */
  needsResealing(sealed: string): boolean;
}

/** The row that tokens belong to, and what they are for. */
interface TokenPlace {
  organizationId: OrganizationId;
  shopId: ShopId;
  purpose: string;
}

/** What tokens of marketplaces are sealed for: whoever seals and whoever opens must say the same. */
export const marketplaceTokens = 'marketplace_tokens';

/** What a source of tokens needs. */
export interface CredentialDependencies {
  readonly db: Database;
  readonly vault: TokenSealer;
  /** Asks the platform for new tokens. @throws AppError `authorization_expired` when it refuses for good */
  refreshTokens(held: TokenSet): Promise<TokenSet>;
  /** Real time. */
  readonly realClock: Clock;
  readonly log: Log;
}

/** Tokens and the version they are stored under. */
interface Versioned {
  readonly tokens: TokenSet;
  readonly version: number;
}

/** The lock is held across the platform's answer: longer than its deadline, shorter than a person's patience. */
const refreshDeadlineMs = 45 * secondMs;

/**
 * The tokens of a shop, refreshed by one process at a time.
 *
 * A refresh locks the credential row, reads it again and asks the platform only if nobody refreshed meanwhile; the
 * new pair is saved before anybody uses it. When the platform refuses, the row is read once more before the tokens
 * are given up: an earlier refresh whose answer was lost may have been stored by another process. Tokens under an older
 * key are sealed anew when they are loaded. This is the one place where a transaction stays open during a network call:
 * two refreshes of one token can lock the shop out.
 */
export function createCredentialSource(
  deps: CredentialDependencies,
  { organizationId, shopId }: { readonly organizationId: OrganizationId; readonly shopId: ShopId },
): CredentialSource {
  const shop = { organizationId, shopId };
  const place = { ...shop, purpose: marketplaceTokens };
  const open = async (stored: SealedCredential | null): Promise<Versioned> => {
    if (stored === null) {
      throw new AppError('authorization_expired', 'the shop has no tokens; connect it again');
    }
    return { tokens: await deps.vault.openTokens(stored.sealed, place), version: stored.version };
  };
  const load = async (): Promise<Versioned> => {
    const stored = await withOrganization(
      deps.db,
      'worker',
      shop.organizationId,
      (sql) => loadCredential(sql, shop.shopId),
      { isIdempotent: true },
    );
    const held = await open(stored);
    if (stored !== null && deps.vault.needsResealing(stored.sealed)) {
      // The tokens are good all the same; the next process that loads them tries again.
      await reseal(stored).catch((error: unknown) => {
        deps.log.warn({ shopId, code: codeOf(error) }, 'tokens could not be sealed anew with the newest key');
      });
    }
    return held;
  };
  // The same tokens under the newest key, so that an older one can leave the ring once every shop was read.
  const reseal = (old: SealedCredential) =>
    withOrganization(
      deps.db,
      'worker',
      shop.organizationId,
      async (sql) => {
        const stored = await lockCredential(sql, shop.shopId);
        if (stored?.sealed !== old.sealed) return;
        const { tokens, version } = await open(stored);
        await saveCredential(sql, shop.shopId, {
          sealed: await deps.vault.sealTokens(tokens, place),
          version,
          accessExpiresAt: tokens.accessExpiresAt,
          refreshExpiresAt: tokens.refreshExpiresAt,
          updatedAt: deps.realClock.now(),
        });
      },
      { isIdempotent: true },
    );
  const refreshLocked = (usedVersion: number): Promise<Versioned> =>
    withOrganization(
      deps.db,
      'worker',
      shop.organizationId,
      async (sql) => {
        // Another process may hold the lock for as long as the platform takes to answer.
        await sql`set local lock_timeout = ${sql.unsafe(String(refreshDeadlineMs))}`;
        const held = await open(await lockCredential(sql, shop.shopId));
        if (held.version !== usedVersion) return held;
        const tokens = await deps.refreshTokens(held.tokens);
        const version = held.version + 1;
        await saveCredential(sql, shop.shopId, {
          sealed: await deps.vault.sealTokens(tokens, place),
          version,
          accessExpiresAt: tokens.accessExpiresAt,
          refreshExpiresAt: tokens.refreshExpiresAt,
          updatedAt: deps.realClock.now(),
        });
        return { tokens, version };
      },
      { deadlineMs: refreshDeadlineMs },
    );
  // Valid until the platform refuses them: then refresh() finds whatever another process has stored meanwhile.
  let inForce: Versioned | null = null;
  let underWay: { usedVersion: number; result: Promise<Versioned> } | null = null;
  return {
    async current() {
      inForce ??= await load();
      return inForce;
    },
    refresh(usedVersion) {
      if (underWay?.usedVersion === usedVersion) return underWay.result;
      const result: Promise<Versioned> = refreshLocked(usedVersion)
        .catch(async (error: unknown) => {
          if (!isAppError(error, 'authorization_expired')) throw error;
          const again = await load();
          if (again.version === usedVersion) throw error;
          return again;
        })
        .then((newer) => {
          inForce = newer;
          return newer;
        })
        .finally(() => {
          if (underWay?.result === result) underWay = null;
        });
      underWay = { usedVersion, result };
      return result;
    },
  };
}
