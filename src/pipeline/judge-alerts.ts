import { randomUUID } from 'node:crypto';
import type { KnownAlert, StoredAlertFacts } from '../db/queries/alert-candidate.ts';
import type { AlertWrite } from '../db/queries/alert-step.ts';
import type { StockAlertEvent } from '../db/queries/event-append.ts';
import type { ThresholdOrigin } from '../db/tables/stock.ts';
import { type AlertFact, explainAlert } from '../domain/alert/alert-explanation.ts';
import { type AlertReading, decideAlert, mayContinue } from '../domain/alert/alert-life.ts';
import type { AlertKind, AlertRuleSettings } from '../domain/alert/alert-rule.ts';
import type { Decimal } from '../shared/decimal.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { brandId, type StockAlertId } from '../shared/ids.ts';

/** What an alert is about, what its rule read, and what it knew before. */
export interface JudgedSubject {
  readonly kind: AlertKind;
  readonly ruleId: string;
  readonly itemId: string | null;
  readonly warehouseId: string | null;
  readonly shopId: string | null;
  /** Null = there is no such alert, open or resolved lately. */
  readonly known: KnownAlert | null;
  readonly reading: AlertReading;
  readonly rule: AlertRuleSettings;
  /** Empty = cannot be told now; then what was told last stays. */
  readonly facts: readonly AlertFact[];
  readonly available: Decimal | null;
  readonly threshold: Decimal | null;
  readonly thresholdOrigin: ThresholdOrigin | null;
  /** Of the snapshot that was judged; null for sources. */
  readonly snapshotObservedAt: Date | null;
}

/** An alert as it shall be, and the event that says so; no event = only what it remembers or shows changes. */
export interface JudgedAlert {
  readonly write: AlertWrite;
  readonly event: StockAlertEvent | null;
}

/** Takes one step of an alert, or brings what it shows up to date. @returns null = nothing changes */
export function judgeAlert(given: JudgedSubject, at: Date): JudgedAlert | null {
  const { rule, reading } = given;
  // What ended too long ago for this rule stays as it is: what comes now is another alert.
  const known = given.known !== null && mayContinue(given.known.memory, rule, at) ? given.known : null;
  const subject = { ...given, known };
  const step = decideAlert(known?.memory ?? null, reading, rule, at);
  if (step === null) return refresh(subject, at);
  return toJudged(subject, step.next, step.reason, at);
}

/** An open alert whose figures moved without an event: the board's order must not grow old. */
function refresh(subject: JudgedSubject, at: Date): JudgedAlert | null {
  const { known, facts, reading } = subject;
  if (known === null || known.memory.state === 'RESOLVED' || facts.length === 0) return null;
  if (reading.kind !== 'RAISED' && reading.kind !== 'NEAR' && reading.kind !== 'CLEAR') return null;
  if (valuesOf(facts) === valuesOf(known.facts?.inputs ?? [])) return null;
  return toJudged(subject, known.memory, null, at);
}

function valuesOf(facts: readonly AlertFact[]): string {
  return facts.map(({ name, value }) => `${name}=${value}`).join(' ');
}

function toJudged(
  subject: JudgedSubject,
  next: AlertWrite['next'],
  reason: StockAlertEvent['reason'] | null,
  at: Date,
): JudgedAlert {
  const { kind, ruleId, itemId, warehouseId, shopId, known, thresholdOrigin } = subject;
  const facts = keepFacts(known?.facts ?? null, subject.facts, reason !== null);
  const urgency = measureUrgency(kind, facts.inputs, next.state === 'RESOLVED');
  const decimalText = (value: Decimal | null) => (value === null ? null : formatDecimal(value));
  const write: AlertWrite = {
    ...{ kind, ruleId, itemId, warehouseId, shopId, thresholdOrigin, next, urgency, facts },
    alertId: known?.alertId ?? brandId<StockAlertId>(randomUUID()),
    previousState: known?.memory.state ?? null,
    isEvent: reason !== null,
    available: decimalText(subject.available),
    threshold: decimalText(subject.threshold),
  };
  return { write, event: reason === null ? null : toEvent(subject, write, reason, at) };
}

function toEvent(
  subject: JudgedSubject,
  write: AlertWrite,
  reason: StockAlertEvent['reason'],
  at: Date,
): StockAlertEvent {
  const { alertId, itemId, warehouseId, shopId, previousState, next, threshold, thresholdOrigin } = write;
  return {
    ...{ alertId, itemId, warehouseId, shopId, previousState, threshold, thresholdOrigin, reason },
    topic: 'STOCK_ALERT',
    alertKind: write.kind,
    snapshotObservedAt: subject.snapshotObservedAt,
    state: next.state,
    severity: next.severity,
    urgency: write.urgency,
    facts: JSON.stringify({ inputs: write.facts.inputs, previous: write.facts.previous }),
    occurredAt: at,
  };
}

/** An event compares with the event before it; a refreshed figure still with the event before the last. */
function keepFacts(
  known: StoredAlertFacts | null,
  facts: readonly AlertFact[],
  isEvent: boolean,
): StoredAlertFacts {
  if (known === null) return { inputs: facts, previous: null };
  const atEvent = known.atEvent ?? known.inputs;
  const inputs = facts.length === 0 ? known.inputs : facts;
  if (isEvent) return { inputs, previous: atEvent };
  return { inputs, previous: known.previous, atEvent };
}

function measureUrgency(kind: AlertKind, facts: readonly AlertFact[], isOver: boolean): string {
  if (facts.length === 0) return '0';
  return explainAlert(kind, facts, isOver).steps.at(-1)?.value ?? '0';
}
