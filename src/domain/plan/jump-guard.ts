import { AppError } from '../../shared/errors.ts';

/** What one run wished for an item in a warehouse. */
interface PlanReading {
  /** Target level, units ≥ 0. */
  readonly target: number;
  /** Available plus inbound due, units. */
  readonly position: number;
}

/** What the guard looks at. */
export interface GuardInputs {
  readonly current: PlanReading;
  /** Newest reading that was accepted; null = none yet. */
  readonly accepted: PlanReading | null;
  /** Readings of the runs since then that were held, oldest first. */
  readonly held: readonly PlanReading[];
  /** Units that are known to have moved since the accepted reading: sales and other issues out. */
  readonly issuedUnits: number;
  /** Units received or newly ordered since then. */
  readonly addedUnits: number;
}

/** Why a suggestion is held. */
type GuardCause = 'TARGET_ROSE' | 'TARGET_FELL' | 'STOCK_VANISHED' | 'STOCK_APPEARED';

/** What the guard says. */
export interface GuardVerdict {
  readonly isHeld: boolean;
  readonly causes: readonly GuardCause[];
}

/** A target may rise or fall by half of itself from run to run: forecasts of real shifts move less in a day. */
const targetShare = 0.5;
/** Stock may differ from what the movements explain by this share of the target: count corrections do. */
const stockShare = 0.3;
/** Small items jump by units, not by faults. */
const unitsMin = 5;
/** A shift is believed when so many runs in a row agree, within a third of each other. */
const agreeingRuns = 3;
const agreement = 1 / 3;
/** But never one beyond this factor: units were changed, or counted in boxes. */
const believedFactorMax = 20;

/**
 * Whether a suggestion moves more than its history and uncertainty warrant.
 *
 * Two things are compared with the last accepted run: the target level, and the stock, of which known movements are
 * taken off first. A real shift of demand passes when three runs in a row agree; a factor above 20, or stock that
 * nothing explains, never passes by itself: a person must accept it.
 *
 * @param inputs - see {@link GuardInputs}
 * @returns held with causes; the first reading of an item is accepted
 * @throws AppError `invalid_input` if a reading is not finite
 * @see faults it is meant for: a unit error, a lost warehouse, doubled orders; measured in its test
 * @example
 * // target 40 yesterday, 40,000 today
 * judgeJump({ ...inputs, accepted: { target: 40, position: 30 }, current: { target: 40_000, position: 30 } }) // held, TARGET_ROSE
 */
export function judgeJump(inputs: GuardInputs): GuardVerdict {
  const { current, accepted, held } = inputs;
  if (!Number.isFinite(current.target) || !Number.isFinite(current.position)) {
    throw new AppError(
      'invalid_input',
      `the guard cannot judge target ${current.target}, ${current.position}`,
    );
  }
  if (accepted === null) return { isHeld: false, causes: [] };
  const causes: GuardCause[] = [];
  const allowed = Math.max(unitsMin, targetShare * accepted.target);
  if (current.target - accepted.target > allowed) causes.push('TARGET_ROSE');
  if (accepted.target - current.target > allowed) causes.push('TARGET_FELL');
  const isStockDoubtful = addStockCauses(inputs, accepted, causes);
  const isHeld = causes.length > 0 && (isStockDoubtful || !isConfirmed(current, accepted, held));
  return { isHeld, causes };
}

function addStockCauses(inputs: GuardInputs, accepted: PlanReading, causes: GuardCause[]): boolean {
  const explained = accepted.position - inputs.issuedUnits + inputs.addedUnits;
  const unexplained = inputs.current.position - explained;
  const tolerated = Math.max(unitsMin, stockShare * accepted.target);
  if (Math.abs(unexplained) <= tolerated) return false;
  causes.push(unexplained < 0 ? 'STOCK_VANISHED' : 'STOCK_APPEARED');
  return true;
}

function isConfirmed(current: PlanReading, accepted: PlanReading, held: readonly PlanReading[]): boolean {
  const recent = held.slice(-(agreeingRuns - 1));
  if (recent.length < agreeingRuns - 1) return false;
  const factor = (current.target + 1) / (accepted.target + 1);
  if (factor > believedFactorMax || factor < 1 / believedFactorMax) return false;
  const near = (one: number, other: number): boolean =>
    Math.abs(one - other) <= Math.max(unitsMin, agreement * Math.max(Math.abs(one), Math.abs(other)));
  return recent.every(({ target }) => near(target, current.target));
}

/** Share of held rows above which a whole run is held, and the fewest rows that can hold it. */
const batchShareMax = 0.1;
const batchRowsMin = 20;

/**
 * Whether so many suggestions of a run jump that the run itself is in doubt: the last accepted plan stays current.
 *
 * @param heldCount - rows held by {@link judgeJump}
 * @param rowCount - rows judged
 * @returns true when more than 10 % and at least 20 rows are held
 * @see {@link judgeJump}
 * @example isBatchHeld(150, 1000) // true
 */
export function isBatchHeld(heldCount: number, rowCount: number): boolean {
  return heldCount >= batchRowsMin && heldCount > batchShareMax * rowCount;
}
