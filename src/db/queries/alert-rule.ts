import {
  type AlertKind,
  type AlertRuleSetting,
  alertRuleSettings,
  type ScopedAlertRule,
} from '../../domain/alert/alert-rule.ts';
import { Decimal } from '../../shared/decimal.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertSeverity, StockAlertKind } from '../tables/alert.ts';
import { type Collection, column } from './collection.ts';

/** What is watched, and how, for one scope. Decimal text; null = not set here, the next wider scope decides. */
export interface AlertRuleRow {
  ruleId: string;
  kind: StockAlertKind;
  name: string;
  itemId: string | null;
  warehouseId: string | null;
  category: string | null;
  isEnabled: boolean | null;
  severity: AlertSeverity | null;
  thresholdShare: string | null;
  recoveryShare: string | null;
  recoveryUnits: string | null;
  probability: string | null;
  ageMinutesMax: number | null;
  countMin: number | null;
  fireAfterMinutes: number | null;
  resolveAfterMinutes: number | null;
  reopenWithinMinutes: number | null;
  escalateAfterMinutes: number | null;
  recordedAt: Date;
}

/** All rules of the organization: one of each kind, and those that change settings for some goods or places. */
export const alertRules: Collection<AlertRuleRow, 'ruleId' | 'kind' | 'itemId' | 'warehouseId' | 'category'> =
  {
    name: 'alertRules',
    columns: ({ sql }) => sql`
    u.rule_id as "ruleId", u.kind, u.name, u.item_id as "itemId", u.warehouse_id as "warehouseId", u.category,
    u.is_enabled as "isEnabled", u.severity, u.threshold_share as "thresholdShare",
    u.recovery_share as "recoveryShare", u.recovery_units as "recoveryUnits", u.probability,
    u.age_minutes_max as "ageMinutesMax", u.count_min as "countMin", u.fire_after_minutes as "fireAfterMinutes",
    u.resolve_after_minutes as "resolveAfterMinutes", u.reopen_within_minutes as "reopenWithinMinutes",
    u.escalate_after_minutes as "escalateAfterMinutes", u.recorded_at as "recordedAt"`,
    from: ({ sql }) => sql`alert_rule u`,
    fields: {
      ruleId: column('u', 'rule_id', 'uuid'),
      kind: column('u', 'kind', 'text'),
      itemId: column('u', 'item_id', 'uuid', true),
      warehouseId: column('u', 'warehouse_id', 'uuid', true),
      category: column('u', 'category', 'text', true),
    },
    key: ['ruleId'],
  };

/** Rules as the domain puts them together, with the ids that alerts refer to. */
export interface LoadedAlertRules {
  /** The organization's rule of each kind; a kind without one is not watched. */
  readonly ruleIds: ReadonlyMap<AlertKind, string>;
  readonly rules: readonly ScopedAlertRule[];
}

/**
 * The rules that can matter to some goods and places. Reads `alert_rule`.
 *
 * @param itemIds - rules of other items are left out
 * @param warehouseIds - rules of other warehouses are left out
 */
export async function loadAlertRules(
  sql: Sql,
  itemIds: readonly string[],
  warehouseIds: readonly string[],
): Promise<LoadedAlertRules> {
  const rows = await sql<AlertRuleRow[]>`
    select ${alertRules.columns({ sql, now: new Date(0) })} from alert_rule u
    where (u.item_id is null or u.item_id = any (${[...new Set(itemIds)]}::text[]::uuid[]))
      and (u.warehouse_id is null or u.warehouse_id = any (${[...new Set(warehouseIds)]}::text[]::uuid[]))`;
  const isBase = (row: AlertRuleRow) =>
    row.itemId === null && row.warehouseId === null && row.category === null;
  return {
    ruleIds: new Map(rows.filter(isBase).map((row) => [row.kind, row.ruleId])),
    rules: rows.map(toScopedRule),
  };
}

const decimalSettings: ReadonlySet<AlertRuleSetting> = new Set([
  'thresholdShare',
  'recoveryShare',
  'recoveryUnits',
  'probability',
]);

/** A stored rule as the domain knows it. */
function toScopedRule(row: AlertRuleRow): ScopedAlertRule {
  const settings = Object.fromEntries(
    alertRuleSettings.map((name) => {
      const value = row[name];
      return [name, value !== null && decimalSettings.has(name) ? new Decimal(String(value)) : value];
    }),
  ) as unknown as ScopedAlertRule['settings'];
  const { kind, itemId, warehouseId, category } = row;
  return { kind, itemId, warehouseId, category, settings };
}

/** What a rule is for; all null = the whole organization. */
export interface AlertRuleScope {
  readonly itemId: string | null;
  readonly warehouseId: string | null;
  readonly category: string | null;
}

/** What changes about a rule: only what is named; null = not set here any more. Decimal text. */
export type AlertRuleChange = { readonly [Name in AlertRuleSetting]?: string | number | boolean | null };

const settingTypes: { readonly [Name in AlertRuleSetting]: readonly [string, string] } = {
  isEnabled: ['is_enabled', 'boolean'],
  severity: ['severity', 'text'],
  thresholdShare: ['threshold_share', 'numeric'],
  recoveryShare: ['recovery_share', 'numeric'],
  recoveryUnits: ['recovery_units', 'numeric'],
  probability: ['probability', 'numeric'],
  ageMinutesMax: ['age_minutes_max', 'integer'],
  countMin: ['count_min', 'integer'],
  fireAfterMinutes: ['fire_after_minutes', 'integer'],
  resolveAfterMinutes: ['resolve_after_minutes', 'integer'],
  reopenWithinMinutes: ['reopen_within_minutes', 'integer'],
  escalateAfterMinutes: ['escalate_after_minutes', 'integer'],
};

/**
 * Sets some settings of a rule; the others stay. Open alerts of the kind in its scope are due at once. Writes
 * `alert_rule`, `stock_alert`. Run twice: the same row.
 *
 * @param name - of a rule that is new; null = made from the kind
 * @returns the rule's id
 */
export async function saveAlertRule(
  sql: Sql,
  organizationId: OrganizationId,
  rule: { readonly kind: AlertKind; readonly name: string | null; readonly scope: AlertRuleScope },
  change: AlertRuleChange,
  at: Date,
): Promise<string> {
  const { itemId, warehouseId, category } = rule.scope;
  const given = Object.fromEntries(
    alertRuleSettings.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]])),
  );
  const columns = sql.unsafe(alertRuleSettings.map((name) => settingTypes[name][0]).join(', '));
  const values = sql.unsafe(
    alertRuleSettings.map((name) => `(g.given->>'${name}')::${settingTypes[name][1]}`).join(', '),
  );
  const kept = sql.unsafe(
    alertRuleSettings
      .map((name) => {
        const [column] = settingTypes[name];
        return name in given ? `${column} = excluded.${column}` : `${column} = u.${column}`;
      })
      .join(', '),
  );
  const rows = await sql<{ rule_id: string }[]>`
    insert into alert_rule as u (
      organization_id, rule_id, kind, name, item_id, warehouse_id, category, recorded_at, ${columns})
    select ${organizationId}::text::uuid, gen_random_uuid(), ${rule.kind}::text,
           coalesce(${rule.name}::text, initcap(replace(${rule.kind}::text, '_', ' '))),
           ${itemId}::text::uuid, ${warehouseId}::text::uuid, ${category}::text, ${at}::timestamptz, ${values}
    from (select ${JSON.stringify(given)}::text::json as given) g
    on conflict (organization_id, kind, item_id, warehouse_id, category) do update
    set ${kept}, name = coalesce(${rule.name}::text, u.name), recorded_at = excluded.recorded_at
    returning u.rule_id`;
  const row = rows[0];
  if (row === undefined) throw new Error('a rule was neither made nor changed');
  // In the order of their ids, like everybody who changes more than one alert.
  await sql`
    with locked as (
      select a.alert_id from stock_alert a
      where a.kind = ${rule.kind} and a.state <> 'RESOLVED'
        and (${itemId}::text::uuid is null or a.item_id = ${itemId}::text::uuid)
        and (${warehouseId}::text::uuid is null or a.warehouse_id = ${warehouseId}::text::uuid)
      order by a.alert_id for no key update
    )
    update stock_alert a set due_at = ${at} from locked where a.alert_id = locked.alert_id`;
  return row.rule_id;
}
