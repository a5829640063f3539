import { boolean, doublePrecision, pgTable } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * Coordination table with one row: business time = anchor + (database time − anchored at) × speed.
 * Real operation has speed 1 and an anchor equal to real time.
 */
export const businessClock = pgTable('business_clock', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  anchorAt: instant('anchor_at').notNull(),
  anchoredAt: instant('anchored_at').notNull(),
  speed: doublePrecision('speed').notNull(),
  /** Business time when the sandbox was last seen running: after a restart it goes on from here. */
  lastSeenAt: instant('last_seen_at').notNull(),
});
