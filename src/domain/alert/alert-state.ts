import { Decimal } from '../../shared/decimal.ts';
import { assertNever } from '../../shared/errors.ts';

/** States of an alert that is not over. */
export type OpenAlertState = 'PENDING' | 'FIRING' | 'ACKNOWLEDGED' | 'SNOOZED';
/** How bad it is. Low stock is a WARNING, CRITICAL once nothing is left. */
type LowStockSeverity = 'WARNING' | 'CRITICAL';

/** The open alert of a rule, item and warehouse. */
export interface OpenAlert {
  readonly state: OpenAlertState;
  readonly severity: 'INFO' | LowStockSeverity;
}

/** A level as the low-stock rule sees it. */
export interface LowStockReading {
  /** Believed quantity, units. */
  readonly available: Decimal;
  /** Units at or below which the level is low; null = not computed yet. */
  readonly threshold: Decimal | null;
  /** False for a pool whose item also lies in warehouses, and for goods no longer for sale. */
  readonly isWatched: boolean;
  /** True while the newest reading is implausible: nothing fires or resolves then. */
  readonly isSuspect: boolean;
  readonly isRuleEnabled: boolean;
}

/** What changes about an alert. `urgency` orders the board, higher is sooner. */
export interface AlertTransition {
  readonly reason: 'OPENED' | 'ESCALATED' | 'RESOLVED';
  readonly state: OpenAlertState | 'RESOLVED';
  readonly severity: LowStockSeverity;
  readonly urgency: Decimal;
}

/** An alert ends above this multiple of its threshold, so that a level around the threshold does not flap. */
export const resolveFactor = new Decimal('1.1');
/** … and at least this many units above it: 1.1 times a small threshold is less than a unit. */
export const resolveUnitsMin = new Decimal(1);

/** Urgency stays in a range that fits a board: ten times the threshold missing is as urgent as it gets. */
const urgencyMax = new Decimal(1000);

/**
 * The transition function of low-stock alerts.
 *
 * Opens at `available <= threshold`; resolves above 1.1 times the threshold and at least one unit above it, when
 * the level is no longer watched, or when the rule is off. Becomes CRITICAL when nothing is left and stays so until
 * it resolves. An acknowledged or snoozed alert keeps its state when it gets worse.
 *
 * @param open - the open alert; null = none
 * @param reading - the level now
 * @returns the one transition that is due, or null; after it was applied, the same reading gives null
 * @example
 * // threshold 10: 10 opens; 11 keeps it (not above 11); 12 resolves
 */
export function decideLowStock(open: OpenAlert | null, reading: LowStockReading): AlertTransition | null {
  if (reading.isSuspect) return null;
  const isOver = !reading.isWatched || !reading.isRuleEnabled || reading.threshold === null;
  if (open === null) {
    if (isOver || reading.threshold === null || reading.available.gt(reading.threshold)) return null;
    return { reason: 'OPENED', state: 'FIRING', ...severityOf(reading.available, reading.threshold) };
  }
  switch (open.state) {
    case 'PENDING':
    case 'FIRING':
    case 'ACKNOWLEDGED':
    case 'SNOOZED': {
      const threshold = reading.threshold ?? new Decimal(0);
      if (isOver || hasRecovered(reading.available, threshold)) {
        return { reason: 'RESOLVED', state: 'RESOLVED', severity: worstOf(open), urgency: new Decimal(0) };
      }
      const worse = severityOf(reading.available, threshold);
      if (worse.severity === 'CRITICAL' && open.severity !== 'CRITICAL') {
        return { reason: 'ESCALATED', state: open.state, ...worse };
      }
      return null;
    }
    default:
      return assertNever(open.state);
  }
}

/**
 * Whether a level stands far enough above its threshold to end an alert.
 *
 * @example hasRecovered(new Decimal(11), new Decimal(10)) // false: 11 is not above 11
 */
export function hasRecovered(available: Decimal, threshold: Decimal): boolean {
  return available.gt(threshold.times(resolveFactor)) && available.gte(threshold.plus(resolveUnitsMin));
}

/**
 * Share of the threshold that is missing, in percent: 0 at the threshold, 100 when nothing is left, more when more
 * was promised than there is; at most 1000.
 *
 * @returns rounded to two places
 * @example computeUrgency(new Decimal(4), new Decimal(10)).toString() // '60'
 */
export function computeUrgency(available: Decimal, threshold: Decimal): Decimal {
  const base = Decimal.max(threshold, 1);
  const missing = Decimal.max(base.minus(available).div(base).times(100), 0);
  return Decimal.min(missing, urgencyMax).toDecimalPlaces(2);
}

function severityOf(
  available: Decimal,
  threshold: Decimal,
): { severity: LowStockSeverity; urgency: Decimal } {
  return {
    severity: available.lte(0) ? 'CRITICAL' : 'WARNING',
    urgency: computeUrgency(available, threshold),
  };
}

function worstOf(open: OpenAlert): LowStockSeverity {
  return open.severity === 'CRITICAL' ? 'CRITICAL' : 'WARNING';
}
