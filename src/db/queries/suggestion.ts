import type { SuggestionKind, SuggestionState } from '../tables/suggestion.ts';
import { type Collection, column, type QueryScope } from './collection.ts';
import {
  type SuggestionBaseRow,
  suggestionBaseColumns,
  suggestionBaseFields,
  suggestionJoins,
} from './suggestion-shape.ts';

/** A suggested purchase or listing quantity. Quantities and money are decimal text; JSON as text; days `YYYY-MM-DD`. */
export interface ReplenishmentSuggestionRow extends SuggestionBaseRow {
  warehouseId: string;
  kind: SuggestionKind;
  state: SuggestionState;
  supplierName: string | null;
  need: string;
  isDue: boolean;
  orderByOn: string | null;
  overdueDays: number;
  arrivesOn: string | null;
  holdCauses: string[];
  acceptedQuantity: string | null;
  value: string | null;
  changes: string;
  previous: string | null;
  recordedShipmentId: string | null;
  urgencyScore: string | null;
}

/** What suggestions can be filtered and sorted by. */
export type ReplenishmentSuggestionField =
  | keyof typeof suggestionBaseFields
  | 'warehouseId'
  | 'supplierName'
  | 'kind'
  | 'isDue'
  | 'isOverdue'
  | 'orderByOn'
  | 'value';

/** All suggestions of the organization, open ones and those that are over. */
export const replenishmentSuggestions: Collection<ReplenishmentSuggestionRow, ReplenishmentSuggestionField> =
  {
    name: 'replenishmentSuggestions',
    columns: (scope) => scope.sql`
    ${suggestionBaseColumns(scope)}, s.warehouse_id as "warehouseId", s.kind, s.state,
    s.supplier_name as "supplierName", s.need, s.is_due as "isDue", s.order_by_on as "orderByOn",
    s.overdue_days as "overdueDays", s.arrives_on as "arrivesOn", s.hold_causes as "holdCauses",
    s.accepted_quantity as "acceptedQuantity", s.value, s.changes::text as changes, s.previous::text as previous,
    s.recorded_shipment_id as "recordedShipmentId", p.urgency_score as "urgencyScore"`,
    from: (scope) => scope.sql`replenishment_suggestion s ${suggestionJoins(scope, 'warehouse_id')}`,
    fields: {
      ...suggestionBaseFields,
      warehouseId: column('s', 'warehouse_id', 'uuid'),
      supplierName: column('s', 'supplier_name', 'text', true),
      kind: column('s', 'kind', 'text'),
      isDue: column('s', 'is_due', 'boolean'),
      isOverdue: { expression: ({ sql }) => sql`(s.overdue_days > 0)`, type: 'boolean' },
      orderByOn: column('s', 'order_by_on', 'date', true),
      value: column('s', 'value', 'numeric', true),
    },
    key: ['suggestionId'],
  };

/** What a suggestion was at an earlier time. */
export interface SuggestionVersionRow {
  recordedAt: Date;
  state: SuggestionState;
  quantity: string;
  holdCauses: string[];
  decidedBy: string | null;
  decidedQuantity: string | null;
}

/** Versions that one answer shows at most. */
export const suggestionVersionsMax = 50;

/** The newest versions of some suggestions in one statement, one list each, newest first. Reads `replenishment_version`. */
export async function loadSuggestionVersions(
  { sql }: QueryScope,
  suggestionIds: readonly string[],
): Promise<SuggestionVersionRow[][]> {
  const rows = await sql<(SuggestionVersionRow & { parentIndex: number })[]>`
    select (parent.position - 1)::int as "parentIndex", version.*
    from unnest(${suggestionIds as string[]}::uuid[]) with ordinality as parent(suggestion_id, position)
    cross join lateral (
      select v.recorded_at as "recordedAt", v.state, v.quantity, v.hold_causes as "holdCauses",
        v.decided_by as "decidedBy", v.decided_quantity as "decidedQuantity"
      from replenishment_version v where v.suggestion_id = parent.suggestion_id
      order by v.recorded_at desc limit ${suggestionVersionsMax}::int
    ) version
    order by parent.position, version."recordedAt" desc`;
  const groups: SuggestionVersionRow[][] = suggestionIds.map(() => []);
  for (const row of rows) groups[row.parentIndex]?.push(row);
  return groups;
}

/** Where the guard stands in an organization. */
export interface SuggestionGuardRow {
  isHeld: boolean;
  heldCount: number;
  judgedCount: number;
  heldSinceAt: Date | null;
  releasedAt: Date | null;
  releasedBy: string | null;
}

/** Loads where the guard stands; an organization without suggestions is held by nothing. Reads `suggestion_progress`, `guard_reading`. */
export async function loadSuggestionGuard({ sql }: QueryScope): Promise<SuggestionGuardRow> {
  const [row] = await sql<SuggestionGuardRow[]>`
    select coalesce(p.is_held, false) as "isHeld", r.held as "heldCount", r.judged as "judgedCount",
      p.held_since_at as "heldSinceAt", p.released_at as "releasedAt", p.released_by as "releasedBy"
    from (
      select count(*) filter (where held is not null)::int as held, count(*)::int as judged from guard_reading
    ) r left join suggestion_progress p on true`;
  const none = { isHeld: false, heldCount: 0, judgedCount: 0 };
  return row ?? { ...none, heldSinceAt: null, releasedAt: null, releasedBy: null };
}
