import type { TransferState } from '../tables/transfer.ts';
import { type Collection, column } from './collection.ts';
import {
  type SuggestionBaseRow,
  suggestionBaseColumns,
  suggestionBaseFields,
  suggestionJoins,
} from './suggestion-shape.ts';

/** A suggested move of goods. Quantities and money are decimal text; JSON as text; days `YYYY-MM-DD`. */
export interface TransferSuggestionRow extends SuggestionBaseRow {
  fromWarehouseId: string;
  toWarehouseId: string;
  state: TransferState;
  arrivesOn: string;
  donorRiskBefore: number;
  donorRiskAfter: number;
  receiverRiskBefore: number;
  receiverRiskAfter: number;
  lostUnitsAvoided: string;
  cost: string;
  gain: string;
}

/** What transfers can be filtered and sorted by. */
export type TransferSuggestionField =
  | keyof typeof suggestionBaseFields
  | 'warehouseId'
  | 'supplierName'
  | 'kind'
  | 'isDue'
  | 'isOverdue'
  | 'value'
  | 'gainPerCost';

/** All transfers of the organization, open ones and those that are over. In filters the warehouse is the receiver. */
export const transferSuggestions: Collection<TransferSuggestionRow, TransferSuggestionField> = {
  name: 'transferSuggestions',
  columns: (scope) => scope.sql`
    ${suggestionBaseColumns(scope)}, s.from_warehouse_id as "fromWarehouseId",
    s.to_warehouse_id as "toWarehouseId", s.state, s.arrives_on as "arrivesOn",
    s.donor_risk_before as "donorRiskBefore", s.donor_risk_after as "donorRiskAfter",
    s.receiver_risk_before as "receiverRiskBefore", s.receiver_risk_after as "receiverRiskAfter",
    s.lost_units_avoided as "lostUnitsAvoided", s.cost, s.gain`,
  from: (scope) => scope.sql`transfer_suggestion s ${suggestionJoins(scope, 'to_warehouse_id')}`,
  fields: {
    ...suggestionBaseFields,
    warehouseId: column('s', 'to_warehouse_id', 'uuid'),
    supplierName: column('i', 'supplier_name', 'text', true),
    kind: { expression: ({ sql }) => sql`('TRANSFER'::text)`, type: 'text' },
    isDue: { expression: ({ sql }) => sql`(true)`, type: 'boolean' },
    isOverdue: { expression: ({ sql }) => sql`(false)`, type: 'boolean' },
    value: {
      expression: ({ sql }) => sql`(s.quantity * coalesce(i.unit_cost, i.unit_price))`,
      type: 'numeric',
      isNullable: true,
    },
    gainPerCost: { expression: ({ sql }) => sql`round(s.gain / (s.cost + 0.000001), 12)`, type: 'numeric' },
  },
  key: ['suggestionId'],
};
