import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { SuggestionKind, SuggestionState } from '../tables/suggestion.ts';
import type { LevelKey } from './ingest-level.ts';

/** A suggestion to be stored as it is now. Decimal text, days `YYYY-MM-DD`. */
export interface SuggestionWrite extends LevelKey {
  /** Of the standing one; a new one gets its own. */
  readonly suggestionId: string;
  readonly kind: SuggestionKind;
  readonly state: Extract<SuggestionState, 'OPEN' | 'HELD' | 'EXPIRED'>;
  readonly supplierName: string | null;
  readonly quantity: string;
  readonly need: string;
  readonly isDue: boolean;
  readonly orderByOn: string | null;
  readonly overdueDays: number;
  readonly arrivesOn: string | null;
  readonly flags: readonly string[];
  readonly holdCauses: readonly string[];
  readonly acceptedQuantity: string | null;
  readonly value: string | null;
  readonly explanation: unknown;
  readonly changes: readonly { readonly cause: string; readonly delta: string }[];
  readonly plannedOn: string;
  readonly dataAsOf: string;
  readonly previous: unknown;
  readonly inputs: unknown;
  /** True when people would see a difference: a version of it is kept. */
  readonly isNews: boolean;
}

const columns: readonly (readonly [string, string, (write: SuggestionWrite) => unknown])[] = [
  ['suggestion_id', 'uuid', (w) => w.suggestionId],
  ['item_id', 'uuid', (w) => w.itemId],
  ['warehouse_id', 'uuid', (w) => w.warehouseId],
  ['kind', 'text', (w) => w.kind],
  ['state', 'text', (w) => w.state],
  ['supplier_name', 'text', (w) => w.supplierName],
  ['quantity', 'numeric', (w) => w.quantity],
  ['need', 'numeric', (w) => w.need],
  ['is_due', 'boolean', (w) => w.isDue],
  ['order_by_on', 'date', (w) => w.orderByOn],
  ['overdue_days', 'integer', (w) => w.overdueDays],
  ['arrives_on', 'date', (w) => w.arrivesOn],
  ['flags', 'text[]', (w) => w.flags],
  ['hold_causes', 'text[]', (w) => w.holdCauses],
  ['accepted_quantity', 'numeric', (w) => w.acceptedQuantity],
  ['value', 'numeric', (w) => w.value],
  ['explanation', 'json', (w) => w.explanation],
  ['changes', 'json', (w) => w.changes],
  ['planned_on', 'date', (w) => w.plannedOn],
  ['data_as_of', 'timestamptz', (w) => w.dataAsOf],
  ['previous', 'json', (w) => w.previous],
  ['inputs', 'json', (w) => w.inputs],
];

/** Columns that a version keeps. */
const versioned =
  'state, quantity, need, is_due, order_by_on, overdue_days, arrives_on, flags, hold_causes, accepted_quantity, value, explanation, changes, planned_on, computed_at, data_as_of, decided_by, decided_quantity';

/**
 * Writes suggestions as they are now, and a version of each that is news. A suggestion that a person decided meanwhile
 * stays as decided.
 *
 * In the caller's transaction. Writes `replenishment_suggestion` in key order, `replenishment_version`. Run twice with
 * the same time: the same rows.
 */
export async function saveSuggestions(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly SuggestionWrite[],
  at: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const rows = writes.map((write) =>
    Object.fromEntries(columns.map(([name, , pick]) => [name, pick(write)])),
  );
  const list = (pick: (name: string) => string) => sql.unsafe(columns.map(([name]) => pick(name)).join(', '));
  // A record set reads lists as JSON; a JSON null is no value of its own.
  const typed = sql.unsafe(
    columns.map(([name, type]) => `${name} ${type === 'text[]' ? 'json' : type}`).join(', '),
  );
  const picked = sql.unsafe(
    columns
      .map(([name, type]) => {
        if (type === 'text[]') return `coalesce(array(select json_array_elements_text(g.${name})), '{}')`;
        return type === 'json' ? `nullif(g.${name}::text, 'null')::json` : `g.${name}`;
      })
      .join(', '),
  );
  await sql`
    insert into replenishment_suggestion as s (organization_id, ${list((name) => name)}, computed_at, opened_at, recorded_at)
    select ${organizationId}::uuid, ${picked}, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as g(${typed})
    order by g.item_id, g.warehouse_id
    on conflict (organization_id, suggestion_id) do update
    set ${list((name) => `${name} = excluded.${name}`)}, computed_at = excluded.computed_at,
        recorded_at = excluded.recorded_at
    where s.state in ('OPEN', 'HELD')`;
  await saveVersions(
    sql,
    writes.filter(({ isNews }) => isNews).map(({ suggestionId }) => suggestionId),
    at,
  );
}

/**
 * Keeps what suggestions are now as versions of them. Reads `replenishment_suggestion`, writes
 * `replenishment_version` in the caller's transaction. Run twice at the same time: the first version of it stays.
 */
export async function saveVersions(sql: Sql, suggestionIds: readonly string[], at: Date): Promise<void> {
  if (suggestionIds.length === 0) return;
  const names = sql.unsafe(versioned);
  await sql`
    insert into replenishment_version (organization_id, suggestion_id, recorded_at, ${names})
    select organization_id, suggestion_id, ${at}::timestamptz, ${names} from replenishment_suggestion
    where suggestion_id = any (${[...suggestionIds]}::text[]::uuid[])
    on conflict (organization_id, suggestion_id, recorded_at) do nothing`;
}
