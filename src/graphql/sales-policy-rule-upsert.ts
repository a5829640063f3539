import type { QueryScope } from '../db/queries/collection.ts';
import { findPolicyTargets } from '../db/queries/policy.ts';
import { markAllSalesItems } from '../db/queries/sales-policy-due.ts';
import {
  findSalesPolicyRule,
  salesPolicyRules,
  saveSalesPolicyRule,
} from '../db/queries/sales-policy-rule.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type ItemId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { type Checks, quantityMax, startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import {
  SalesPolicyIncoming,
  SalesPolicyListed,
  SalesPolicyMetric,
  SalesPolicyState,
} from './sales-policy-enums.ts';
import { SalesPolicyRule } from './sales-policy-rule.ts';
import { userError } from './user-error.ts';

const daysMax = 365;
const weekMinutes = 10_080;

const SalesPolicyRuleUpsertInput = builder.inputType('SalesPolicyRuleUpsertInput', {
  description:
    'A rule as it shall be; the one with this name is replaced. What is left out takes its default.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name for people, 1 to 100 characters; unique.' }),
    isEnabled: t.boolean({ description: 'Whether it counts; null = true.' }),
    state: t.field({
      type: SalesPolicyState,
      required: true,
      description:
        'What a storefront may do while it holds; NORMAL is refused, since that is what no rule means.',
    }),
    metric: t.field({ type: SalesPolicyMetric, required: true, description: 'What it looks at.' }),
    enterAt: t.field({
      type: 'Decimal',
      description:
        'It begins at or below this: units of the item, or 0 to 365 days. Needed unless it looks at alerts.',
    }),
    leaveAt: t.field({
      type: 'Decimal',
      description: 'Once begun it ends above this, at least `enterAt`; null = `enterAt`.',
    }),
    alertKinds: t.field({
      type: [StockAlertKind],
      description: 'ALERT only: open alerts of these kinds, at least one; null = of every kind.',
    }),
    severityMin: t.field({ type: AlertSeverity, description: 'ALERT only: this bad, or worse; null = any.' }),
    incoming: t.field({
      type: SalesPolicyIncoming,
      description: 'Whether goods must be on their way; null = ANY.',
    }),
    itemId: t.id({ description: 'Only this item; null = all.' }),
    category: t.string({ description: 'Only goods of this category, 1 to 200 characters; null = all.' }),
    holdMinutes: t.int({
      description: 'Once begun it lasts at least so long, business time, 0 to 10,080 minutes; null = 0.',
    }),
    listed: t.field({
      type: SalesPolicyListed,
      description:
        'What the channel is to offer while it decides; null = KEEP. Matters only where write-back is on.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const SalesPolicyRuleUpsertPayload = definePayload<{ ruleId: string }>(
  'SalesPolicyRuleUpsertPayload',
  'The rule as it is now; the states of items follow within seconds.',
  (t) => ({
    salesPolicyRule: t.field({
      type: SalesPolicyRule,
      nullable: true,
      description: 'The rule.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, salesPolicyRules, result.ruleId),
    }),
  }),
);

type RuleInput = typeof SalesPolicyRuleUpsertInput.$inferInput;

builder.mutationField('salesPolicyRuleUpsert', (t) =>
  t.field({
    type: SalesPolicyRuleUpsertPayload,
    authScopes: { scope: 'write:stock' },
    description: 'Makes a rule of sales policies, or replaces the one with this name.',
    args: { input: t.arg({ type: SalesPolicyRuleUpsertInput, required: true, description: 'The rule.' }) },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'salesPolicyRuleUpsert', input, (scope) => upsert(context, scope, input)),
  }),
);

async function upsert(
  context: GraphqlContext,
  { sql, now }: QueryScope,
  input: RuleInput,
): Promise<{ ruleId: string }> {
  const checks = startChecks();
  checkRule(checks, input);
  const itemId =
    input.itemId == null ? null : brandId<ItemId>(requireId(context, String(input.itemId), 'Item')[0] ?? '');
  const targets = await findPolicyTargets(sql, {
    itemId,
    warehouseId: null,
    category: null,
    supplierName: null,
  });
  if (!targets.isItem) checks.add(userError('NOT_FOUND', ['input', 'itemId']));
  checks.refuseIfAny();
  const isAlert = input.metric === 'ALERT';
  const enterAt = isAlert || input.enterAt == null ? null : new Decimal(input.enterAt);
  const before = await findSalesPolicyRule(sql, input.name);
  const ruleId = await saveSalesPolicyRule(
    sql,
    context.viewer.organizationId,
    {
      ...{ name: input.name, state: input.state, metric: input.metric, itemId },
      isEnabled: input.isEnabled ?? true,
      enterAt,
      leaveAt: enterAt === null || input.leaveAt == null ? enterAt : new Decimal(input.leaveAt),
      alertKinds: isAlert ? (input.alertKinds ?? null) : null,
      severityMin: isAlert ? (input.severityMin ?? null) : null,
      incoming: input.incoming ?? 'ANY',
      category: input.category ?? null,
      holdMinutes: input.holdMinutes ?? 0,
      listed: input.listed ?? 'KEEP',
    },
    now,
  );
  const isSilent = before?.isEnabled !== true && input.isEnabled === false;
  if (!isSilent) await markAllSalesItems(sql, now);
  return { ruleId };
}

function checkRule(checks: Checks, input: RuleInput): void {
  checks.text(input.name, ['input', 'name'], 100);
  checks.text(input.category, ['input', 'category'], 200);
  if (input.state === 'NORMAL') checks.add(userError('INVALID', ['input', 'state'], { bound: '≠ NORMAL' }));
  const { holdMinutes } = input;
  if (holdMinutes != null && (holdMinutes < 0 || holdMinutes > weekMinutes)) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'holdMinutes'], { bound: `0–${weekMinutes}` }));
  }
  if (input.metric === 'ALERT') {
    for (const field of ['enterAt', 'leaveAt'] as const) {
      if (input[field] != null)
        checks.add(userError('NOT_ALLOWED_HERE', ['input', field], { what: input.metric }));
    }
    if (input.alertKinds?.length === 0) {
      checks.add(userError('REQUIRED', ['input', 'alertKinds'], { what: 'StockAlertKind' }));
    }
    return;
  }
  for (const field of ['alertKinds', 'severityMin'] as const) {
    if (input[field] != null)
      checks.add(userError('NOT_ALLOWED_HERE', ['input', field], { what: input.metric }));
  }
  if (input.enterAt == null) {
    checks.add(userError('REQUIRED', ['input', 'enterAt'], { what: 'Decimal' }));
    return;
  }
  const bounds =
    input.metric === 'AVAILABLE' ? { min: -quantityMax, max: quantityMax } : { min: 0, max: daysMax };
  checks.decimal(input.enterAt, ['input', 'enterAt'], bounds);
  checks.decimal(input.leaveAt, ['input', 'leaveAt'], bounds);
  if (input.leaveAt != null && new Decimal(input.leaveAt).lt(input.enterAt)) {
    checks.add(userError('INCONSISTENT', ['input', 'leaveAt'], { other: 'enterAt', bound: '≥ enterAt' }));
  }
}
