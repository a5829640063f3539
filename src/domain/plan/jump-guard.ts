import { AppError } from '../../shared/errors.ts';

/** What one run wished for an item in a warehouse. */
export interface PlanReading {
  /** Target level, units ≥ 0. */
  readonly target: number;
  /** Units that can be sold now; goods under way are judged by themselves. */
  readonly available: number;
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
  /** Units that are known to have come in since then: receipts, returns, transfers in. */
  readonly addedUnits: number;
  /** False when nobody records what goes out, as where people only count: stock can then not be compared. */
  readonly areIssuesKnown: boolean;
  /** True when every movement is on record, as from a warehouse system; false for a pool, which is refilled unseen. */
  readonly areMovementsKnown: boolean;
  /** Units under way that are on record twice: the same line of the same supplier on the same day, new since then. */
  readonly doubledUnits: number;
}

/** Why a suggestion is held. */
export type GuardCause =
  | 'TARGET_ROSE'
  | 'TARGET_FELL'
  | 'STOCK_VANISHED'
  | 'STOCK_APPEARED'
  | 'INBOUND_DOUBLED';

/** What the guard says. */
export interface GuardVerdict {
  readonly isHeld: boolean;
  readonly causes: readonly GuardCause[];
}

/** A target may rise or fall by this share of itself from run to run: in an ordinary run, measured, none does. */
const targetShare = 0.4;
/** Stock may differ from what the movements explain by this share of the target: count corrections do. */
const stockShare = 0.2;
/** A pool is refilled unseen, but not to more than so many times what was there or is wanted, … */
const refillFactor = 5;
/** … and not to so many times what was there, beyond twice what is wanted: that is another unit. */
const refillRatioMax = 300;
const refilledTargets = 2;
/** Small items jump by units, not by faults. */
const unitsMin = 4;
/** A shift is believed when so many runs in a row point the same way and the last two are within a half. */
const agreeingRuns = 3;
const agreement = 1 / 2;
/** But never one beyond this factor: units were changed, or counted in boxes. */
const believedFactorMax = 20;

/**
 * Whether a suggestion moves more than its history and uncertainty warrant.
 *
 * Two things are compared with the last accepted run: the target level, and the stock, of which known movements are
 * taken off first; and goods under way must not be on record twice. A real shift of demand passes when three runs in a
 * row agree on it; a factor above 20, or stock that nothing explains, never passes by itself: a person must accept it.
 * A pool may be refilled unseen within reason, since nobody reports that.
 *
 * @param inputs - see {@link GuardInputs}
 * @returns held with causes; the first reading of an item is accepted
 * @throws AppError `invalid_input` if a reading is not finite
 * @see faults it is meant for: a unit error, a lost warehouse, doubled orders; measured by
 *   `bench guard`
 * @example
 * // target 40 yesterday, 40,000 today
 * judgeJump({ ...inputs, accepted: { target: 40, available: 30 }, current: { target: 40_000, available: 30 } }) // held, TARGET_ROSE
 */
export function judgeJump(inputs: GuardInputs): GuardVerdict {
  const { current, accepted, held } = inputs;
  if (!Number.isFinite(current.target) || !Number.isFinite(current.available)) {
    throw new AppError(
      'invalid_input',
      `the guard cannot judge target ${current.target}, ${current.available} available`,
    );
  }
  if (accepted === null) return { isHeld: false, causes: [] };
  const causes: GuardCause[] = [];
  const allowed = Math.max(unitsMin, targetShare * accepted.target);
  if (current.target - accepted.target > allowed) causes.push('TARGET_ROSE');
  if (accepted.target - current.target > allowed) causes.push('TARGET_FELL');
  const isStockDoubtful = addStockCauses(inputs, accepted, causes);
  if (inputs.doubledUnits > unitsMin) causes.push('INBOUND_DOUBLED');
  const isHeld =
    causes.length > 0 &&
    (isStockDoubtful || inputs.doubledUnits > unitsMin || !isConfirmed(current, accepted, held));
  return { isHeld, causes };
}

function addStockCauses(inputs: GuardInputs, accepted: PlanReading, causes: GuardCause[]): boolean {
  if (!inputs.areIssuesKnown) return false;
  const explained = accepted.available - inputs.issuedUnits + inputs.addedUnits;
  const { available } = inputs.current;
  const unexplained = available - explained;
  const tolerated = Math.max(unitsMin, stockShare * accepted.target);
  if (Math.abs(unexplained) <= tolerated) return false;
  const isRefill =
    available <= refillFactor * Math.max(unitsMin, accepted.target, explained) &&
    (available < refillRatioMax * Math.max(1, explained) || available <= refilledTargets * accepted.target);
  if (unexplained > 0 && !inputs.areMovementsKnown && isRefill) return false;
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
  // A forecast climbs to a new level in steps: all must have moved the same way, and the last step must be a small one.
  const isRise = current.target > accepted.target;
  const isSameWay = recent.every(({ target }) => target > accepted.target === isRise);
  return isSameWay && near(recent.at(-1)!.target, current.target);
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
