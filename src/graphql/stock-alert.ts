import { type StockAlertField, stockAlerts } from '../db/queries/alert.ts';
import { alertRules } from '../db/queries/alert-rule.ts';
import { loadSpeakers, loadSuppressedCounts } from '../db/queries/alert-suppression.ts';
import { stockAlertsAsOf } from '../db/queries/as-of.ts';
import { stockAlertEvents } from '../db/queries/event.ts';
import { items } from '../db/queries/item.ts';
import { shops } from '../db/queries/shop.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { explainStockAlert } from './alert-explanation.ts';
import { AlertRule } from './alert-rule.ts';
import { forwardArgs, pageArgs } from './arguments.ts';
import { asOfDescription, requireKnown } from './as-of.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { AlertSeverity, PolicyValueOrigin, StockAlertKind, StockAlertState } from './enums.ts';
import { Explanation } from './explanation.ts';
import { toCondition } from './filter.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { encodeId, Node, registerNode, requireId } from './node.ts';
import { ascending, defineOrder, descending, toSort } from './order.ts';
import { flatPage, nestedPage, pageCost } from './page.ts';
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
        'The board’s order, 0 to 100, higher is sooner. With a forecast 50·s/L + 50·m/(m+M): s = max(0, L − max(0, available)/d) days without goods if ordered now, L lead time in days, d expected units a day, m = s·d·margin of a unit (the price where the cost is unknown), M 100 in money, or in units without prices. Without a forecast 50 × the share of the line that is missing. OVERSTOCK up to 10 by the value of the excess, LISTING_MISMATCH up to 30 by the share that differs, alerts about sources 95 to 100, RESOLVED 0. As last judged; `explanation` has the steps.',
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
        'What was available when it was last judged, in the item’s unit (REORDER_DUE: the position within the protection period); null when the alert is not about a level.',
      resolve: (alert) => alert.available,
    }),
    threshold: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'The line it was last judged by, in the item’s unit (LISTING_MISMATCH: the physical stock); null when there is none.',
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
    acknowledgedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When it fires again if it is not over by then (business time); null = never, or nobody took it up.',
      resolve: (alert) => alert.acknowledgedUntil,
    }),
    firedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it last began to fire (business time); null = it never did.',
      resolve: (alert) => alert.firedAt,
    }),
    reopenCount: t.exposeInt('reopenCount', {
      description:
        'How often the condition came back within the rule’s window after being clear; from 5 on it must stay clear for the window to end. Going on after a stronger alert does not count.',
    }),
    suppressedBy: t.field({
      type: StockAlert,
      nullable: true,
      description:
        'The alert that speaks for it now: that of its source, or of the same level one that says more surely that it runs out, in the order OUT_OF_STOCK, LOW_STOCK, STOCK_OUT_PREDICTED, REORDER_DUE, APPROACHING (which ends it with the next look: SUPERSEDED). Beside its source’s alert it keeps its state, neither fires nor resolves, and is judged again afterwards; null = none.',
      resolve: async (alert, _args, context) => {
        if (alert.itemId === null || alert.state === 'RESOLVED') return null;
        const speakers = loaderOf<string, string | null>(context, 'alert speakers', (alertIds) =>
          context.read((scope) => loadSpeakers(scope, alertIds)),
        );
        const speaker = await speakers.load(alert.alertId);
        return speaker === null ? null : loadByKey(context, stockAlerts, speaker);
      },
    }),
    suppressedCount: t.int({
      nullable: true,
      description:
        'How many open alerts about stock this alert about a source speaks for now; 0 = none, such as while the source is only partly doubted or the alert is over. Null = the alert is about stock.',
      resolve: (alert, _args, context) =>
        alert.itemId !== null
          ? null
          : loaderOf<string, number>(context, 'suppressed alerts', (alertIds) =>
              context.read((scope) => loadSuppressedCounts(scope, alertIds)),
            ).load(alert.alertId),
    }),
    snoozedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when it is silent (business time); null unless SNOOZED.',
      resolve: (alert) => alert.snoozedUntil,
    }),
    explanation: t.field({
      type: Explanation,
      description:
        'Why it stands as it does: the numbers it was decided on, what ends it, and last its urgency.',
      resolve: (alert) => explainStockAlert(alert),
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
      asOf: t.arg({ type: 'DateTime', description: asOfDescription }),
    },
    complexity: pageCost(flatPage),
    resolve: async (_root, args, context) =>
      resolveConnection(context, {
        collection: args.asOf == null ? stockAlerts : stockAlertsAsOf(await requireKnown(context, args.asOf)),
        args,
        sizes: flatPage,
        condition: toCondition(context, stockAlertFilter, args.filter),
        sort: toSort(context, args.orderBy, [descending('urgency')]),
      }),
  }),
}));
