import { Decimal } from '../../shared/decimal.ts';
import { type AlertTransition, computeUrgency, hasRecovered, type OpenAlert } from './alert-state.ts';

/** A level as the rules see it that rest on its plan. */
export interface PlannedReading {
  readonly kind: 'REORDER_DUE' | 'STOCK_OUT_PREDICTED';
  /** Available plus inbound due within the protection period, units. */
  readonly position: Decimal;
  /** Units; null = no forecast. */
  readonly reorderPoint: Decimal | null;
  /** Probability of running out within the protection period; null = no forecast. */
  readonly stockOutProbability: number | null;
  /** False for a pool whose item also lies in warehouses, and for goods no longer for sale. */
  readonly isWatched: boolean;
  /** True while the newest reading is implausible: nothing fires or resolves then. */
  readonly isSuspect: boolean;
  readonly isRuleEnabled: boolean;
}

/** A stock-out more likely than not is predicted … */
const predictedFrom = 0.5;
/** … until it is clearly less likely, so that a level around the bound does not flap. */
const predictedUntil = 0.4;
/** Nearly certain. */
const predictedCritical = 0.9;

/**
 * The transition function of the alerts that rest on a plan.
 *
 * REORDER_DUE opens at `position <= reorder point` (of more than 0 units) and ends above 1.1 times it and at least one
 * unit above; CRITICAL when nothing is left and nothing is due. STOCK_OUT_PREDICTED opens at a probability of 0.5 and
 * ends below 0.4; CRITICAL from 0.9. Both end when the level is no longer watched, the rule is off or there is no
 * forecast. A person's acknowledgement or snooze outlasts an escalation.
 *
 * @param open - the open alert; null = none
 * @param reading - the level as planned
 * @returns the one transition that is due, or null; after it was applied, the same reading gives null
 * @see `decideLowStock`, whose hysteresis it shares
 * @example
 * // reorder point 20: a position of 20 opens; 22 keeps it (not above 22); 23 resolves
 */
export function decidePlanAlert(open: OpenAlert | null, reading: PlannedReading): AlertTransition | null {
  if (reading.isSuspect) return null;
  const judged = reading.kind === 'REORDER_DUE' ? judgeReorder(reading) : judgeRisk(reading);
  const isOff = !reading.isWatched || !reading.isRuleEnabled;
  const severity = judged.isCritical ? 'CRITICAL' : 'WARNING';
  if (open === null) {
    if (isOff || !judged.isRaised) return null;
    return { reason: 'OPENED', state: 'FIRING', severity, urgency: judged.urgency };
  }
  if (isOff || judged.isOver) {
    const worst = open.severity === 'CRITICAL' ? 'CRITICAL' : 'WARNING';
    return { reason: 'RESOLVED', state: 'RESOLVED', severity: worst, urgency: new Decimal(0) };
  }
  if (judged.isCritical && open.severity !== 'CRITICAL') {
    return { reason: 'ESCALATED', state: open.state, severity, urgency: judged.urgency };
  }
  return null;
}

interface Judgement {
  readonly isRaised: boolean;
  readonly isOver: boolean;
  readonly isCritical: boolean;
  readonly urgency: Decimal;
}

const nothingKnown: Judgement = {
  isRaised: false,
  isOver: true,
  isCritical: false,
  urgency: new Decimal(0),
};

function judgeReorder({ position, reorderPoint }: PlannedReading): Judgement {
  if (reorderPoint === null || reorderPoint.lte(0)) return nothingKnown;
  return {
    isRaised: position.lte(reorderPoint),
    isOver: hasRecovered(position, reorderPoint),
    isCritical: position.lte(0),
    urgency: computeUrgency(position, reorderPoint),
  };
}

function judgeRisk({ stockOutProbability: probability }: PlannedReading): Judgement {
  if (probability === null) return nothingKnown;
  return {
    isRaised: probability >= predictedFrom,
    isOver: probability < predictedUntil,
    isCritical: probability >= predictedCritical,
    urgency: new Decimal(probability).times(100).toDecimalPlaces(2),
  };
}
