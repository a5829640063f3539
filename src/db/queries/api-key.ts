import { randomUUID } from 'node:crypto';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Scope } from '../../shared/scopes.ts';
import type { Database } from '../client.ts';
import type { Sql } from '../connection.ts';
import { withOrganization, withoutOrganization } from '../tenant.ts';

/** An API key as it is stored: never the key itself. Real time. */
export interface ApiKeyRow {
  readonly keyId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly secretSha256: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key to be stored. */
export interface NewApiKey {
  readonly organizationId: OrganizationId;
  /** For people: whose key it is, or what it is for. */
  readonly name: string;
  /** Visible start of the key, unique. */
  readonly prefix: string;
  /** SHA-256 of the whole key, hex. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
  /** Null = does not expire. */
  readonly expiresAt: Date | null;
}

/** The key with a prefix, expired and revoked ones too; null = none. Calls the function that guards `api_key`. */
export async function findApiKey(db: Database, prefix: string): Promise<ApiKeyRow | null> {
  const rows = await withoutOrganization(
    db,
    'app',
    (sql) => sql<ApiKeyRow[]>`
      select key_id as "keyId", organization_id as "organizationId", name, secret_sha256 as "secretSha256",
        scopes, expires_at as "expiresAt", revoked_at as "revokedAt"
      from access_find_key(${prefix})`,
    { isIdempotent: true },
  );
  return rows[0] ?? null;
}

/** Notes that a key is in use, at most once a minute. Calls the function that guards `api_key`. */
export async function touchApiKey(db: Database, keyId: string): Promise<void> {
  await withoutOrganization(db, 'app', (sql) => sql`select access_touch_key(${keyId})`, {
    isIdempotent: true,
  });
}

/**
 * Stores a key. Writes `api_key` in the caller's transaction, which must be the owner's.
 *
 * @returns the id of the new row; run twice it fails on the prefix
 */
export async function insertApiKey(sql: Sql, key: NewApiKey): Promise<string> {
  const keyId = randomUUID();
  await sql`
    insert into api_key (key_id, organization_id, name, prefix, secret_sha256, scopes, created_at, expires_at)
    values (${keyId}, ${key.organizationId}, ${key.name}, ${key.prefix}, ${key.sha256}, ${[...key.scopes]},
      clock_timestamp(), ${key.expiresAt})`;
  return keyId;
}

/**
 * Takes a key out of use. Writes `api_key` in the caller's transaction, which must be the owner's.
 *
 * @returns false when there is no such key, or it was revoked before
 */
export async function revokeApiKey(sql: Sql, prefix: string): Promise<boolean> {
  const rows = await sql`
    update api_key set revoked_at = clock_timestamp()
    where prefix = ${prefix} and revoked_at is null
    returning key_id`;
  return rows.length > 0;
}

/** Language of an organization's texts. Reads `organization`. */
export async function loadOrganizationLocale(
  db: Database,
  organizationId: OrganizationId,
): Promise<'zh-CN' | 'en'> {
  const rows = await withOrganization(
    db,
    'app',
    organizationId,
    (sql) => sql<{ locale: string }[]>`select locale from organization`,
    { isIdempotent: true, isReadOnly: true },
  );
  return rows[0]?.locale === 'en' ? 'en' : 'zh-CN';
}
