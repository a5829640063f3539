import type { ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** A shop's tokens as they are stored: sealed. Times are real time. */
export interface SealedCredential {
  readonly sealed: string;
  /** Rises with every refresh. */
  readonly version: number;
}

/** The sealed tokens of a shop; null when it has none. Reads `shop_credential`. */
export async function loadCredential(sql: Sql, shopId: ShopId): Promise<SealedCredential | null> {
  const [row] = await sql<SealedCredential[]>`
    select sealed, version from shop_credential where shop_id = ${shopId}`;
  return row ?? null;
}

/** The same, locked until the end of the transaction, so that one process at a time refreshes. */
export async function lockCredential(sql: Sql, shopId: ShopId): Promise<SealedCredential | null> {
  const [row] = await sql<SealedCredential[]>`
    select sealed, version from shop_credential where shop_id = ${shopId} for update`;
  return row ?? null;
}

/** Replaces the tokens of a shop by the next version. Writes `shop_credential`, locked before. */
export async function saveCredential(
  sql: Sql,
  shopId: ShopId,
  credential: SealedCredential & {
    accessExpiresAt: Date | null;
    refreshExpiresAt: Date | null;
    updatedAt: Date;
  },
): Promise<void> {
  await sql`
    update shop_credential
    set sealed = ${credential.sealed}, version = ${credential.version},
        access_expires_at = ${credential.accessExpiresAt}, refresh_expires_at = ${credential.refreshExpiresAt},
        updated_at = ${credential.updatedAt}
    where shop_id = ${shopId}`;
}
