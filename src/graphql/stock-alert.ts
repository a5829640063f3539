import { alertRules, type StockAlertField, stockAlerts } from '../db/queries/alert.ts';
import { stockAlertEvents } from '../db/queries/event.ts';
import { items } from '../db/queries/item.ts';
import { shops } from '../db/queries/shop.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { explainAlert } from './alert-explanation.ts';
import { AlertRule } from './alert-rule.ts';
import { forwardArgs, pageArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { AlertSeverity, PolicyValueOrigin, StockAlertKind, StockAlertState } from './enums.ts';
import { Explanation } from './explanation.ts';
import { toCondition } from './filter.ts';
import { loadOpenedPlan } from './level-plan.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode, requireId } from './node.ts';
import { ascending, defineOrder, descending, toSort } from './order.ts';
import { flatPage, nestedPage, pageCost } from './page.ts';
import { explainPlan } from './plan-explanation.ts';
import {
  Item,
  Shop,
  StockAlert,
  StockAlertConnection,
  StockAlertEventConnection,
  StockLevel,
  Warehouse,
} from './refs.ts';
import { stockAlertFilter } from './stock-inputs.ts';

registerNode('StockAlert', (context, key) => loadByKey(context, stockAlerts, ...key));

const stockAlertOrder = defineOrder<StockAlertField>('StockAlertOrder', {
  URGENCY: { field: 'urgency', description: 'How urgent; DESC = most urgent first.' },
  OPENED_AT: { field: 'openedAt', description: 'When it opened.' },
  CHANGED_AT: { field: 'changedAt', description: 'When it last changed.' },
});

StockAlert.implement({
  description:
    'A record with a state: what is wrong, where, since when. At most one is open per rule, item and warehouse.',
  interfaces: [Node],
  authScopes: { scope: 'read:alerts' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (alert) => encodeId('StockAlert', alert.alertId),
    }),
    rule: t.field({
      type: AlertRule,
      description: 'The rule that watches.',
      resolve: async (alert, _args, context) => {
        const rule = await loadByKey(context, alertRules, alert.ruleId);
        if (rule === null) throw new Error('an alert refers to a rule that exists');
        return rule;
      },
    }),
    kind: t.field({ type: StockAlertKind, description: 'What it is about.', resolve: (alert) => alert.kind }),
    state: t.field({
      type: StockAlertState,
      description: 'Where it stands.',
      resolve: (alert) => alert.state,
    }),
    severity: t.field({
      type: AlertSeverity,
      description: 'How bad it is.',
      resolve: (alert) => alert.severity,
    }),
    urgency: t.field({
      type: 'Decimal',
      description:
        'The board’s order, higher is sooner. LOW_STOCK: the share of the threshold that is missing, in percent, 0 to 1000.',
      resolve: (alert) => alert.urgency,
    }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The goods; null when the alert is about a source.',
      resolve: (alert, _args, context) =>
        alert.itemId === null ? null : loadByKey(context, items, alert.itemId),
    }),
    warehouse: t.field({
      type: Warehouse,
      nullable: true,
      description: 'The place; null when the alert is about an item as a whole or a source.',
      resolve: (alert, _args, context) =>
        alert.warehouseId === null ? null : loadByKey(context, warehouses, alert.warehouseId),
    }),
    stockLevel: t.field({
      type: StockLevel,
      nullable: true,
      description: 'The level as it is now; null when the alert is not about one.',
      resolve: (alert, _args, context) =>
        alert.itemId === null || alert.warehouseId === null
          ? null
          : loadByKey(context, stockLevels, alert.itemId, alert.warehouseId),
    }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'The shop or feed that the alert is about; null for alerts about stock.',
      resolve: (alert, _args, context) =>
        alert.shopId === null ? null : loadByKey(context, shops, alert.shopId),
    }),
    available: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'What was available at its last change, in the item’s unit; null when the alert is not about a level.',
      resolve: (alert) => alert.available,
    }),
    threshold: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The threshold at its last change, in the item’s unit; null when there is none.',
      resolve: (alert) => alert.threshold,
    }),
    thresholdOrigin: t.field({
      type: PolicyValueOrigin,
      nullable: true,
      description: 'Where that threshold came from; null when there is none.',
      resolve: (alert) => alert.thresholdOrigin,
    }),
    openedAt: t.field({
      type: 'DateTime',
      description: 'When it opened (business time).',
      resolve: (alert) => alert.openedAt,
    }),
    changedAt: t.field({
      type: 'DateTime',
      description: 'When it last changed (business time).',
      resolve: (alert) => alert.changedAt,
    }),
    resolvedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was over (business time); null while it is open.',
      resolve: (alert) => alert.resolvedAt,
    }),
    acknowledgedBy: t.exposeString('acknowledgedBy', {
      nullable: true,
      description: 'Who took it up: the name of the key; null when nobody has.',
    }),
    acknowledgedNote: t.exposeString('acknowledgedNote', {
      nullable: true,
      description: 'What they wrote; null when nothing.',
    }),
    snoozedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when it is silent (business time); null unless SNOOZED.',
      resolve: (alert) => alert.snoozedUntil,
    }),
    explanation: t.field({
      type: Explanation,
      description: 'Why it stands as it does: the numbers it was decided on.',
      resolve: async (alert, _args, context) => {
        const { kind, itemId, warehouseId } = alert;
        if (kind !== 'STOCK_OUT_PREDICTED' || itemId === null || warehouseId === null)
          return explainAlert(alert);
        const plan = await loadOpenedPlan(context, { itemId, warehouseId });
        const risk =
          plan === null ? null : explainPlan(plan, 'STOCK_OUT_PROBABILITY', plan.row.protectionDays);
        return risk ?? explainAlert(alert);
      },
    }),
    events: t.field({
      type: StockAlertEventConnection,
      description: 'Its transitions in order, as far as they are still kept.',
      args: forwardArgs(t.arg, nestedPage),
      complexity: pageCost(nestedPage),
      resolve: (alert, args, context) =>
        resolveConnection(context, {
          collection: stockAlertEvents,
          args,
          sizes: nestedPage,
          sort: [ascending('number')],
          parent: { fields: ['alertId'], tuple: [alert.alertId] },
        }),
    }),
  }),
});

const nestedAlerts = {
  description: 'Alerts about it, newest first, open and resolved.',
  complexity: pageCost(nestedPage),
} as const;

builder.objectFields(StockLevel, (t) => ({
  alerts: t.field({
    ...nestedAlerts,
    type: StockAlertConnection,
    args: {
      ...forwardArgs(t.arg, nestedPage),
      filter: t.arg({ type: stockAlertFilter.ref, description: 'Which alerts; null = all.' }),
    },
    resolve: (level, args, context) =>
      resolveConnection(context, {
        collection: stockAlerts,
        args,
        sizes: nestedPage,
        condition: toCondition(context, stockAlertFilter, args.filter),
        sort: [descending('changedAt')],
        parent: { fields: ['itemId', 'warehouseId'], tuple: [level.itemId, level.warehouseId] },
      }),
  }),
}));

builder.objectFields(Item, (t) => ({
  alerts: t.field({
    ...nestedAlerts,
    type: StockAlertConnection,
    args: {
      ...forwardArgs(t.arg, nestedPage),
      filter: t.arg({ type: stockAlertFilter.ref, description: 'Which alerts; null = all.' }),
    },
    resolve: (item, args, context) =>
      resolveConnection(context, {
        collection: stockAlerts,
        args,
        sizes: nestedPage,
        condition: toCondition(context, stockAlertFilter, args.filter),
        sort: [descending('changedAt')],
        parent: { fields: ['itemId'], tuple: [item.itemId] },
      }),
  }),
}));

builder.queryFields((t) => ({
  stockAlert: t.field({
    type: StockAlert,
    nullable: true,
    authScopes: { scope: 'read:alerts' },
    description: 'One alert by id. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'The alert’s id.' }) },
    resolve: (_root, { id }, context) =>
      loadByKey(context, stockAlerts, ...requireId(context, id, 'StockAlert')),
  }),
  stockAlerts: t.field({
    type: StockAlertConnection,
    authScopes: { scope: 'read:alerts' },
    description: 'All alerts, open and resolved; the most urgent first unless ordered otherwise.',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({ type: stockAlertFilter.ref, description: 'Which alerts; null = all.' }),
      orderBy: t.arg({ type: [stockAlertOrder.ref], description: 'Order; URGENCY descending unless given.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: stockAlerts,
        args,
        sizes: flatPage,
        condition: toCondition(context, stockAlertFilter, args.filter),
        sort: toSort(context, args.orderBy, [descending('urgency')]),
      }),
  }),
}));
