import { transferSuggestionsAsOf } from '../db/queries/as-of.ts';
import { transferSuggestionsUnder } from '../db/queries/scenario-suggestion.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { type TransferSuggestionRow, transferSuggestions } from '../db/queries/transfer.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import type { Explanation as DomainExplanation } from '../domain/plan/explanation.ts';
import { pageArgs } from './arguments.ts';
import { asOfDescription } from './as-of.ts';
import { builder } from './builder.ts';
import { Explanation } from './explanation.ts';
import { loadByKey, loadPromised } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { descending } from './order.ts';
import { flatPage } from './page.ts';
import { toExplanationValue } from './plan-explanation.ts';
import { StockLevel, Warehouse } from './refs.ts';
import { ScenarioInput } from './scenario.ts';
import { readSuggestions, suggestionCost, suggestionScenarioDescription } from './scenario-suggestion.ts';
import { SuggestionState } from './suggestion-enums.ts';
import { defineSuggestion } from './suggestion-fields.ts';
import { suggestionFilter } from './suggestion-inputs.ts';
import { Money } from './values.ts';

registerNode('TransferSuggestion', (context, key) => loadByKey(context, transferSuggestions, ...key));

interface RiskChange {
  readonly before: number;
  readonly after: number;
}

const RiskChangeType = builder.objectRef<RiskChange>('StockOutProbabilityChange').implement({
  description: 'Probability of running out within the own protection period, without and with the transfers.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    before: t.exposeFloat('before', { description: 'As things stand, 0 to 1.' }),
    after: t.exposeFloat('after', {
      description: 'With all suggested transfers of the item carried out, 0 to 1.',
    }),
  }),
});

interface TransferEnd {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly risk: RiskChange;
}

const TransferEndType = builder.objectRef<TransferEnd>('TransferEnd').implement({
  description: 'One side of a transfer.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    warehouse: t.field({
      type: Warehouse,
      description: 'The place.',
      resolve: (end, _args, context) => loadPromised(context, warehouses, end.warehouseId),
    }),
    stockLevel: t.field({
      type: StockLevel,
      description: 'The level there as it is now.',
      resolve: (end, _args, context) => loadPromised(context, stockLevels, end.itemId, end.warehouseId),
    }),
    stockOutProbability: t.field({
      type: RiskChangeType,
      description: 'What the move does to its risk.',
      resolve: (end) => end.risk,
    }),
  }),
});

/** A suggested move of goods. */
export const TransferSuggestion = builder.objectRef<TransferSuggestionRow>('TransferSuggestion');
TransferSuggestion.implement({
  description:
    'A suggested move of goods from one physical warehouse to another. All warehouses of an item are solved at once; the donor keeps what it needs itself. At most one is open per item and lane. Nothing is moved by itself.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (row) => encodeId('TransferSuggestion', row.suggestionId),
    }),
    state: t.field({
      type: SuggestionState,
      description: 'Where it stands; never HELD: levels in doubt take no part.',
      resolve: (row) => row.state,
    }),
    donor: t.field({
      type: TransferEndType,
      description: 'Where goods leave.',
      resolve: (row) => ({
        ...{ itemId: row.itemId, warehouseId: row.fromWarehouseId },
        risk: { before: row.donorRiskBefore, after: row.donorRiskAfter },
      }),
    }),
    receiver: t.field({
      type: TransferEndType,
      description: 'Where they arrive.',
      resolve: (row) => ({
        ...{ itemId: row.itemId, warehouseId: row.toWarehouseId },
        risk: { before: row.receiverRiskBefore, after: row.receiverRiskAfter },
      }),
    }),
    quantity: t.field({
      type: 'Decimal',
      description: 'Units to move, in the item’s unit.',
      resolve: (row) => row.quantity,
    }),
    arrivesOn: t.field({
      type: 'Date',
      description: 'Business day from which they can be sold there if they leave on `plannedOn`.',
      resolve: (row) => row.arrivesOn,
    }),
    expectedLostUnitsAvoided: t.field({
      type: 'Decimal',
      description:
        'Units of demand that the receiver is expected to serve because of this move, over its protection period.',
      resolve: (row) => row.lostUnitsAvoided,
    }),
    cost: t.field({
      type: Money,
      description: 'Transport of these units; the lane’s fixed cost, shared by all items, is not in it.',
      resolve: (row) => ({ amount: row.cost, currencyCode: row.currencyCode }),
    }),
    gain: t.field({
      type: Money,
      description:
        'Expected margin gained at the receiver less what the donor gives up and the transport; units instead of money for items without a price.',
      resolve: (row) => ({ amount: row.gain, currencyCode: row.currencyCode }),
    }),
    flags: t.stringList({
      description:
        'LANE_BELOW_MINIMUM_DROPPED or LANE_FIXED_COST_UNPAID_DROPPED: a lane was left out for its minimum or its fixed cost and the rest solved again, which need not be the very best plan. More may be added.',
      resolve: (row) => row.flags,
    }),
    explanation: t.field({
      type: Explanation,
      description:
        'What the donor must keep and can spare, and what the last unit moved is worth on both sides; the last step is the quantity.',
      resolve: (row) => toExplanationValue(JSON.parse(row.explanation) as DomainExplanation),
    }),
  }),
});

const TransferSuggestionConnection = defineSuggestion('TransferSuggestion', TransferSuggestion);

builder.queryField('transferSuggestions', (t) =>
  t.field({
    type: TransferSuggestionConnection,
    authScopes: { scope: 'read:stock' },
    description:
      'What to move between warehouses, the most gain per cost first. Unless the filter names a state, those that wait for a person.',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({
        type: suggestionFilter.ref,
        description:
          'Which suggestions; null = all that wait. The warehouse is the receiver; kind matches nothing here.',
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
          stored: transferSuggestions,
          asOf: transferSuggestionsAsOf,
          under: ({ name, transfers }, organizationId, at) =>
            transferSuggestionsUnder(name, organizationId, transfers, at),
        },
        [descending('gainPerCost')],
      ),
  }),
);
