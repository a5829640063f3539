import {
  date,
  doublePrecision,
  foreignKey,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { instant, organizationId, recordedAt } from './columns.ts';

/** The service level that would have cost least, by class; found by replaying the policy on the past. */
export const economicServiceLevel = pgTable(
  'economic_service_level',
  {
    organizationId: organizationId(),
    abcClass: text('abc_class').notNull(),
    /** Empty = not known. */
    xyzClass: text('xyz_class').notNull(),
    /** Null = the class had no demand to judge by. */
    serviceLevel: doublePrecision('service_level'),
    /** Levels of the stock whose past was replayed. */
    caseCount: integer('case_count').notNull(),
    /** What each level tried would have cost, with its fill rate. */
    outcomes: json('outcomes').notNull(),
    evaluatedOn: date('evaluated_on', { mode: 'string' }).notNull(),
    computedAt: instant('computed_at').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.abcClass, table.xyzClass] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
