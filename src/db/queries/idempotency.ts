import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** What a key was used for. */
export interface KeyUse {
  readonly organizationId: OrganizationId;
  readonly key: string;
  readonly mutation: string;
  /** Of the whole input but the key, hex. */
  readonly inputSha256: string;
}

/** What is known of a key. */
export type KeyClaim =
  /** It is ours: do the work and save the answer. */
  | { readonly kind: 'new' }
  /** The same request was answered before; JSON text. */
  | { readonly kind: 'answered'; readonly answer: string }
  /** It was used for something else. */
  | { readonly kind: 'reused' };

/** A key is remembered for a day of real time, hours: longer than any client retries. */
export const keyKeptHours = 24;

/**
 * Claims an idempotency key, the first thing of its transaction: a second request with the same key waits here for
 * the end of the first. Forgets the key's use if it is older than a day. Writes `idempotency_key`.
 */
export async function claimKey(sql: Sql, use: KeyUse): Promise<KeyClaim> {
  await sql`
    delete from idempotency_key
    where key = ${use.key} and created_at < clock_timestamp() - make_interval(hours => ${keyKeptHours}::int)`;
  const claimed = await sql`
    insert into idempotency_key (organization_id, key, mutation, input_sha256, answer, created_at)
    values (${use.organizationId}, ${use.key}, ${use.mutation}, ${use.inputSha256}, ${'{}'}, clock_timestamp())
    on conflict (organization_id, key) do nothing`;
  if (claimed.count === 1) return { kind: 'new' };
  return (await findAnswer(sql, use)) ?? { kind: 'reused' };
}

/** What is known of a key, without claiming it; null = nothing. Reads `idempotency_key`. */
export async function findAnswer(sql: Sql, use: KeyUse): Promise<KeyClaim | null> {
  const rows = await sql<{ mutation: string; inputSha256: string; answer: string }[]>`
    select mutation, input_sha256 as "inputSha256", answer from idempotency_key
    where key = ${use.key} and created_at >= clock_timestamp() - make_interval(hours => ${keyKeptHours}::int)`;
  const row = rows[0];
  if (row === undefined) return null;
  const isSame = row.mutation === use.mutation && row.inputSha256 === use.inputSha256;
  return isSame ? { kind: 'answered', answer: row.answer } : { kind: 'reused' };
}

/** Keeps the answer to a claimed key, in the same transaction. Writes `idempotency_key`. */
export async function saveAnswer(sql: Sql, key: string, answer: string): Promise<void> {
  await sql`update idempotency_key set answer = ${answer} where key = ${key}`;
}
