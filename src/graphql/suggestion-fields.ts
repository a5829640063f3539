import { inboundShipments } from '../db/queries/inbound-shipment.ts';
import { items } from '../db/queries/item.ts';
import type { SuggestionBaseRow } from '../db/queries/suggestion-shape.ts';
import { builder } from './builder.ts';
import { loadByKey, loadPromised } from './loader.ts';
import { defineConnection, type TypeRef } from './page.ts';
import { InboundShipment, Item } from './refs.ts';
import type { SuggestionPage } from './scenario-suggestion.ts';

/**
 * Defines the fields that a purchase or listing quantity and a transfer have in common, and the pages of their lists.
 *
 * @param name - of the type
 */
export function defineSuggestion<Row extends SuggestionBaseRow>(
  name: string,
  type: TypeRef<Row>,
): TypeRef<SuggestionPage<Row>> {
  // The rows' type is a parameter here, which the types of the library cannot follow.
  builder.objectFields(type as TypeRef<SuggestionBaseRow>, (t) => ({
    item: t.field({
      type: Item,
      description: 'The goods.',
      resolve: (row, _args, context) => loadPromised(context, items, row.itemId),
    }),
    plannedOn: t.field({
      type: 'Date',
      description: 'Day 1 of its horizon.',
      resolve: (row) => row.plannedOn,
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was computed.',
      resolve: (row) => row.computedAt,
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      description: 'Newest data that went in.',
      resolve: (row) => row.dataAsOf,
    }),
    openedAt: t.field({
      type: 'DateTime',
      description: 'When it was first suggested.',
      resolve: (row) => row.openedAt,
    }),
    decidedBy: t.exposeString('decidedBy', {
      nullable: true,
      description: 'Who decided: name of the key; null = nobody yet.',
    }),
    decidedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When somebody decided (business time); null = not yet.',
      resolve: (row) => row.decidedAt,
    }),
    decidedQuantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The approved quantity; null = none.',
      resolve: (row) => row.decidedQuantity,
    }),
    decisionReason: t.exposeString('decisionReason', {
      nullable: true,
      description: 'What they wrote; null = nothing.',
    }),
    inboundShipment: t.field({
      type: InboundShipment,
      nullable: true,
      description: 'The expected inbound that the approval made, where the goods go; null = none.',
      resolve: (row, _args, context) =>
        row.inboundShipmentId === null ? null : loadByKey(context, inboundShipments, row.inboundShipmentId),
    }),
  }));
  const page = defineConnection(name, type, 'read:stock') as TypeRef<SuggestionPage<Row>>;
  builder.objectField(page as TypeRef<SuggestionPage<unknown>>, 'refusedSkus', (t) =>
    t.stringList({
      description:
        'Article numbers of the items that could not be computed under the scenario: nothing is said of them. The same on every page; empty without a scenario.',
      resolve: ({ refusedSkus }) => [...refusedSkus],
    }),
  );
  return page;
}
