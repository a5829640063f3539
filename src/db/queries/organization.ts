import { nameKind } from '../../domain/notification/words.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

const ruleKinds = [
  ...['LOW_STOCK', 'REORDER_DUE', 'STOCK_OUT_PREDICTED', 'OUT_OF_STOCK', 'APPROACHING', 'OVERSTOCK'],
  ...['LISTING_MISMATCH', 'SYNC_FAILED', 'SOURCE_STALE', 'SOURCE_SUSPECT'],
];

/** What a new organization starts with. */
export interface NewOrganization {
  readonly organizationId: OrganizationId;
  readonly name: string;
  /** Language of texts when a request does not say. */
  readonly locale: 'zh-CN' | 'en';
  /** Business time. */
  readonly recordedAt: Date;
}

/**
 * Makes an organization with its event log (at number 0, a fresh epoch) and one rule of each
 * kind of alert, named in its language.
 *
 * Writes `organization`, `event_head` and `alert_rule` in the caller's transaction, which must be the owner's and
 * set to this organization. Run twice it changes nothing.
 */
export async function saveOrganization(sql: Sql, organization: NewOrganization): Promise<void> {
  const { organizationId, name, locale, recordedAt } = organization;
  await sql`
    insert into organization (organization_id, name, locale, recorded_at)
    values (${organizationId}, ${name}, ${locale}, ${recordedAt})
    on conflict do nothing`;
  await sql`
    insert into event_head (organization_id, epoch) values (${organizationId}, gen_random_uuid())
    on conflict do nothing`;
  await sql`
    insert into alert_rule (organization_id, rule_id, kind, name, recorded_at)
    select ${organizationId}, gen_random_uuid(), given.kind, given.name, ${recordedAt}
    from unnest(${[...ruleKinds]}::text[], ${ruleKinds.map((kind) => nameKind(kind, locale))}::text[])
      as given(kind, name)
    where not exists (
      select from alert_rule r where r.organization_id = ${organizationId} and r.kind = given.kind
    )`;
}

/**
 * Gives the event logs of all organizations a new epoch, so that cursors from before a restore are answered with
 * CURSOR_UNKNOWN instead of silently skipping what was lost. Run as the owner; touches `event_head`, which is locked
 * for everybody else until the transaction ends. Run twice: yet other epochs.
 *
 * @returns how many event logs there are
 */
export async function renewEventEpochs(sql: Sql): Promise<number> {
  // Row-level security binds the owner too, and no list names every organization: lifted inside this transaction
  // only, unseen by others, and back with it even if the process dies.
  await sql`alter table event_head no force row level security`;
  const { count } = await sql`update event_head set epoch = gen_random_uuid()`;
  await sql`alter table event_head force row level security`;
  return count;
}

/** An organization by its id, in a transaction set to it; null = there is none. Reads `organization`. */
export async function findOrganization(
  sql: Sql,
  organizationId: OrganizationId,
): Promise<{ name: string; recordedAt: Date } | null> {
  const [row] = await sql<{ name: string; recordedAt: Date }[]>`
    select name, recorded_at as "recordedAt" from organization where organization_id = ${organizationId}`;
  return row ?? null;
}
