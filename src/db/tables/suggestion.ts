import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
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
import { organization } from './access.ts';
import { item, warehouse } from './catalog.ts';
import { instant, organizationId, recordedAt, units, word } from './columns.ts';

/** What is suggested: goods to buy, or a quantity to offer in a channel's pool. */
export type SuggestionKind = 'PURCHASE' | 'LISTING';
/**
 * Where a suggestion stands. OPEN and HELD wait for a person; APPROVED is expected inbound; the others are over:
 * DISMISSED by a person, EXPIRED as no longer needed, RECORDED as the goods are on record, CANCELLED after approval.
 */
export type SuggestionState =
  | 'OPEN'
  | 'HELD'
  | 'APPROVED'
  | 'DISMISSED'
  | 'EXPIRED'
  | 'RECORDED'
  | 'CANCELLED';

/** Items whose suggestions are to be decided anew. Written together with their plans, consumed by the stage. */
export const suggestionDue = pgTable(
  'suggestion_due',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** What a suggestion shows; the same in the newest row and in each earlier version. */
const content = () => ({
  state: word<SuggestionState>('state').notNull(),
  /** Suggested; a person may have decided another quantity. 0 = no quantity satisfies all limits, see flags. */
  quantity: units('quantity').notNull(),
  /** Units wished before minimum, multiple and cap. */
  need: units('need').notNull(),
  isDue: boolean('is_due').notNull(),
  /** Latest day to order; null = not in sight. */
  orderByOn: date('order_by_on', { mode: 'string' }),
  /** Days that ordering is late already; 0 = in time. */
  overdueDays: integer('overdue_days').notNull(),
  /** Day on which the goods can be sold if ordered on the day of the plan; null for pools. */
  arrivesOn: date('arrives_on', { mode: 'string' }),
  flags: text('flags').array().notNull(),
  /** Why it is held for review; empty = it is not. */
  holdCauses: text('hold_causes').array().notNull(),
  /** What the last accepted run suggested, while it is held; null = nothing, or it is not held. */
  acceptedQuantity: units('accepted_quantity'),
  /** At cost, at price where the cost is unknown; null = neither is known. */
  value: units('value'),
  /** Inputs and steps from which the quantity recomputes. */
  explanation: json('explanation').notNull(),
  /** Cause and delta against the suggestion of the day before; empty when there was none. */
  changes: json('changes').notNull(),
  plannedOn: date('planned_on', { mode: 'string' }).notNull(),
  computedAt: instant('computed_at').notNull(),
  dataAsOf: instant('data_as_of').notNull(),
});

/** A suggested purchase, or listing quantity. At most one is open per item and warehouse. */
export const replenishmentSuggestion = pgTable(
  'replenishment_suggestion',
  {
    organizationId: organizationId(),
    suggestionId: uuid('suggestion_id').notNull(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    kind: word<SuggestionKind>('kind').notNull(),
    supplierName: text('supplier_name'),
    ...content(),
    /** The suggestion as it stood at the end of the day before: explanation and facts, for the change since. */
    previous: json('previous'),
    /** Facts with which it was made, so that the next day can tell what changed. */
    inputs: json('inputs').notNull(),
    openedAt: instant('opened_at').notNull(),
    /** Who decided, when and why; null until then. */
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
    decidedQuantity: units('decided_quantity'),
    /** Of a dismissed one: nothing is suggested here before this day unless the need grows by a quarter. */
    silentUntilOn: date('silent_until_on', { mode: 'string' }),
    /** The expected inbound that its approval made. */
    inboundShipmentId: uuid('inbound_shipment_id'),
    /** What was recorded in its place by a shop or feed. */
    recordedShipmentId: uuid('recorded_shipment_id'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.suggestionId] }),
    uniqueIndex('replenishment_suggestion_open')
      .on(table.organizationId, table.itemId, table.warehouseId)
      .where(sql`state in ('OPEN', 'HELD')`),
    index('replenishment_suggestion_level').on(
      table.organizationId,
      table.itemId,
      table.warehouseId,
      table.computedAt,
    ),
    index('replenishment_suggestion_order_by')
      .on(table.organizationId, table.orderByOn, table.suggestionId)
      .where(sql`state in ('OPEN', 'HELD')`),
    index('replenishment_suggestion_supplier').on(table.organizationId, table.supplierName, table.state),
    index('replenishment_suggestion_approved')
      .on(table.organizationId, table.itemId, table.warehouseId)
      .where(sql`state = 'APPROVED'`),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
    foreignKey({
      columns: [table.organizationId, table.warehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
  ],
);

/** Each content that a suggestion had, as it was known then. Append-only. */
export const replenishmentVersion = pgTable(
  'replenishment_version',
  {
    organizationId: organizationId(),
    suggestionId: uuid('suggestion_id').notNull(),
    /** Business time from which on it was so. */
    recordedAt: recordedAt(),
    ...content(),
    decidedBy: text('decided_by'),
    decidedQuantity: units('decided_quantity'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.suggestionId, table.recordedAt] }),
    foreignKey({
      columns: [table.organizationId, table.suggestionId],
      foreignColumns: [replenishmentSuggestion.organizationId, replenishmentSuggestion.suggestionId],
    }),
  ],
);

/** What the guard compares a level with: the reading last accepted, and those held since. */
export const guardReading = pgTable(
  'guard_reading',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    acceptedOn: date('accepted_on', { mode: 'string' }).notNull(),
    acceptedAt: instant('accepted_at').notNull(),
    acceptedTarget: units('accepted_target').notNull(),
    acceptedAvailable: units('accepted_available').notNull(),
    /** Demand of that day that was known then, so that it is not taken off twice. */
    acceptedDemand: units('accepted_demand').notNull(),
    /** Readings of later days that were held, oldest first; null = none. */
    held: json('held'),
    heldCauses: text('held_causes').array(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId] }),
    index('guard_reading_held').on(table.organizationId).where(sql`held is not null`),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** Where suggestions stand in an organization. */
export const suggestionProgress = pgTable(
  'suggestion_progress',
  {
    organizationId: organizationId(),
    /** True: too many levels jumped at once, so the last accepted suggestions stay current. */
    isHeld: boolean('is_held').notNull(),
    heldCount: integer('held_count').notNull(),
    judgedCount: integer('judged_count').notNull(),
    /** Since when; null = it is not. */
    heldSinceAt: instant('held_since_at'),
    releasedAt: instant('released_at'),
    releasedBy: text('released_by'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
