import { replenishmentSuggestionsAsOf } from '../db/queries/as-of.ts';
import { inboundShipments } from '../db/queries/inbound-shipment.ts';
import { replenishmentSuggestionsUnder } from '../db/queries/scenario-suggestion.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import {
  loadSuggestionVersions,
  type ReplenishmentSuggestionRow,
  replenishmentSuggestions,
  type SuggestionVersionRow,
  suggestionVersionsMax,
} from '../db/queries/suggestion.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { shownUrgencyScore } from '../domain/plan/explain-urgency.ts';
import type { ChangeCause, Explanation as DomainExplanation } from '../domain/plan/explanation.ts';
import type { EarlierSuggestion } from '../domain/plan/suggestion-change.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { pageArgs } from './arguments.ts';
import { asOfDescription } from './as-of.ts';
import { builder } from './builder.ts';
import { Explanation, type ExplanationValue } from './explanation.ts';
import { loadByKey, loaderOf, loadPromised } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { ascending, descending, toSort } from './order.ts';
import { flatPage } from './page.ts';
import { toExplanationValue } from './plan-explanation.ts';
import { InboundShipment, StockLevel, Warehouse } from './refs.ts';
import { ScenarioInput } from './scenario.ts';
import { readSuggestions, suggestionCost, suggestionScenarioDescription } from './scenario-suggestion.ts';
import { ReplenishmentKind, SuggestionState } from './suggestion-enums.ts';
import { defineSuggestion } from './suggestion-fields.ts';
import { suggestionFilter, suggestionOrder } from './suggestion-inputs.ts';
import { Money } from './values.ts';

registerNode('ReplenishmentSuggestion', (context, key) =>
  loadByKey(context, replenishmentSuggestions, ...key),
);

const SuggestionVersion = builder
  .objectRef<SuggestionVersionRow>('ReplenishmentSuggestionVersion')
  .implement({
    description: 'What a suggestion was from an instant on.',
    authScopes: { scope: 'read:stock' },
    fields: (t) => ({
      recordedAt: t.field({
        type: 'DateTime',
        description: 'From when on (business time).',
        resolve: (version) => version.recordedAt,
      }),
      state: t.field({
        type: SuggestionState,
        description: 'Where it stood.',
        resolve: (version) => version.state,
      }),
      quantity: t.field({
        type: 'Decimal',
        description: 'What was suggested, in the item’s unit.',
        resolve: (version) => version.quantity,
      }),
      holdCauses: t.stringList({
        description: 'Why it was held; empty = it was not.',
        resolve: (version) => version.holdCauses,
      }),
      decidedBy: t.exposeString('decidedBy', {
        nullable: true,
        description: 'Who had decided; null = nobody.',
      }),
      decidedQuantity: t.field({
        type: 'Decimal',
        nullable: true,
        description: 'What was decided; null = nothing yet, or no quantity.',
        resolve: (version) => version.decidedQuantity,
      }),
    }),
  });

/** A suggested purchase or listing quantity. */
export const ReplenishmentSuggestion =
  builder.objectRef<ReplenishmentSuggestionRow>('ReplenishmentSuggestion');

ReplenishmentSuggestion.implement({
  description:
    'A suggested purchase, or listing quantity, for an item in a warehouse. At most one is open per item and warehouse. Nothing is ever ordered by itself.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (row) => encodeId('ReplenishmentSuggestion', row.suggestionId),
    }),
    kind: t.field({ type: ReplenishmentKind, description: 'What is suggested.', resolve: (row) => row.kind }),
    state: t.field({ type: SuggestionState, description: 'Where it stands.', resolve: (row) => row.state }),
    warehouse: t.field({
      type: Warehouse,
      description: 'Where they go, or which pool.',
      resolve: (row, _args, context) => loadPromised(context, warehouses, row.warehouseId),
    }),
    stockLevel: t.field({
      type: StockLevel,
      description: 'The level as it is now.',
      resolve: (row, _args, context) => loadPromised(context, stockLevels, row.itemId, row.warehouseId),
    }),
    supplierName: t.exposeString('supplierName', {
      nullable: true,
      description: 'Where to buy; null = nobody knows, or it is a listing quantity.',
    }),
    quantity: t.field({
      type: 'Decimal',
      description:
        'Units to order, or to offer in all. 0 = no quantity satisfies the limits, see `flags`; or, while HELD, nothing any more.',
      resolve: (row) => row.quantity,
    }),
    need: t.field({
      type: 'Decimal',
      description:
        'max(0, demand + safety stock − available − inbound due), units, before minimum, multiple and cap. Of a listing: how far it is off.',
      resolve: (row) => row.need,
    }),
    isDue: t.exposeBoolean('isDue', {
      description:
        'Whether to order now: the next chance to order would be too late. False = a preview that may come along in an order draft.',
    }),
    orderByOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Latest day to order so that the stock stays above the safety stock, today at the earliest; null = not in sight.',
      resolve: (row) => row.orderByOn,
    }),
    overdueDays: t.exposeInt('overdueDays', {
      description: 'Days that ordering is late already; 0 = in time.',
    }),
    expectedArrivalOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Day on which the goods can be sold if ordered on `plannedOn`; null for a listing quantity.',
      resolve: (row) => row.arrivesOn,
    }),
    flags: t.stringList({
      description:
        'What to look at before deciding: RAISED_TO_MOQ, CAPPED, CAP_BELOW_MOQ, MULTIPLE_NEVER_FITS, MULTIPLE_DEFAULTED, COVER_ABOVE_LIMIT, NEGATIVE_STOCK, OVERDUE, LEAD_TIME_DEFAULTED, OVERSELL_RISK, UNDERLISTED; more may be added.',
      resolve: (row) => row.flags,
    }),
    holdCauses: t.stringList({
      description:
        'Why the guard holds it: TARGET_ROSE, TARGET_FELL, STOCK_VANISHED, STOCK_APPEARED, INBOUND_DOUBLED; more may be added. Empty = it does not.',
      resolve: (row) => row.holdCauses,
    }),
    acceptedQuantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'While HELD: what the last accepted run suggested; null = nothing, or not held.',
      resolve: (row) => row.acceptedQuantity,
    }),
    value: t.field({
      type: Money,
      nullable: true,
      description:
        'Value at cost, at price where the cost is unknown; null = neither is known, or a listing quantity.',
      resolve: (row) => (row.value === null ? null : { amount: row.value, currencyCode: row.currencyCode }),
    }),
    urgencyScore: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Urgency of the level now, 0 to 100; null = not ranked.',
      resolve: (row) =>
        row.urgencyScore === null ? null : formatDecimal(shownUrgencyScore(row.urgencyScore)),
    }),
    explanation: t.field({
      type: Explanation,
      description:
        'Inputs and steps from which the quantity recomputes, and what changed since the day before.',
      resolve: toSuggestionExplanation,
    }),
    recordedShipment: t.field({
      type: InboundShipment,
      nullable: true,
      description: 'The order on record that took its place; null = none yet.',
      resolve: (row, _args, context) =>
        row.recordedShipmentId === null ? null : loadByKey(context, inboundShipments, row.recordedShipmentId),
    }),
    versions: t.field({
      type: [SuggestionVersion],
      description: `What it was before, newest first, at most ${suggestionVersionsMax}.`,
      complexity: { field: 5 },
      resolve: (row, _args, context) =>
        loaderOf<string, SuggestionVersionRow[]>(context, 'suggestion versions', (ids) =>
          context.read((scope) => loadSuggestionVersions(scope, ids)),
        ).load(row.suggestionId),
    }),
  }),
});

const ReplenishmentSuggestionConnection = defineSuggestion(
  'ReplenishmentSuggestion',
  ReplenishmentSuggestion,
);

builder.queryField('replenishmentSuggestions', (t) =>
  t.field({
    type: ReplenishmentSuggestionConnection,
    authScopes: { scope: 'read:stock' },
    description:
      'What to order and what to list. Unless the filter names a state, those that wait for a person (OPEN, HELD).',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({ type: suggestionFilter.ref, description: 'Which suggestions; null = all that wait.' }),
      orderBy: t.arg({
        type: [suggestionOrder.ref],
        description: 'Order; ORDER_BY ascending, then URGENCY descending, unless given.',
      }),
      scenario: t.arg({ type: ScenarioInput, description: suggestionScenarioDescription }),
      asOf: t.arg({ type: 'DateTime', description: asOfDescription }),
    },
    complexity: suggestionCost,
    resolve: (_root, args, context) =>
      readSuggestions(
        context,
        args,
        {
          stored: replenishmentSuggestions,
          asOf: replenishmentSuggestionsAsOf,
          under: ({ name, purchases }, organizationId, at) =>
            replenishmentSuggestionsUnder(name, organizationId, purchases, at),
        },
        toSort(context, args.orderBy, [ascending('orderByOn'), descending('urgencyScore')]),
      ),
  }),
);

function toSuggestionExplanation(row: ReplenishmentSuggestionRow): ExplanationValue {
  const explanation = toExplanationValue(JSON.parse(row.explanation) as DomainExplanation);
  if (row.previous === null) return explanation;
  const previous = JSON.parse(row.previous) as EarlierSuggestion;
  const changes = JSON.parse(row.changes) as { cause: ChangeCause; delta: string }[];
  const causes = changes.map(({ cause, delta }) => ({ cause, delta: new Decimal(delta) }));
  const previousValue = new Decimal(previous.explanation.steps.at(-1)?.value ?? 0);
  return {
    ...explanation,
    change: () => ({ previousValue, causes }),
    previousAt: new Date(previous.computedAt),
  };
}
