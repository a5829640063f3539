import type { Database } from '../db/client.ts';
import { findApiKey, insertApiKey, loadOrganizationLocale, touchApiKey } from '../db/queries/api-key.ts';
import { asOwner } from '../db/tenant.ts';
import type { LocaleName } from '../graphql/context.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { Scope } from '../shared/scopes.ts';
import { generateKeyText } from './api-key.ts';
import type { KeyStore } from './auth.ts';

/** Keys in the database. The language of an organization is asked once per process: it hardly ever changes. */
export function createKeyStore(db: Database): KeyStore {
  const locales = new Map<OrganizationId, LocaleName>();
  return {
    find: (prefix) => findApiKey(db, prefix),
    touch: (keyId) => touchApiKey(db, keyId),
    async localeOf(organizationId) {
      const locale = locales.get(organizationId) ?? (await loadOrganizationLocale(db, organizationId));
      locales.set(organizationId, locale);
      return locale;
    },
  };
}

/** What a new key may do, for whom, how long. */
export interface KeyRequest {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Real time; null = does not expire. */
  readonly expiresAt: Date | null;
}

/**
 * Makes an API key as the owner of the database; for the command line.
 *
 * @returns the key's text: shown once, never stored
 */
export async function createApiKey(db: Database, request: KeyRequest): Promise<string> {
  const key = generateKeyText();
  await asOwner(db, request.organizationId, (sql) =>
    insertApiKey(sql, { ...request, prefix: key.prefix, sha256: key.sha256 }),
  );
  return key.text;
}
