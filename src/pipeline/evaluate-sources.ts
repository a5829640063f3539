import type { Sql } from '../db/connection.ts';
import { loadAlertRules } from '../db/queries/alert-rule.ts';
import { loadSources, type SourceCandidate } from '../db/queries/alert-source.ts';
import { saveAlertSteps } from '../db/queries/alert-step.ts';
import type { StockAlertEvent } from '../db/queries/event-append.ts';
import { collectSourceFacts } from '../domain/alert/alert-facts.ts';
import { isFiring } from '../domain/alert/alert-life.ts';
import { createRuleBook, type SourceAlertKind, sourceAlertKinds } from '../domain/alert/alert-rule.ts';
import { judgeSource } from '../domain/alert/source-reading.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { dayMs } from '../shared/time.ts';
import { type JudgedAlert, judgeAlert } from './judge-alerts.ts';
import { findKnown, type JudgingTools } from './judge-level.ts';

/** No reopen window is longer. */
const reopenMsMax = 30 * dayMs;
const nowhere = { itemId: null, warehouseId: null, category: null } as const;

/**
 * Brings the alerts about shops and feeds in line with how they are read: one row per source, however many levels
 * hang on it. In the alert stage's transaction. Reads `shop`, `sync_state`, `stock_level`; writes `stock_alert`. Run
 * twice: the second time nothing is due.
 *
 * @param isTimeMoving - false while business time is moved by hand: then nobody can be late
 * @returns one event per step really made
 */
export async function evaluateSources(
  sql: Sql,
  organizationId: OrganizationId,
  at: Date,
  isTimeMoving: boolean,
): Promise<StockAlertEvent[]> {
  const sources = await loadSources(sql, null, new Date(at.getTime() - reopenMsMax));
  if (sources.length === 0) return [];
  const loaded = await loadAlertRules(sql, [], []);
  const tools = { loaded, book: createRuleBook(loaded.rules), at };
  const judged = sources.flatMap((source) => judgeOne(source, tools, isTimeMoving));
  const written = await saveAlertSteps(
    sql,
    organizationId,
    judged.map(({ write }) => write),
    at,
  );
  return judged.flatMap(({ write, event }) => (event !== null && written.has(write.alertId) ? [event] : []));
}

function judgeOne(
  source: SourceCandidate,
  { loaded, book, at }: Omit<JudgingTools, 'sources'>,
  isTimeMoving: boolean,
): JudgedAlert[] {
  const states = new Map(
    source.alerts
      .filter(({ memory }) => memory.state !== 'RESOLVED')
      .map((one) => [one.kind, one.memory.state]),
  );
  const isFiringNow = (kind: SourceAlertKind) => isFiring(states.get(kind) ?? 'RESOLVED');
  return sourceAlertKinds.flatMap((kind) => {
    const ruleId = loaded.ruleIds.get(kind);
    if (ruleId === undefined || (kind === 'SOURCE_STALE' && !isTimeMoving)) return [];
    const rule = book.rule(kind, nowhere).settings;
    const isOtherFiring =
      (kind === 'SYNC_FAILED' && isFiringNow('SOURCE_STALE')) ||
      (kind === 'SOURCE_STALE' && isFiringNow('SYNC_FAILED'));
    const { ageMinutesMax } = book.rule('SOURCE_STALE', nowhere).settings;
    const reading = judgeSource(kind, source, rule, { ageMinutesMax, isOtherFiring }, at);
    const known = findKnown(source.alerts, kind);
    if (known === null && reading.kind !== 'RAISED') return [];
    const judged = judgeAlert(
      {
        ...{ kind, ruleId, known, reading, rule, shopId: source.shopId, itemId: null, warehouseId: null },
        facts: collectSourceFacts(kind, source, rule, at),
        available: null,
        threshold: null,
        thresholdOrigin: null,
        snapshotObservedAt: null,
      },
      at,
    );
    if (judged !== null) states.set(kind, judged.write.next.state);
    return judged === null ? [] : [judged];
  });
}
