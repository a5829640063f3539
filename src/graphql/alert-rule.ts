import { type AlertRuleRow, alertRules } from '../db/queries/alert.ts';
import { builder } from './builder.ts';
import { StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';

registerNode('AlertRule', (context, key) => loadByKey(context, alertRules, ...key));

/** What is watched. */
export const AlertRule = builder.objectRef<AlertRuleRow>('AlertRule').implement({
  description:
    'What is watched. A rule each for LOW_STOCK, REORDER_DUE and STOCK_OUT_PREDICTED comes with every organization.',
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
    isEnabled: t.exposeBoolean('isEnabled', {
      description: 'Whether it watches; when switched off its open alerts resolve.',
    }),
  }),
});
