import { type SalesPolicyRow, salesPolicies } from '../db/queries/sales-policy.ts';
import { salesPolicyRules } from '../db/queries/sales-policy-rule.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { loadByKey, loadRow } from './loader.ts';
import { Item, StockLevel } from './refs.ts';
import { SalesPolicyState } from './sales-policy-enums.ts';
import { SalesPolicyRule } from './sales-policy-rule.ts';

/** As many items as one page of a shop has, and some. */
const skusMax = 250;
/** States follow stock within seconds; asking more often tells nothing new. */
const maxAgeSeconds = 5;

const SalesPolicy = builder.objectRef<SalesPolicyRow>('SalesPolicy').implement({
  description: 'What a storefront may do with an item now, and why.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    sku: t.exposeString('sku', { description: 'The merchant’s article number.' }),
    state: t.field({
      type: SalesPolicyState,
      description: 'What the storefront may do.',
      resolve: (policy) => policy.state,
    }),
    since: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when (business time); null = it was never anything but NORMAL.',
      resolve: (policy) => policy.sinceAt,
    }),
    rule: t.field({
      type: SalesPolicyRule,
      nullable: true,
      description: 'The rule that decides; null for NORMAL.',
      resolve: (policy, _args, context) =>
        policy.ruleId === null ? null : loadByKey(context, salesPolicyRules, policy.ruleId),
    }),
    maxAgeSeconds: t.int({
      description:
        'How long the answer may be kept, real time, seconds. `salesPolicyChanged` tells changes at once.',
      resolve: () => maxAgeSeconds,
    }),
  }),
});

async function stateOf(context: GraphqlContext, itemId: string) {
  return (await loadByKey(context, salesPolicies, itemId))?.state ?? 'NORMAL';
}

builder.objectFields(Item, (t) => ({
  salesPolicy: t.field({
    type: SalesPolicyState,
    description: 'What a storefront may do with it now; NORMAL where no rule speaks of it.',
    resolve: (item, _args, context) => stateOf(context, item.itemId),
  }),
  salesPolicyDetail: t.field({
    type: SalesPolicy,
    nullable: true,
    description: 'The same with rule and time; null only when the item was removed meanwhile.',
    resolve: (item, _args, context) => loadByKey(context, salesPolicies, item.itemId),
  }),
}));

builder.objectFields(StockLevel, (t) => ({
  salesPolicy: t.field({
    type: SalesPolicyState,
    description:
      'What a storefront may do with its item now: one state per item, the same on all its levels; NORMAL where no rule speaks of it.',
    resolve: (level, _args, context) => stateOf(context, level.itemId),
  }),
}));

builder.queryField('salesPolicies', (t) =>
  t.field({
    type: [SalesPolicy],
    nullable: { list: false, items: true },
    authScopes: { scope: 'read:stock' },
    complexity: { field: 5, multiplier: 1 },
    description: `What a storefront may do with some items, for the pages of a shop: one statement, by article number. In the order asked; null for a number that nobody knows.`,
    args: {
      skus: t.arg.stringList({ required: true, description: `Article numbers, at most ${skusMax}.` }),
    },
    resolve: (_root, { skus }, context) => {
      if (skus.length > skusMax) {
        const bound = `0–${skusMax}`;
        throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', { argument: 'skus', bound });
      }
      return Promise.all(skus.map((sku) => loadRow(context, salesPolicies, ['sku'], [sku])));
    },
  }),
);
