import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { instant, organizationId, recordedAt, word } from './columns.ts';

/** Where a backtest stands. */
export type PolicyBacktestState = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';

/** One replay of stored history under a policy: what was asked, how far it is, and what came out. */
export const policyBacktest = pgTable(
  'policy_backtest',
  {
    organizationId: organizationId(),
    backtestId: uuid('backtest_id').notNull(),
    /** Hash of what was asked: the same question while one is under way is the same backtest. */
    fingerprint: text('fingerprint').notNull(),
    input: json('input').notNull(),
    state: word<PolicyBacktestState>('state').notNull(),
    /** Levels replayed, and to be replayed. */
    doneLevels: integer('done_levels').notNull(),
    totalLevels: integer('total_levels').notNull(),
    /** Sums so far while it runs, the result when it is done. */
    result: json('result'),
    /** The last level that was replayed: where to go on after a restart. */
    resumeAfter: text('resume_after'),
    errorCode: text('error_code'),
    requestedBy: text('requested_by'),
    /** Business time. */
    queuedAt: instant('queued_at').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.backtestId] }),
    index('policy_backtest_open')
      .on(table.organizationId, table.queuedAt)
      .where(sql`state in ('QUEUED', 'RUNNING')`),
    index('policy_backtest_recent').on(
      table.organizationId,
      table.queuedAt.desc().nullsFirst(),
      table.backtestId,
    ),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
