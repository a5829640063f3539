import type { ItemId, OrganizationId } from '../../shared/ids.ts';
import { type Collection, column, type QueryScope } from './collection.ts';
import { type Condition, compileCondition, everything } from './filter.ts';
import {
  type ReplenishmentSuggestionField,
  type ReplenishmentSuggestionRow,
  replenishmentSuggestions,
} from './suggestion.ts';
import type { SuggestionWrite } from './suggestion-save.ts';
import { suggestionJoins } from './suggestion-shape.ts';
import { type TransferSuggestionField, type TransferSuggestionRow, transferSuggestions } from './transfer.ts';
import type { TransferWrite } from './transfer-save.ts';

type LevelField = 'itemId' | 'warehouseId' | 'sku' | 'category' | 'warehouseCode';

/** Planned levels by what a filter of suggestions says of item and warehouse. */
const suggestedLevels: Collection<{ itemId: ItemId }, LevelField> = {
  name: 'suggestedLevels',
  columns: ({ sql }) => sql`p.item_id as "itemId"`,
  from: ({ sql }) => sql`level_plan p
    join item i on i.organization_id = p.organization_id and i.item_id = p.item_id
    join warehouse w on w.organization_id = p.organization_id and w.warehouse_id = p.warehouse_id`,
  fields: {
    itemId: column('p', 'item_id', 'uuid'),
    warehouseId: column('p', 'warehouse_id', 'uuid'),
    sku: column('i', 'sku', 'text'),
    category: column('i', 'category', 'text', true),
    warehouseCode: column('w', 'code', 'text'),
  },
  key: ['itemId', 'warehouseId'],
};

/**
 * Finds the items that a condition on suggestions may concern: by its tests of item and warehouse; what a scenario
 * itself decides (quantity, state, …) cannot be tested before. Reads `level_plan`, `item`, `warehouse`.
 *
 * @returns ids in order with all their levels counted; null when those are more than `levelsMax`
 */
export async function loadScenarioItems(
  scope: QueryScope,
  condition: Condition,
  levelsMax: number,
): Promise<ItemId[] | null> {
  const { sql } = scope;
  const rows = await sql<{ itemId: ItemId; levelCount: number }[]>`
    select p.item_id as "itemId", count(*)::int as "levelCount" from level_plan p
    where p.item_id in (
      select p.item_id from ${suggestedLevels.from(scope)}
      where ${compileCondition(suggestedLevels, toLevelCondition(condition), scope)}
    )
    group by p.item_id order by p.item_id limit ${levelsMax + 1}::int`;
  const levelCount = rows.reduce((sum, row) => sum + row.levelCount, 0);
  return levelCount > levelsMax ? null : rows.map(({ itemId }) => itemId);
}

/** The weakest condition on levels that every suggestion of the condition meets. */
function toLevelCondition(condition: Condition): Condition {
  if (condition.kind === 'test') return isOfLevel(condition) ? condition : everything;
  if (condition.kind === 'not') return isOfLevel(condition) ? condition : everything;
  return { ...condition, conditions: condition.conditions.map(toLevelCondition) };
}

function isOfLevel(condition: Condition): boolean {
  if (condition.kind === 'test') return condition.field in suggestedLevels.fields;
  if (condition.kind === 'not') return isOfLevel(condition.condition);
  return condition.conditions.every(isOfLevel);
}

/**
 * Computed purchases as a list that is filtered, sorted and read by page like the stored one.
 *
 * @param name - of the scenario: part of cursors and ids, so that one of another scenario is not taken for it
 * @param at - when they were computed
 */
export function replenishmentSuggestionsUnder(
  name: string,
  organizationId: OrganizationId,
  writes: readonly SuggestionWrite[],
  at: Date,
): Collection<ReplenishmentSuggestionRow, ReplenishmentSuggestionField> {
  const text = JSON.stringify(writes);
  return {
    ...replenishmentSuggestions,
    name: `replenishmentSuggestions under ${name}`,
    from: (scope) => scope.sql`(
        select ${organizationId}::text::uuid as organization_id,
          md5(${`${name} purchase `}::text || g."itemId" || g."warehouseId")::uuid as suggestion_id,
          g."itemId" as item_id, g."warehouseId" as warehouse_id, g.kind, g.state, g."supplierName" as supplier_name,
          g.quantity, g.need, g."isDue" as is_due, g."orderByOn" as order_by_on, g."overdueDays" as overdue_days,
          g."arrivesOn" as arrives_on, array(select json_array_elements_text(g.flags)) as flags,
          array(select json_array_elements_text(g."holdCauses")) as hold_causes,
          g."acceptedQuantity" as accepted_quantity, g.value, g.explanation, g.changes,
          nullif(g.previous::text, 'null')::json as previous, g."plannedOn" as planned_on,
          ${at}::timestamptz as computed_at, g."dataAsOf" as data_as_of,
          coalesce(b.opened_at, ${at}::timestamptz) as opened_at, null::text as decided_by,
          null::timestamptz as decided_at, null::text as decision_reason, null::numeric as decided_quantity,
          null::uuid as inbound_shipment_id, null::uuid as recorded_shipment_id
        from json_to_recordset(${text}::text::json) as g("suggestionId" uuid, "itemId" uuid, "warehouseId" uuid,
          kind text, state text, "supplierName" text, quantity numeric, need numeric, "isDue" boolean,
          "orderByOn" date, "overdueDays" integer, "arrivesOn" date, flags json, "holdCauses" json,
          "acceptedQuantity" numeric, value numeric, explanation json, changes json, previous json,
          "plannedOn" date, "dataAsOf" timestamptz)
        left join replenishment_suggestion b on b.suggestion_id = g."suggestionId"
      ) s ${suggestionJoins(scope, 'warehouse_id')}`,
  };
}

/** Computed transfers, as {@link replenishmentSuggestionsUnder} lists computed purchases. */
export function transferSuggestionsUnder(
  name: string,
  organizationId: OrganizationId,
  writes: readonly TransferWrite[],
  at: Date,
): Collection<TransferSuggestionRow, TransferSuggestionField> {
  const text = JSON.stringify(writes);
  return {
    ...transferSuggestions,
    name: `transferSuggestions under ${name}`,
    from: (scope) => scope.sql`(
        select ${organizationId}::text::uuid as organization_id,
          md5(${`${name} transfer `}::text || g."itemId" || g."fromWarehouseId" || g."toWarehouseId")::uuid
            as suggestion_id,
          g."itemId" as item_id, g."fromWarehouseId" as from_warehouse_id, g."toWarehouseId" as to_warehouse_id,
          'OPEN'::text as state, g.quantity, g."arrivesOn" as arrives_on, g."donorRiskBefore" as donor_risk_before,
          g."donorRiskAfter" as donor_risk_after, g."receiverRiskBefore" as receiver_risk_before,
          g."receiverRiskAfter" as receiver_risk_after, g."lostUnitsAvoided" as lost_units_avoided, g.cost, g.gain,
          array(select json_array_elements_text(g.flags)) as flags, g.explanation, g."plannedOn" as planned_on,
          ${at}::timestamptz as computed_at, g."dataAsOf" as data_as_of,
          coalesce(b.opened_at, ${at}::timestamptz) as opened_at, null::text as decided_by,
          null::timestamptz as decided_at, null::text as decision_reason, null::numeric as decided_quantity,
          null::uuid as inbound_shipment_id
        from json_to_recordset(${text}::text::json) as g("suggestionId" uuid, "itemId" uuid,
          "fromWarehouseId" uuid, "toWarehouseId" uuid, quantity numeric, "arrivesOn" date,
          "donorRiskBefore" float8, "donorRiskAfter" float8, "receiverRiskBefore" float8,
          "receiverRiskAfter" float8, "lostUnitsAvoided" numeric, cost numeric, gain numeric, flags json,
          explanation json, "plannedOn" date, "dataAsOf" timestamptz)
        left join transfer_suggestion b on b.suggestion_id = g."suggestionId"
      ) s ${suggestionJoins(scope, 'to_warehouse_id')}`,
  };
}
