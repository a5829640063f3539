import type { CalendarDate } from '../../shared/time.ts';
import { column, type Expression, type QueryScope } from './collection.ts';

/** What every suggestion has, a purchase or listing quantity as well as a transfer. Decimal and JSON as text. */
export interface SuggestionBaseRow {
  suggestionId: string;
  itemId: string;
  quantity: string;
  currencyCode: string;
  flags: string[];
  explanation: string;
  /** Business day. */
  plannedOn: CalendarDate;
  computedAt: Date;
  dataAsOf: Date;
  openedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
  decidedQuantity: string | null;
  inboundShipmentId: string | null;
}

/** Its columns, of `s` and what {@link suggestionJoins} joins. */
export const suggestionBaseColumns: Expression = ({ sql }) => sql`
  s.suggestion_id as "suggestionId", s.item_id as "itemId", s.quantity, i.currency_code as "currencyCode", s.flags,
  s.explanation::text as explanation, s.planned_on as "plannedOn", s.computed_at as "computedAt",
  s.data_as_of as "dataAsOf", s.opened_at as "openedAt", s.decided_by as "decidedBy", s.decided_at as "decidedAt",
  s.decision_reason as "decisionReason", s.decided_quantity as "decidedQuantity",
  s.inbound_shipment_id as "inboundShipmentId"`;

/** What every suggestion can be filtered and sorted by. */
export const suggestionBaseFields = {
  suggestionId: column('s', 'suggestion_id', 'uuid'),
  itemId: column('s', 'item_id', 'uuid'),
  sku: column('i', 'sku', 'text'),
  category: column('i', 'category', 'text', true),
  warehouseCode: column('w', 'code', 'text'),
  state: column('s', 'state', 'text'),
  quantity: column('s', 'quantity', 'numeric'),
  urgencyScore: column('p', 'urgency_score', 'numeric', true),
  openedAt: column('s', 'opened_at', 'timestamptz'),
  decidedAt: column('s', 'decided_at', 'timestamptz', true),
};

/**
 * The item, the warehouse and the plan of a suggestion `s`, as `i`, `w` and `p`.
 *
 * @param warehouse - column of the warehouse that it is listed under
 */
export function suggestionJoins({ sql }: QueryScope, warehouse: 'warehouse_id' | 'to_warehouse_id') {
  return sql`
    join item i on i.organization_id = s.organization_id and i.item_id = s.item_id
    join warehouse w on w.organization_id = s.organization_id and w.warehouse_id = s.${sql(warehouse)}
    left join level_plan p on p.organization_id = s.organization_id and p.item_id = s.item_id
      and p.warehouse_id = s.${sql(warehouse)}`;
}
