import { items } from '../db/queries/item.ts';
import { type SalesPolicyRuleRow, salesPolicyRules } from '../db/queries/sales-policy-rule.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { ascending } from './order.ts';
import { defineConnection, flatPage, pageCost } from './page.ts';
import { Item } from './refs.ts';
import {
  SalesPolicyIncoming,
  SalesPolicyListed,
  SalesPolicyMetric,
  SalesPolicyState,
} from './sales-policy-enums.ts';

/** When an item is in a state. */
export const SalesPolicyRule = builder.objectRef<SalesPolicyRuleRow>('SalesPolicyRule');

SalesPolicyRule.implement({
  description:
    'When an item is in a state. A rule begins at or below `enterAt` and ends above `leaveAt`, so that it does not flap.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    ruleId: t.exposeString('ruleId', { description: 'Stable; also in webhooks.' }),
    name: t.exposeString('name', { description: 'Name for people, unique.' }),
    isEnabled: t.exposeBoolean('isEnabled', { description: 'Whether it counts.' }),
    state: t.field({
      type: SalesPolicyState,
      description: 'What a storefront may do while it holds.',
      resolve: (rule) => rule.state,
    }),
    metric: t.field({
      type: SalesPolicyMetric,
      description: 'What it looks at.',
      resolve: (rule) => rule.metric,
    }),
    enterAt: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'It begins at or below this, units of the item or days; null for ALERT.',
      resolve: (rule) => rule.enterAt,
    }),
    leaveAt: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Once begun it ends above this, never below `enterAt`; null for ALERT.',
      resolve: (rule) => rule.leaveAt,
    }),
    alertKinds: t.field({
      type: [StockAlertKind],
      nullable: true,
      description: 'ALERT: open alerts of these kinds; null = of every kind, and for other metrics.',
      resolve: (rule) => rule.alertKinds as (typeof StockAlertKind.$inferType)[] | null,
    }),
    severityMin: t.field({
      type: AlertSeverity,
      nullable: true,
      description: 'ALERT: this bad, or worse; null = any, and for other metrics.',
      resolve: (rule) => rule.severityMin,
    }),
    incoming: t.field({
      type: SalesPolicyIncoming,
      description: 'Whether goods must be on their way.',
      resolve: (rule) => rule.incoming,
    }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'Only this item; null = all.',
      resolve: (rule, _args, context) =>
        rule.itemId === null ? null : loadByKey(context, items, rule.itemId),
    }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'Only goods of this category; null = all.',
    }),
    holdMinutes: t.exposeInt('holdMinutes', {
      description:
        'Once begun it lasts at least so long, business time, minutes; 0 = no longer than its cause.',
    }),
    listed: t.field({
      type: SalesPolicyListed,
      description: 'What the channel is to offer while it decides; matters only where write-back is on.',
      resolve: (rule) => rule.listed,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was last stored (business time).',
      resolve: (rule) => rule.recordedAt,
    }),
  }),
});

const SalesPolicyRuleConnection = defineConnection('SalesPolicyRule', SalesPolicyRule, 'read:stock');

builder.queryField('salesPolicyRules', (t) =>
  t.field({
    type: SalesPolicyRuleConnection,
    authScopes: { scope: 'read:stock' },
    description: 'All rules, by name: those that every organization begins with, and its own.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: salesPolicyRules,
        args,
        sizes: flatPage,
        sort: [ascending('name')],
      }),
  }),
);
