import type { SalesPolicyRule } from '../../domain/sales-policy.ts';
import type { DefaultSalesPolicyRule } from '../../domain/sales-policy-defaults.ts';
import type { SalesPolicyListed } from '../../domain/sales-policy-write.ts';
import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';

/** A rule of sales policies. Bounds are decimal text. */
export interface SalesPolicyRuleRow extends Omit<SalesPolicyRule, 'enterAt' | 'leaveAt' | 'alertKinds'> {
  name: string;
  isEnabled: boolean;
  enterAt: string | null;
  leaveAt: string | null;
  alertKinds: string[] | null;
  listed: SalesPolicyListed;
  recordedAt: Date;
}

/** What rules can be found by. */
export type SalesPolicyRuleField = 'ruleId' | 'name';

/** All rules of the organization. */
export const salesPolicyRules: Collection<SalesPolicyRuleRow, SalesPolicyRuleField> = {
  name: 'salesPolicyRules',
  columns: ({ sql }) => sql`
    r.rule_id as "ruleId", r.name, r.is_enabled as "isEnabled", r.state, r.metric, r.enter_at as "enterAt",
    r.leave_at as "leaveAt", r.alert_kinds as "alertKinds", r.severity_min as "severityMin", r.incoming,
    r.item_id as "itemId", r.category, r.hold_minutes as "holdMinutes", r.listed, r.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`sales_policy_rule r`,
  fields: { ruleId: column('r', 'rule_id', 'uuid'), name: column('r', 'name', 'text') },
  key: ['ruleId'],
};

/** The enabled rules, by name. Reads `sales_policy_rule`. */
export async function loadSalesPolicyRules(
  sql: Sql,
): Promise<(SalesPolicyRule & { listed: SalesPolicyListed })[]> {
  const rows = await sql<SalesPolicyRuleRow[]>`
    select ${salesPolicyRules.columns({ sql, now: new Date(0) })} from sales_policy_rule r
    where r.is_enabled order by r.name`;
  return rows.map((row) => ({
    ...row,
    enterAt: row.enterAt === null ? null : new Decimal(row.enterAt),
    leaveAt: row.leaveAt === null ? null : new Decimal(row.leaveAt),
  }));
}

/**
 * Makes a rule or replaces the one with its name. Writes `sales_policy_rule`. Run twice: the same row.
 *
 * @returns its id
 */
export async function saveSalesPolicyRule(
  sql: Sql,
  organizationId: OrganizationId,
  rule: DefaultSalesPolicyRule,
  recordedAt: Date,
): Promise<string> {
  const [row] = await sql<{ ruleId: string }[]>`
    ${insertRule(sql, organizationId, rule, recordedAt)}
    on conflict (organization_id, name) do update
    set is_enabled = excluded.is_enabled, state = excluded.state, metric = excluded.metric,
        enter_at = excluded.enter_at, leave_at = excluded.leave_at, alert_kinds = excluded.alert_kinds,
        severity_min = excluded.severity_min, incoming = excluded.incoming, item_id = excluded.item_id,
        category = excluded.category, hold_minutes = excluded.hold_minutes, listed = excluded.listed,
        recorded_at = excluded.recorded_at
    returning r.rule_id as "ruleId"`;
  if (row === undefined) throw new Error('an upsert answers its row');
  return row.ruleId;
}

/** Gives an organization the rules it begins with; those whose name is there already stay. Writes `sales_policy_rule`. */
export async function saveDefaultSalesPolicyRules(
  sql: Sql,
  organizationId: OrganizationId,
  rules: readonly DefaultSalesPolicyRule[],
  recordedAt: Date,
): Promise<void> {
  for (const rule of rules) {
    await sql`${insertRule(sql, organizationId, rule, recordedAt)} on conflict (organization_id, name) do nothing`;
  }
}

/** The rule with a name, so that a change of it leaves out nothing that it says; null = there is none. */
export async function findSalesPolicyRule(sql: Sql, name: string): Promise<SalesPolicyRuleRow | null> {
  const [row] = await sql<SalesPolicyRuleRow[]>`
    select ${salesPolicyRules.columns({ sql, now: new Date(0) })} from sales_policy_rule r where r.name = ${name}`;
  return row ?? null;
}

function insertRule(sql: Sql, organizationId: OrganizationId, rule: DefaultSalesPolicyRule, at: Date) {
  return sql`
    insert into sales_policy_rule as r (
      organization_id, rule_id, name, is_enabled, state, metric, enter_at, leave_at, alert_kinds, severity_min,
      incoming, item_id, category, hold_minutes, listed, recorded_at)
    values (
      ${organizationId}, gen_random_uuid(), ${rule.name}, ${rule.isEnabled}, ${rule.state}, ${rule.metric},
      ${rule.enterAt === null ? null : formatDecimal(rule.enterAt)}::text::numeric,
      ${rule.leaveAt === null ? null : formatDecimal(rule.leaveAt)}::text::numeric,
      ${rule.alertKinds === null ? null : [...rule.alertKinds]}::text[], ${rule.severityMin}, ${rule.incoming},
      ${rule.itemId}::text::uuid, ${rule.category}, ${rule.holdMinutes}, ${rule.listed}, ${at})`;
}
