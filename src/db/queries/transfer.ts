import type { TransferState } from '../tables/transfer.ts';
import { type Collection, column } from './collection.ts';

/** A suggested move of goods. Quantities and money are decimal text; JSON as text; days `YYYY-MM-DD`. */
export interface TransferSuggestionRow {
  suggestionId: string;
  itemId: string;
  fromWarehouseId: string;
  toWarehouseId: string;
  state: TransferState;
  quantity: string;
  arrivesOn: string;
  donorRiskBefore: number;
  donorRiskAfter: number;
  receiverRiskBefore: number;
  receiverRiskAfter: number;
  lostUnitsAvoided: string;
  cost: string;
  gain: string;
  currencyCode: string;
  flags: string[];
  explanation: string;
  plannedOn: string;
  computedAt: Date;
  dataAsOf: Date;
  openedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
  decidedQuantity: string | null;
  inboundShipmentId: string | null;
}

/** What transfers can be filtered and sorted by. */
export type TransferSuggestionField =
  | 'suggestionId'
  | 'itemId'
  | 'warehouseId'
  | 'sku'
  | 'category'
  | 'warehouseCode'
  | 'supplierName'
  | 'kind'
  | 'state'
  | 'isDue'
  | 'isOverdue'
  | 'quantity'
  | 'value'
  | 'urgencyScore'
  | 'gainPerCost'
  | 'openedAt'
  | 'decidedAt';

/** All transfers of the organization, open ones and those that are over. In filters the warehouse is the receiver. */
export const transferSuggestions: Collection<TransferSuggestionRow, TransferSuggestionField> = {
  name: 'transferSuggestions',
  columns: ({ sql }) => sql`
    s.suggestion_id as "suggestionId", s.item_id as "itemId", s.from_warehouse_id as "fromWarehouseId",
    s.to_warehouse_id as "toWarehouseId", s.state, s.quantity, s.arrives_on as "arrivesOn",
    s.donor_risk_before as "donorRiskBefore", s.donor_risk_after as "donorRiskAfter",
    s.receiver_risk_before as "receiverRiskBefore", s.receiver_risk_after as "receiverRiskAfter",
    s.lost_units_avoided as "lostUnitsAvoided", s.cost, s.gain, i.currency_code as "currencyCode", s.flags,
    s.explanation::text as explanation, s.planned_on as "plannedOn", s.computed_at as "computedAt",
    s.data_as_of as "dataAsOf", s.opened_at as "openedAt", s.decided_by as "decidedBy", s.decided_at as "decidedAt",
    s.decision_reason as "decisionReason", s.decided_quantity as "decidedQuantity",
    s.inbound_shipment_id as "inboundShipmentId"`,
  from: ({ sql }) => sql`transfer_suggestion s
    join item i on i.organization_id = s.organization_id and i.item_id = s.item_id
    join warehouse w on w.organization_id = s.organization_id and w.warehouse_id = s.to_warehouse_id
    left join level_plan p on p.organization_id = s.organization_id and p.item_id = s.item_id
      and p.warehouse_id = s.to_warehouse_id`,
  fields: {
    suggestionId: column('s', 'suggestion_id', 'uuid'),
    itemId: column('s', 'item_id', 'uuid'),
    warehouseId: column('s', 'to_warehouse_id', 'uuid'),
    sku: column('i', 'sku', 'text'),
    category: column('i', 'category', 'text', true),
    warehouseCode: column('w', 'code', 'text'),
    supplierName: column('i', 'supplier_name', 'text', true),
    kind: { expression: ({ sql }) => sql`('TRANSFER'::text)`, type: 'text' },
    state: column('s', 'state', 'text'),
    isDue: { expression: ({ sql }) => sql`(true)`, type: 'boolean' },
    isOverdue: { expression: ({ sql }) => sql`(false)`, type: 'boolean' },
    quantity: column('s', 'quantity', 'numeric'),
    value: {
      expression: ({ sql }) => sql`(s.quantity * coalesce(i.unit_cost, i.unit_price))`,
      type: 'numeric',
      isNullable: true,
    },
    urgencyScore: column('p', 'urgency_score', 'numeric', true),
    gainPerCost: { expression: ({ sql }) => sql`round(s.gain / (s.cost + 0.000001), 12)`, type: 'numeric' },
    openedAt: column('s', 'opened_at', 'timestamptz'),
    decidedAt: column('s', 'decided_at', 'timestamptz', true),
  },
  key: ['suggestionId'],
};
