import { type AlertRuleChange, alertRules, saveAlertRule } from '../db/queries/alert-rule.ts';
import { findPolicyTargets, loadPolicyLevels } from '../db/queries/policy.ts';
import { type AlertKind, sourceAlertKinds } from '../domain/alert/alert-rule.ts';
import { brandId, type ItemId, type WarehouseId } from '../shared/ids.ts';
import { AlertRule, alertRuleDecimals, alertRuleNumbers } from './alert-rule.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { announce, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { Refusal, userError } from './user-error.ts';

/** More levels than this are judged by the alert stage, within a minute; these at once. */
const levelsAtOnceMax = 1_000;

const AlertRuleScopeInput = builder.inputType('AlertRuleScopeInput', {
  description:
    'For which goods and places. Item, warehouse or both together; or a category; nothing at all = the whole organization. Kinds about sources have none.',
  fields: (t) => ({
    itemId: t.id({ description: 'An item’s id.' }),
    warehouseId: t.id({ description: 'A warehouse’s id.' }),
    category: t.string({ description: 'A category’s name; alone.' }),
  }),
});

const AlertRuleSettingsInput = builder.inputType('AlertRuleSettingsInput', {
  description: 'What is set. What is left out stays as it is; null = no longer set here, so inherited.',
  fields: (t) => ({
    isEnabled: t.boolean({ description: 'Off: nothing opens, and what is open resolves. Null = inherited.' }),
    severity: t.field({ type: AlertSeverity, description: 'Of a fresh alert. Null = inherited.' }),
    ...(Object.fromEntries(
      Object.entries(alertRuleNumbers).map(([name, [meaning, min, max]]) => [
        name,
        t.int({ description: `${meaning}; ${min} to ${max}. Null = inherited.` }),
      ]),
    ) as Record<keyof typeof alertRuleNumbers, ReturnType<typeof t.int<false>>>),
    ...(Object.fromEntries(
      Object.entries(alertRuleDecimals).map(([name, [meaning, min, max]]) => [
        name,
        t.field({ type: 'Decimal', description: `${meaning}; ${min} to ${max}. Null = inherited.` }),
      ]),
    ) as Record<keyof typeof alertRuleDecimals, ReturnType<typeof t.field<'Decimal', false>>>),
  }),
});

const AlertRuleUpsertInput = builder.inputType('AlertRuleUpsertInput', {
  description: 'Settings of one kind of alert for some goods and places.',
  fields: (t) => ({
    kind: t.field({ type: StockAlertKind, required: true, description: 'Of which kind.' }),
    scope: t.field({
      type: AlertRuleScopeInput,
      description: 'For what; null = the whole organization.',
    }),
    name: t.string({ description: 'Name for people, 1 to 100 characters; null = as it is.' }),
    settings: t.field({ type: AlertRuleSettingsInput, required: true, description: 'What is set.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const AlertRuleUpsertPayload = definePayload<{ ruleId: string }>(
  'AlertRuleUpsertPayload',
  'The rule as it is now.',
  (t) => ({
    alertRule: t.field({
      type: AlertRule,
      nullable: true,
      description: 'The rule of this scope.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, alertRules, result.ruleId),
    }),
  }),
);

builder.mutationField('alertRuleUpsert', (t) =>
  t.field({
    type: AlertRuleUpsertPayload,
    authScopes: { scope: 'write:alerts' },
    description: `Makes or changes a rule: the organization’s own, or one for a category, a warehouse, an item, or an item in a warehouse. Alerts follow at once for up to ${levelsAtOnceMax} levels, for more within a minute.`,
    args: {
      input: t.arg({ type: AlertRuleUpsertInput, required: true, description: 'Which rule, and what.' }),
    },
    resolve: (_root, { input }, context) => {
      const scope = toScope(context, input.scope ?? {});
      return runMutation(context, 'alertRuleUpsert', input, async (queryScope) => {
        const { sql, now } = queryScope;
        const change = check(input);
        const targets = { ...scope, supplierName: null };
        const found = await findPolicyTargets(sql, targets);
        if (!found.isItem) throw new Refusal(userError('NOT_FOUND', ['input', 'scope', 'itemId']));
        if (!found.isWarehouse) throw new Refusal(userError('NOT_FOUND', ['input', 'scope', 'warehouseId']));
        const rule = { kind: input.kind, name: input.name ?? null, scope };
        const ruleId = await saveAlertRule(sql, context.viewer.organizationId, rule, change, now);
        const levels = isAboutSource(input.kind) ? [] : await loadPolicyLevels(sql, targets);
        await announce(context, queryScope, levels.length > levelsAtOnceMax ? [] : levels, [], 'ALL');
        return { ruleId };
      });
    },
  }),
);

function isAboutSource(kind: AlertKind): boolean {
  return sourceAlertKinds.some((one) => one === kind);
}

function toScope(context: GraphqlContext, input: typeof AlertRuleScopeInput.$inferInput) {
  const idOf = (id: string | null | undefined, type: 'Item' | 'Warehouse') =>
    id == null ? null : (requireId(context, id, type)[0] ?? null);
  const itemId = idOf(input.itemId, 'Item');
  const warehouseId = idOf(input.warehouseId, 'Warehouse');
  return {
    itemId: itemId === null ? null : brandId<ItemId>(itemId),
    warehouseId: warehouseId === null ? null : brandId<WarehouseId>(warehouseId),
    category: input.category ?? null,
  };
}

function check(input: typeof AlertRuleUpsertInput.$inferInput): AlertRuleChange {
  const checks = startChecks();
  const { scope, settings } = input;
  const isPlace = scope?.itemId != null || scope?.warehouseId != null;
  if (isPlace && scope?.category != null) {
    const params = { other: 'category', bound: 'itemId × warehouseId ⊕ category' };
    checks.add(userError('INCONSISTENT', ['input', 'scope'], params));
  }
  if (isAboutSource(input.kind) && (isPlace || scope?.category != null)) {
    checks.add(userError('INCONSISTENT', ['input', 'scope'], { other: 'kind', bound: '∅' }));
  }
  checks.text(scope?.category, ['input', 'scope', 'category'], 200);
  checks.text(input.name, ['input', 'name'], 100);
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const bounds: Readonly<Record<string, readonly [string, number, number]>> = {
    ...alertRuleNumbers,
    ...alertRuleDecimals,
  };
  if (given.length === 0) {
    const what = ['isEnabled', 'severity', ...Object.keys(bounds)].join(' / ');
    checks.add(userError('REQUIRED', ['input', 'settings'], { what }));
  }
  for (const [name, value] of given) {
    const [, min, max] = bounds[name] ?? [];
    if (min === undefined || max === undefined || value === null) continue;
    checks.decimal(String(value), ['input', 'settings', name], { min, max });
  }
  checks.refuseIfAny();
  return Object.fromEntries(given);
}
