import { randomUUID } from 'node:crypto';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Database } from '../client.ts';
import type { Sql } from '../connection.ts';
import { asOwner, withOrganization, withoutOrganization } from '../tenant.ts';

/** An API key as it is stored: never the key itself. Real time. */
export interface ApiKeyRow {
  readonly keyId: string;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly secretSha256: string;
  readonly scopes: string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Finds a key by its visible start, before any organization is known; null = none. Calls `access_find_key`. */
export async function findApiKey(db: Database, prefix: string): Promise<ApiKeyRow | null> {
  const rows = await withoutOrganization(
    db,
    'app',
    (sql) => sql<ApiKeyRow[]>`
      select key_id as "keyId", organization_id as "organizationId", name, secret_sha256 as "secretSha256", scopes,
             expires_at as "expiresAt", revoked_at as "revokedAt"
      from access_find_key(${prefix})`,
    { isIdempotent: true },
  );
  return rows[0] ?? null;
}

/** Notes that a key was used, at most once a minute. Calls `access_touch_key`. */
export async function touchApiKey(db: Database, keyId: string): Promise<void> {
  await withoutOrganization(db, 'app', (sql) => sql`select access_touch_key(${keyId})`);
}

/** Language of an organization's texts. @throws Error when it does not exist */
export async function loadLocale(db: Database, organizationId: OrganizationId): Promise<'zh-CN' | 'en'> {
  const [row] = await withOrganization(
    db,
    'app',
    organizationId,
    (sql) => sql<{ locale: 'zh-CN' | 'en' }[]>`select locale from organization`,
    { isIdempotent: true },
  );
  if (row === undefined) throw new Error('the organization does not exist');
  return row.locale;
}

/**
 * Keeps a new key. As the owner, for the operator's command line.
 *
 * @param key.expiresAt - real time; null = never
 * @returns the id by which it can be revoked
 */
export async function saveApiKey(
  db: Database,
  key: Omit<ApiKeyRow, 'keyId' | 'revokedAt'> & { readonly prefix: string },
): Promise<string> {
  const keyId = randomUUID();
  await asOwner(
    db,
    null,
    (sql) => sql`
      insert into api_key
        (key_id, organization_id, name, prefix, secret_sha256, scopes, created_at, expires_at)
      values (${keyId}, ${key.organizationId}, ${key.name}, ${key.prefix}, ${key.secretSha256},
              ${key.scopes as string[]}::text[], clock_timestamp(), ${key.expiresAt})`,
  );
  return keyId;
}

/** Ends a key; open connections that use it end within a minute. @returns false = no such key, or ended before */
export async function revokeApiKey(db: Database, prefix: string): Promise<boolean> {
  const rows = await asOwner(
    db,
    null,
    (sql) => sql`
      update api_key set revoked_at = clock_timestamp() where prefix = ${prefix} and revoked_at is null
      returning key_id`,
  );
  return rows.length > 0;
}

/** All keys, for the operator's list. */
export async function loadApiKeys(
  sql: Sql,
): Promise<(Omit<ApiKeyRow, 'secretSha256'> & { prefix: string })[]> {
  return sql<(Omit<ApiKeyRow, 'secretSha256'> & { prefix: string })[]>`
    select key_id as "keyId", organization_id as "organizationId", name, prefix, scopes,
           expires_at as "expiresAt", revoked_at as "revokedAt"
    from api_key order by created_at`;
}
