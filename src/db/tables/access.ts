import { foreignKey, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, organizationId, recordedAt } from './columns.ts';

/** A tenant. */
export const organization = pgTable('organization', {
  organizationId: uuid('organization_id').primaryKey(),
  name: text('name').notNull(),
  /** Language of texts when the request does not say: `zh-CN` or `en`. */
  locale: text('locale').notNull().default('zh-CN'),
  recordedAt: recordedAt(),
});

/** Coordination table: keys must be found before the organization is known. No business data, no table grants. */
export const apiKey = pgTable('api_key', {
  keyId: uuid('key_id').primaryKey(),
  organizationId: organizationId(),
  name: text('name').notNull(),
  /** Visible start of the key, by which it is found. */
  prefix: text('prefix').notNull().unique(),
  /** SHA-256 of the whole key, hex. */
  secretSha256: text('secret_sha256').notNull(),
  scopes: text('scopes').array().notNull(),
  /** Real time, like everything about keys. */
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at'),
  revokedAt: instant('revoked_at'),
  lastUsedAt: instant('last_used_at'),
});

/** The first answer to a mutation with an idempotency key; kept 24 hours of real time. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    organizationId: organizationId(),
    key: text('key').notNull(),
    mutation: text('mutation').notNull(),
    inputSha256: text('input_sha256').notNull(),
    answer: jsonb('answer').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.key] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
