import { sql } from 'drizzle-orm';
import {
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { item, warehouse } from './catalog.ts';
import { instant, organizationId, recordedAt, units, word } from './columns.ts';

/** Where a transfer suggestion stands; as for replenishment, but the guard's doubts keep a level out altogether. */
export type TransferState = 'OPEN' | 'APPROVED' | 'DISMISSED' | 'EXPIRED' | 'RECORDED' | 'CANCELLED';

/** A way to move goods between two physical warehouses. No row = not allowed. */
export const transferLane = pgTable(
  'transfer_lane',
  {
    organizationId: organizationId(),
    fromWarehouseId: uuid('from_warehouse_id').notNull(),
    toWarehouseId: uuid('to_warehouse_id').notNull(),
    /** Money per unit and per trip, ≥ 0. */
    unitCost: units('unit_cost').notNull(),
    fixedCost: units('fixed_cost').notNull(),
    /** Least units of one item worth sending, and the multiple they are sent in. */
    unitsMin: units('units_min').notNull(),
    packUnits: units('pack_units').notNull(),
    /** Whole days until the goods can be sold there, ≥ 0. */
    transferDays: integer('transfer_days').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.fromWarehouseId, table.toWarehouseId] }),
    foreignKey({
      columns: [table.organizationId, table.fromWarehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
    foreignKey({
      columns: [table.organizationId, table.toWarehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
  ],
);

const content = () => ({
  state: word<TransferState>('state').notNull(),
  quantity: units('quantity').notNull(),
  arrivesOn: date('arrives_on', { mode: 'string' }).notNull(),
  /** Stock-out probabilities over the own protection period, with the item's whole plan carried out. */
  donorRiskBefore: doublePrecision('donor_risk_before').notNull(),
  donorRiskAfter: doublePrecision('donor_risk_after').notNull(),
  receiverRiskBefore: doublePrecision('receiver_risk_before').notNull(),
  receiverRiskAfter: doublePrecision('receiver_risk_after').notNull(),
  lostUnitsAvoided: units('lost_units_avoided').notNull(),
  /** Money: transport, and what the move gains after it. */
  cost: units('cost').notNull(),
  gain: units('gain').notNull(),
  flags: text('flags').array().notNull(),
  explanation: json('explanation').notNull(),
  plannedOn: date('planned_on', { mode: 'string' }).notNull(),
  computedAt: instant('computed_at').notNull(),
  dataAsOf: instant('data_as_of').notNull(),
  decidedBy: text('decided_by'),
  decidedQuantity: units('decided_quantity'),
});

/** A suggested move of goods. At most one is open per item and lane. */
export const transferSuggestion = pgTable(
  'transfer_suggestion',
  {
    organizationId: organizationId(),
    suggestionId: uuid('suggestion_id').notNull(),
    itemId: uuid('item_id').notNull(),
    fromWarehouseId: uuid('from_warehouse_id').notNull(),
    toWarehouseId: uuid('to_warehouse_id').notNull(),
    ...content(),
    openedAt: instant('opened_at').notNull(),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    /** Of a dismissed one: nothing is moved on this lane before this day. */
    silentUntilOn: date('silent_until_on', { mode: 'string' }),
    /** The expected inbound at the receiver that its approval made. */
    inboundShipmentId: uuid('inbound_shipment_id'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.suggestionId] }),
    uniqueIndex('transfer_suggestion_open')
      .on(table.organizationId, table.itemId, table.fromWarehouseId, table.toWarehouseId)
      .where(sql`state = 'OPEN'`),
    index('transfer_suggestion_item').on(table.organizationId, table.itemId, table.state),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
    foreignKey({
      columns: [table.organizationId, table.fromWarehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
    foreignKey({
      columns: [table.organizationId, table.toWarehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
  ],
);

/** Each content that a transfer suggestion had, as it was known then. Append-only. */
export const transferVersion = pgTable(
  'transfer_version',
  {
    organizationId: organizationId(),
    suggestionId: uuid('suggestion_id').notNull(),
    /** Business time from which on it was so. */
    recordedAt: recordedAt(),
    ...content(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.suggestionId, table.recordedAt] }),
    foreignKey({
      columns: [table.organizationId, table.suggestionId],
      foreignColumns: [transferSuggestion.organizationId, transferSuggestion.suggestionId],
    }),
  ],
);
