import { type Condition, everything } from '../db/queries/filter.ts';
import type { ReplenishmentSuggestionField } from '../db/queries/suggestion.ts';
import type { GraphqlContext } from './context.ts';
import {
  BooleanFilter,
  DateTimeFilter,
  DecimalFilter,
  defineFilter,
  enumFilter,
  type FilterInput,
  IdFilter,
  TextFilter,
  toCondition,
} from './filter.ts';
import { defineOrder } from './order.ts';
import { ReplenishmentKind, SuggestionState } from './suggestion-enums.ts';

/** Which suggestions; the fields below stand for replenishment. */
export const suggestionFilter = defineFilter('SuggestionFilter', 'suggestions', {
  itemId: { input: IdFilter, idOf: 'Item', description: 'The item, by its id.' },
  warehouseId: { input: IdFilter, idOf: 'Warehouse', description: 'The warehouse, by its id.' },
  sku: { input: TextFilter, description: 'Article number of the item.' },
  category: { input: TextFilter, description: 'Category of the item.' },
  warehouseCode: { input: TextFilter, description: 'Code of the warehouse.' },
  supplierName: { input: TextFilter, description: 'The supplier of a purchase.' },
  kind: {
    input: enumFilter('ReplenishmentKind', ReplenishmentKind),
    description: 'Purchase or listing quantity.',
  },
  state: {
    input: enumFilter('SuggestionState', SuggestionState),
    description: 'Where it stands. Named nowhere at the top of the filter = OPEN and HELD only.',
  },
  isDue: { input: BooleanFilter, description: 'Whether the next chance to order would be too late.' },
  isOverdue: { input: BooleanFilter, description: 'Whether the day to order on is past.' },
  quantity: { input: DecimalFilter, description: 'The suggested quantity.' },
  value: { input: DecimalFilter, description: 'Value of the suggested quantity, money.' },
  urgencyScore: { input: DecimalFilter, description: 'Urgency of the level, 0 to 100, higher is sooner.' },
  openedAt: { input: DateTimeFilter, description: 'When it was first suggested.' },
  decidedAt: { input: DateTimeFilter, description: 'When somebody decided.' },
});

/** The order of replenishment suggestions. */
export const suggestionOrder = defineOrder<ReplenishmentSuggestionField>('SuggestionOrder', {
  ORDER_BY: { field: 'orderByOn', description: 'Latest day to order: the soonest first, ascending.' },
  URGENCY: { field: 'urgencyScore', description: 'Urgency of the level: the most urgent first, descending.' },
  VALUE: { field: 'value', description: 'Value of the suggested quantity.' },
  QUANTITY: { field: 'quantity', description: 'The suggested quantity.' },
  SUPPLIER: { field: 'supplierName', description: 'Name of the supplier.' },
  SKU: { field: 'sku', description: 'Article number of the item.' },
  OPENED_AT: { field: 'openedAt', description: 'When it was first suggested.' },
  DECIDED_AT: { field: 'decidedAt', description: 'When somebody decided.' },
});

const openStates: Condition = { kind: 'test', field: 'state', operator: 'in', value: ['OPEN', 'HELD'] };

/** The filter as a condition; without a state in it, what waits for a person. */
export function toSuggestionCondition(
  context: GraphqlContext,
  filter: FilterInput | null | undefined,
): Condition {
  const wanted = filter == null ? everything : toCondition(context, suggestionFilter, filter);
  return filter?.state == null ? { kind: 'and', conditions: [openStates, wanted] } : wanted;
}
