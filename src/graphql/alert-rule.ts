import { type AlertRuleRow, alertRules } from '../db/queries/alert-rule.ts';
import { items } from '../db/queries/item.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { alertRuleDefaults } from '../domain/alert/alert-rule.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { ascending } from './order.ts';
import { defineConnection, flatPage, pageCost } from './page.ts';
import { Item, Warehouse } from './refs.ts';

registerNode('AlertRule', (context, key) => loadByKey(context, alertRules, ...key));

/** What each number of a rule means and its bounds, for the type and the input alike. */
export const alertRuleNumbers = {
  ageMinutesMax: ['SOURCE_STALE: minutes without a reading, above which it holds', 1, 43_200],
  countMin: [
    'SOURCE_SUSPECT: readings held back; SYNC_FAILED: failures in a row, from which it holds',
    1,
    100_000,
  ],
  fireAfterMinutes: [
    'Minutes that the condition must hold before it fires; any break starts anew',
    0,
    43_200,
  ],
  resolveAfterMinutes: ['Minutes that it must be clear before it resolves', 0, 43_200],
  reopenWithinMinutes: ['Coming back in less than so many minutes continues the same alert', 0, 43_200],
  escalateAfterMinutes: ['Minutes after which it is CRITICAL while nobody took it up; 0 = never', 0, 43_200],
} as const;

/** What each decimal of a rule means and its bounds. */
export const alertRuleDecimals = {
  thresholdShare: [
    'APPROACHING: share above the safety stock; OVERSTOCK: share above the target level, and of what is available beyond need; LISTING_MISMATCH: share of the physical stock',
    0,
    100,
  ],
  recoveryShare: [
    'How far back over its line a level must come to end the alert, as a share of the line',
    0,
    100,
  ],
  recoveryUnits: ['… and at least so many units', 0, 1_000_000],
  probability: ['STOCK_OUT_PREDICTED: from this probability on', 0.01, 1],
} as const;

const inherited = 'null = not set here, the next wider rule decides';

/** What is watched, and how. */
export const AlertRule = builder.objectRef<AlertRuleRow>('AlertRule');

AlertRule.implement({
  description:
    'What is watched, and how. Every organization has one rule of each kind, to which alerts refer; rules for an item in a warehouse, an item, a warehouse or a category change settings below it. For each setting the narrowest rule that sets it decides, in that order. Minutes are business time.',
  interfaces: [Node],
  authScopes: { scope: 'read:alerts' },
  fields: (t) => ({
    id: t.id({ description: 'Opaque and stable.', resolve: (rule) => encodeId('AlertRule', rule.ruleId) }),
    kind: t.field({
      type: StockAlertKind,
      description: 'What its alerts are about.',
      resolve: (rule) => rule.kind,
    }),
    name: t.exposeString('name', { description: 'Name for people.' }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'For this item; null = for all.',
      resolve: (rule, _args, context) =>
        rule.itemId === null ? null : loadByKey(context, items, rule.itemId),
    }),
    warehouse: t.field({
      type: Warehouse,
      nullable: true,
      description: 'For this warehouse; null = for all.',
      resolve: (rule, _args, context) =>
        rule.warehouseId === null ? null : loadByKey(context, warehouses, rule.warehouseId),
    }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'For this category; null = for all.',
    }),
    isEnabled: t.boolean({
      description:
        'Whether it watches; when switched off its open alerts resolve. True where a narrower rule does not say.',
      resolve: (rule) => rule.isEnabled ?? alertRuleDefaults[rule.kind].isEnabled,
    }),
    isEnabledHere: t.exposeBoolean('isEnabled', {
      nullable: true,
      description: `Whether this rule itself switches on or off; ${inherited}.`,
    }),
    severity: t.field({
      type: AlertSeverity,
      nullable: true,
      description: `Of a fresh alert; what is worse raises it; ${inherited}.`,
      resolve: (rule) => rule.severity,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was last set (business time).',
      resolve: (rule) => rule.recordedAt,
    }),
  }),
});

builder.objectFields(AlertRule, (t) => ({
  ...Object.fromEntries(
    Object.entries(alertRuleNumbers).map(([name, [meaning]]) => [
      name,
      t.int({
        nullable: true,
        description: `${meaning}; ${inherited}.`,
        resolve: (rule) => rule[name as keyof typeof alertRuleNumbers],
      }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(alertRuleDecimals).map(([name, [meaning]]) => [
      name,
      t.field({
        type: 'Decimal',
        nullable: true,
        description: `${meaning}; ${inherited}.`,
        resolve: (rule) => rule[name as keyof typeof alertRuleDecimals],
      }),
    ]),
  ),
}));

const AlertRuleConnection = defineConnection('AlertRule', AlertRule, 'read:alerts');

builder.queryField('alertRules', (t) =>
  t.field({
    type: AlertRuleConnection,
    authScopes: { scope: 'read:alerts' },
    description: 'All rules, by kind: the organization’s and those for some goods or places.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: alertRules,
        args,
        sizes: flatPage,
        sort: [ascending('kind')],
      }),
  }),
);
