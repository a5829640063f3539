import { alertRules, loadAlertRules } from '../db/queries/alert-rule.ts';
import { items } from '../db/queries/item.ts';
import {
  type AlertKind,
  type AlertRuleBook,
  type AlertRuleSetting,
  alertRuleSettings,
  createRuleBook,
  type EffectiveAlertRule,
  levelAlertKinds,
} from '../domain/alert/alert-rule.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { AlertRule } from './alert-rule.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { StockAlert, StockLevel } from './refs.ts';

const AlertRuleOrigin = builder.enumType('AlertRuleOrigin', {
  description: 'Which rule sets a value, the narrowest first. New values may be added.',
  values: {
    ITEM_WAREHOUSE: { description: 'The rule for this item in this warehouse.' },
    ITEM: { description: 'The rule for this item.' },
    WAREHOUSE: { description: 'The rule for this warehouse.' },
    CATEGORY: { description: 'The rule for the item’s category.' },
    ORGANIZATION: { description: 'The organization’s rule.' },
    DEFAULT: { description: 'Nobody set it: the kind’s default.' },
  } as const,
});

interface EffectiveValue {
  readonly setting: AlertRuleSetting;
  readonly value: string;
  readonly origin: EffectiveAlertRule['origins'][AlertRuleSetting];
}

const AlertRuleValue = builder.objectRef<EffectiveValue>('AlertRuleValue').implement({
  description: 'One setting as it holds, and which rule sets it.',
  authScopes: { scope: 'read:alerts' },
  fields: (t) => ({
    setting: t.exposeString('setting', {
      description:
        'Name of the setting, as in `AlertRule`, such as fireAfterMinutes. One that the kind has no use for says nothing.',
    }),
    value: t.exposeString('value', {
      description: 'Canonical decimal, whole number, true or false, or a severity.',
    }),
    origin: t.field({
      type: AlertRuleOrigin,
      description: 'Which rule sets it.',
      resolve: ({ origin }) => origin,
    }),
  }),
});

interface EffectiveRule extends EffectiveAlertRule {
  readonly ruleId: string;
}

const EffectiveRule = builder.objectRef<EffectiveRule>('EffectiveAlertRule').implement({
  description: 'What holds for one item in one warehouse, put together from all rules that are for it.',
  authScopes: { scope: 'read:alerts' },
  fields: (t) => ({
    kind: t.field({ type: StockAlertKind, description: 'Of which kind.', resolve: ({ kind }) => kind }),
    rule: t.field({
      type: AlertRule,
      description: 'The organization’s rule of this kind.',
      resolve: async ({ ruleId }, _args, context) => {
        const rule = await loadByKey(context, alertRules, ruleId);
        if (rule === null) throw new Error('a rule that was just read is there');
        return rule;
      },
    }),
    isEnabled: t.boolean({
      description: 'Whether it watches here.',
      resolve: ({ settings }) => settings.isEnabled,
    }),
    severity: t.field({
      type: AlertSeverity,
      description: 'Of a fresh alert.',
      resolve: ({ settings }) => settings.severity,
    }),
    values: t.field({
      type: [AlertRuleValue],
      description: 'Every setting, with the rule that sets it.',
      resolve: valuesOf,
    }),
  }),
});

function valuesOf({ settings, origins }: EffectiveAlertRule): EffectiveValue[] {
  return alertRuleSettings.map((setting) => {
    const value = settings[setting];
    const text = value instanceof Decimal ? formatDecimal(value) : String(value);
    return { setting, value: text, origin: origins[setting] };
  });
}

interface OpenedRules {
  readonly book: AlertRuleBook;
  readonly ruleIds: ReadonlyMap<AlertKind, string>;
}

/** The rules that can matter to a level; all levels asked for together come in one statement. */
function loadRules(context: GraphqlContext, itemId: string, warehouseId: string): Promise<OpenedRules> {
  const rules = loaderOf<readonly [string, string], OpenedRules>(context, 'level rules', async (keys) => {
    const loaded = await context.read(({ sql }) =>
      loadAlertRules(
        sql,
        keys.map(([item]) => item),
        keys.map(([, warehouse]) => warehouse),
      ),
    );
    const opened = { book: createRuleBook(loaded.rules), ruleIds: loaded.ruleIds };
    return keys.map(() => opened);
  });
  return rules.load([itemId, warehouseId]);
}

async function findEffective(
  context: GraphqlContext,
  { itemId, warehouseId }: { readonly itemId: string | null; readonly warehouseId: string | null },
  kinds: readonly AlertKind[],
): Promise<EffectiveRule[]> {
  const [{ book, ruleIds }, item] = await Promise.all([
    loadRules(context, itemId ?? noId, warehouseId ?? noId),
    itemId === null ? null : loadByKey(context, items, itemId),
  ]);
  const subject = { itemId, warehouseId, category: item?.category ?? null };
  return kinds.flatMap((kind) => {
    const ruleId = ruleIds.get(kind);
    return ruleId === undefined ? [] : [{ ...book.rule(kind, subject), ruleId }];
  });
}

/** Asked for by alerts about sources: no item and no warehouse has it. */
const noId = '00000000-0000-0000-0000-000000000000';

builder.objectField(AlertRule, 'values', (t) =>
  t.field({
    type: [AlertRuleValue],
    description:
      'Every setting as it holds for what this rule is for, with the rule that sets it: what it leaves out comes from wider rules and the kind’s defaults.',
    resolve: async (rule, _args, context) => {
      const { book } = await loadRules(context, rule.itemId ?? noId, rule.warehouseId ?? noId);
      const item = rule.itemId === null ? null : await loadByKey(context, items, rule.itemId);
      return valuesOf(book.rule(rule.kind, { ...rule, category: rule.category ?? item?.category ?? null }));
    },
  }),
);

builder.objectField(StockAlert, 'effectiveRule', (t) =>
  t.field({
    type: EffectiveRule,
    description: 'What holds for its item and warehouse now, with the rule that sets each value.',
    resolve: async (alert, _args, context) => {
      const [rule] = await findEffective(context, alert, [alert.kind]);
      if (rule === undefined) throw new Error('an alert refers to a rule that exists');
      return rule;
    },
  }),
);

builder.objectField(StockLevel, 'alertRules', (t) =>
  t.field({
    type: [EffectiveRule],
    authScopes: { scope: 'read:alerts' },
    description: 'What holds for it, one per kind of alert about levels.',
    resolve: (level, _args, context) => findEffective(context, level, levelAlertKinds),
  }),
);
