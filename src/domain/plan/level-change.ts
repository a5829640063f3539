import { Decimal } from '../../shared/decimal.ts';
import { type ChangeCause, changeCauses } from './explanation.ts';
import type { AttributedCause } from './explanation-change.ts';
import { type ExplainedSpan, explainLevel, type LevelValue, type PlannedState } from './level-explanation.ts';
import type { LevelFacts } from './level-facts.ts';

/** Why a planned value differs from what it was. */
export interface LevelChange {
  /** The value then; null = it had none. */
  readonly previousValue: Decimal | null;
  /** In the fixed order of causes; empty when nothing changed, and when there was no value then. */
  readonly causes: readonly AttributedCause[];
}

/**
 * Says why a planned value differs from an earlier plan's, in five parts that add up exactly.
 *
 * The value is computed again and again while the facts are brought up to date group by group: DEMAND (the forecast,
 * what was sold, and the days that passed), STOCK, INCOMING, LEAD_TIME, SETTINGS. What each step moves is charged to
 * its group, so the parts add up to the whole whatever the formula is. Where groups interact the order decides, and it
 * never changes. A shipment keeps its calendar day while days pass.
 *
 * @param previous - facts and forecast of the earlier plan
 * @param current - those of the present one
 * @param value - which value
 * @param span - the same horizon or window then and now
 * @returns see {@link LevelChange}
 * @throws AppError `invalid_input` if a fact is out of bounds
 * @see `attributeChange`, the same for an explanation whose steps stay the same
 * @example
 * // nothing but the service level went up: all of the change is charged to SETTINGS
 */
export function attributeLevelChange(
  previous: PlannedState,
  current: PlannedState,
  value: LevelValue,
  span: ExplainedSpan,
): LevelChange {
  const previousValue = resultOf(previous, value, span);
  if (previousValue === null || resultOf(current, value, span) === null) return { previousValue, causes: [] };
  const causes: AttributedCause[] = [];
  let facts = previous.facts;
  let before = previousValue;
  for (const cause of changeCauses) {
    facts = updateFacts(facts, current.facts, cause);
    const after = resultOf({ facts, forecast: current.forecast }, value, span) ?? before;
    const delta = after.minus(before);
    if (!delta.isZero()) causes.push({ cause, delta });
    before = after;
  }
  return { previousValue, causes };
}

/** The facts with one group of them as it is now. */
function updateFacts(facts: LevelFacts, now: LevelFacts, cause: ChangeCause): LevelFacts {
  switch (cause) {
    case 'DEMAND': {
      const passed = now.plannedDay - facts.plannedDay;
      const shipments = facts.shipments.map((one) => ({ ...one, dueDay: one.dueDay - passed }));
      const { plannedDay, dataAsOf, history } = now;
      return { ...facts, plannedDay, dataAsOf, history, shipments };
    }
    case 'STOCK':
      return {
        ...{ ...facts, available: now.available, onHand: now.onHand, stockObservedAt: now.stockObservedAt },
      };
    case 'INCOMING':
      return { ...facts, shipments: now.shipments };
    case 'LEAD_TIME':
      return { ...facts, leadTime: now.leadTime };
    case 'SETTINGS':
      return now;
  }
}

function resultOf(state: PlannedState, value: LevelValue, span: ExplainedSpan): Decimal | null {
  const last = explainLevel(state, value, span)?.steps.at(-1);
  if (last !== undefined) return new Decimal(last.value);
  // Owed goods are out of stock for sure, which needs no steps.
  const isOwed = state.forecast.stored !== null && Number(state.facts.available) < 0;
  return value === 'STOCK_OUT_PROBABILITY' && isOwed ? new Decimal(1) : null;
}
