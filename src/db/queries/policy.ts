import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';
import type { LevelKey } from './ingest-level.ts';

/** Settings of planning for one scope. Decimal text; null = not set here, the next wider scope decides. */
export interface StockPolicyRow {
  policyId: string;
  itemId: string | null;
  warehouseId: string | null;
  category: string | null;
  supplierName: string | null;
  safetyStock: string | null;
  leadTimeDays: string | null;
  reviewPeriodDays: string | null;
  serviceLevel: string | null;
  minOrderQuantity: string | null;
  orderMultiple: string | null;
  orderCap: string | null;
  minOrderValue: string | null;
  coverDaysMax: string | null;
  recordedAt: Date;
}

/** The settings of a policy. */
export const policySettings = [
  'safetyStock',
  'leadTimeDays',
  'reviewPeriodDays',
  'serviceLevel',
  'minOrderQuantity',
  'orderMultiple',
  'orderCap',
  'minOrderValue',
  'coverDaysMax',
] as const;

/** One setting of a policy. */
export type PolicySetting = (typeof policySettings)[number];

/** All policies of the organization. */
export const stockPolicies: Collection<StockPolicyRow, 'policyId' | 'itemId' | 'warehouseId' | 'category'> = {
  name: 'stockPolicies',
  columns: ({ sql }) => sql`
    y.policy_id as "policyId", y.item_id as "itemId", y.warehouse_id as "warehouseId", y.category,
    y.supplier_name as "supplierName", y.safety_stock as "safetyStock", y.lead_time_days as "leadTimeDays",
    y.review_period_days as "reviewPeriodDays", y.service_level as "serviceLevel",
    y.min_order_quantity as "minOrderQuantity", y.order_multiple as "orderMultiple", y.order_cap as "orderCap",
    y.min_order_value as "minOrderValue", y.cover_days_max as "coverDaysMax",
    y.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`stock_policy y`,
  fields: {
    policyId: column('y', 'policy_id', 'uuid'),
    itemId: column('y', 'item_id', 'uuid', true),
    warehouseId: column('y', 'warehouse_id', 'uuid', true),
    category: column('y', 'category', 'text', true),
  },
  key: ['policyId'],
};

/** Which goods and places a policy is for; all null = the whole organization. */
export interface PolicyScope {
  readonly itemId: ItemId | null;
  readonly warehouseId: WarehouseId | null;
  readonly category: string | null;
  readonly supplierName: string | null;
}

/**
 * Sets some settings of one scope; the others stay. Writes `stock_policy`. Run twice: the same row.
 *
 * @param settings - only what shall change; null = no longer set here
 * @returns the policy's id
 */
export async function savePolicy(
  sql: Sql,
  organizationId: OrganizationId,
  scope: PolicyScope,
  settings: Partial<Record<PolicySetting, string | null>>,
  at: Date,
): Promise<string> {
  const given = (name: PolicySetting) => sql`${settings[name] ?? null}::text::numeric`;
  const merged = (name: PolicySetting, old: string) =>
    settings[name] === undefined ? sql`${sql(`y.${old}`)}` : given(name);
  const rows = await sql<{ policyId: string }[]>`
    insert into stock_policy as y (
      organization_id, policy_id, item_id, warehouse_id, category, supplier_name, safety_stock, lead_time_days,
      review_period_days, service_level, min_order_quantity, order_multiple, order_cap, min_order_value,
      cover_days_max, recorded_at)
    values (${organizationId}, gen_random_uuid(), ${scope.itemId}, ${scope.warehouseId}, ${scope.category},
            ${scope.supplierName}, ${given('safetyStock')}, ${given('leadTimeDays')}, ${given('reviewPeriodDays')},
            ${given('serviceLevel')}, ${given('minOrderQuantity')}, ${given('orderMultiple')}, ${given('orderCap')},
            ${given('minOrderValue')}, ${given('coverDaysMax')},
            ${at})
    on conflict (organization_id, item_id, warehouse_id, category, supplier_name) do update
    set safety_stock = ${merged('safetyStock', 'safety_stock')},
        lead_time_days = ${merged('leadTimeDays', 'lead_time_days')},
        review_period_days = ${merged('reviewPeriodDays', 'review_period_days')},
        service_level = ${merged('serviceLevel', 'service_level')},
        min_order_quantity = ${merged('minOrderQuantity', 'min_order_quantity')},
        order_multiple = ${merged('orderMultiple', 'order_multiple')},
        order_cap = ${merged('orderCap', 'order_cap')},
        min_order_value = ${merged('minOrderValue', 'min_order_value')},
        cover_days_max = ${merged('coverDaysMax', 'cover_days_max')}, recorded_at = excluded.recorded_at
    returning y.policy_id as "policyId"`;
  const row = rows[0];
  if (row === undefined) throw new Error('a policy was neither made nor changed');
  return row.policyId;
}

/** The levels that a policy's scope covers. Reads `stock_level` and `item`. */
export async function loadPolicyLevels(sql: Sql, scope: PolicyScope): Promise<LevelKey[]> {
  return await sql<LevelKey[]>`
    select l.item_id as "itemId", l.warehouse_id as "warehouseId"
    from stock_level l join item i on i.organization_id = l.organization_id and i.item_id = l.item_id
    where (${scope.itemId}::text::uuid is null or l.item_id = ${scope.itemId}::text::uuid)
      and (${scope.warehouseId}::text::uuid is null or l.warehouse_id = ${scope.warehouseId}::text::uuid)
      and (${scope.category}::text is null or i.category = ${scope.category}::text)
      and (${scope.supplierName}::text is null or i.supplier_name = ${scope.supplierName}::text)
    order by 1, 2`;
}

/** Whether an item and a warehouse exist; null counts as existing. Reads `item`, `warehouse`. */
export async function findPolicyTargets(
  sql: Sql,
  { itemId, warehouseId }: PolicyScope,
): Promise<{ isItem: boolean; isWarehouse: boolean }> {
  const rows = await sql<{ isItem: boolean; isWarehouse: boolean }[]>`
    select
      (${itemId}::text::uuid is null or exists (select from item where item_id = ${itemId}::text::uuid)) as "isItem",
      (${warehouseId}::text::uuid is null
        or exists (select from warehouse where warehouse_id = ${warehouseId}::text::uuid)) as "isWarehouse"`;
  return rows[0] ?? { isItem: false, isWarehouse: false };
}
