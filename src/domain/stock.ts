import { Decimal } from '../shared/decimal.ts';

/** What lies in one place, in the item's unit. Null = the source does not report it, which is not zero. */
export interface Quantities {
  /** What can still be promised; may be negative when more was promised than there is. */
  readonly available: Decimal;
  readonly onHand: Decimal | null;
  readonly reserved: Decimal | null;
  readonly damaged: Decimal | null;
  readonly incoming: Decimal | null;
}

/**
 * Why a reading is not believed at once.
 * - `PAGE_OF_ZEROS`: everything on the page stands at zero
 * - `MANY_AT_ZERO`: too many levels fell to zero at once
 * - `ABOVE_MAXIMUM`: far above anything seen in 90 days
 */
export type SuspectReason = 'PAGE_OF_ZEROS' | 'MANY_AT_ZERO' | 'ABOVE_MAXIMUM';

/** A level as it stands, as far as judging a reading needs it. */
export interface KnownLevel {
  readonly quantities: Quantities;
  /** Version: when the believed quantities were true at the source. */
  readonly observedAt: Date;
  /** The reading that is not believed yet; null when there is none. */
  readonly suspect: { readonly available: Decimal; readonly since: Date } | null;
}

/** What becomes of a reading. */
export type ReadingVerdict =
  /** Not newer than what is known: ignored. */
  | 'OLDER'
  /** The source confirms what is known. */
  | 'SAME'
  /** New quantities, believed. */
  | 'CHANGED'
  /** Implausible: kept beside the level, which stays as it is. */
  | 'SUSPECT'
  /** The implausible value was read again, but nothing explains it yet. */
  | 'STILL_SUSPECT';

/**
 * A page with fewer readings than this can be all zeros in an ordinary shop: a re-read of a product or two that
 * just sold out must not be doubted.
 */
const zeroPageReadingsMin = 3;
/** From the requirements: more than 20 levels at once at zero, or 20 times the 90-day maximum. */
const zeroedAtOnceMax = 20;
/** See {@link zeroedAtOnceMax}. */
const jumpFactor = 20;
/** How much of a change orders or arrivals must cover: the rest may be sales elsewhere or orders read a little late. */
const explainedShareMin = 0.8;
/** Sales go on between two readings, so a re-read agrees when it is this close. */
const agreementShare = 0.1;

/** Whether all quantities are equal as numbers; `5` equals `5.0`, unreported equals unreported only. */
function areSameQuantities(one: Quantities, other: Quantities): boolean {
  return (
    one.available.eq(other.available) &&
    isSame(one.onHand, other.onHand) &&
    isSame(one.reserved, other.reserved) &&
    isSame(one.damaged, other.damaged) &&
    isSame(one.incoming, other.incoming)
  );
}

function isSame(one: Decimal | null, other: Decimal | null): boolean {
  return one === null || other === null ? one === other : one.eq(other);
}

/**
 * What becomes of a reading of a level.
 *
 * An implausible value is believed only after a second reading agrees with it and orders or arrivals explain it,
 * or an operator accepts it; until then it neither fires nor resolves anything. A plausible value is believed at
 * once, also after an implausible one.
 *
 * @param known - the level as it stands; null = never seen, then any reading is believed
 * @param reading - quantities and when they were true at the source
 * @param suspicion - what {@link findSuspicions} says of this reading; null = plausible
 * @param isExplained - what {@link isChangeExplained} says of it
 * @returns one verdict; the same reading judged again after it was stored gives `SAME` or `OLDER`
 * @example
 * // 40 on the shelf, then a whole page of zeros: 'SUSPECT'; zero again without orders: 'STILL_SUSPECT';
 * // zero again after orders for 38: 'CHANGED'
 */
export function judgeReading(
  known: KnownLevel | null,
  reading: { readonly quantities: Quantities; readonly observedAt: Date },
  suspicion: SuspectReason | null,
  isExplained: boolean,
): ReadingVerdict {
  if (known === null) return 'CHANGED';
  const isSameValue = areSameQuantities(known.quantities, reading.quantities);
  if (known.suspect === null) {
    if (reading.observedAt < known.observedAt) return 'OLDER';
    if (isSameValue) return 'SAME';
    if (reading.observedAt.getTime() === known.observedAt.getTime()) return 'OLDER';
    return suspicion === null ? 'CHANGED' : 'SUSPECT';
  }
  if (reading.observedAt <= known.suspect.since || reading.observedAt <= known.observedAt) return 'OLDER';
  if (agreesWithSuspect(known.suspect.available, reading.quantities.available)) {
    return isExplained ? 'CHANGED' : 'STILL_SUSPECT';
  }
  return suspicion === null ? 'CHANGED' : 'SUSPECT';
}

/**
 * Whether a second reading says the same as an implausible first one: nothing left for a doubted zero, else within
 * a tenth (sales go on between two readings).
 *
 * @example agreesWithSuspect(new Decimal(5000), new Decimal(4900)) // true
 */
export function agreesWithSuspect(suspect: Decimal, reading: Decimal): boolean {
  if (suspect.lte(0)) return reading.lte(0);
  return reading.minus(suspect).abs().lte(suspect.times(agreementShare));
}

/** One reading among those that came together, as {@link findSuspicions} needs it. */
export interface ComparedReading {
  readonly available: Decimal;
  /** The believed quantity before; null = never seen. */
  readonly availableBefore: Decimal | null;
  /** Greatest believed quantity of the last 90 days; null = not looked up, since the reading cannot exceed 20 times it. */
  readonly maximum: Decimal | null;
}

/**
 * Whether a page shows nothing but zeros: such pages are what a source answers that has lost its stock data.
 *
 * @param quantities - available units of the page's readings
 * @example isPageOfZeros([new Decimal(0), new Decimal(0)]) // false: too few to say
 */
export function isPageOfZeros(quantities: readonly Decimal[]): boolean {
  return quantities.length >= zeroPageReadingsMin && quantities.every((quantity) => quantity.lte(0));
}

/**
 * Finds the readings of one page that are implausible together or alone.
 *
 * @param readings - all readings of the page
 * @param zeroedBefore - how many levels fell to zero earlier in the same pass, >= 0
 * @param isAllZero - {@link isPageOfZeros} of the whole page, where these are a part of it; absent = of these
 * @returns one entry per reading, in the same order; null = plausible
 * @example
 * // a page of three, each 5 before and 0 now: all three 'PAGE_OF_ZEROS'
 */
export function findSuspicions(
  readings: readonly ComparedReading[],
  zeroedBefore: number,
  isAllZero = isPageOfZeros(readings.map(({ available }) => available)),
): (SuspectReason | null)[] {
  const isZeroed = readings.map((one) => fellToZero(one));
  const zeroedCount = isZeroed.filter(Boolean).length;
  const areTooMany = zeroedCount > 0 && zeroedBefore + zeroedCount > zeroedAtOnceMax;
  return readings.map((one, index) => {
    if (isZeroed[index] === true) {
      if (isAllZero) return 'PAGE_OF_ZEROS';
      if (areTooMany) return 'MANY_AT_ZERO';
    }
    return isAboveMaximum(one) ? 'ABOVE_MAXIMUM' : null;
  });
}

/** Whether a level had something before and has nothing now. */
export function fellToZero(reading: Pick<ComparedReading, 'available' | 'availableBefore'>): boolean {
  return reading.available.lte(0) && reading.availableBefore?.gt(0) === true;
}

/** Without any stock in 90 days there is no maximum to compare with: a first restock is believed. */
function isAboveMaximum(reading: ComparedReading): boolean {
  return reading.maximum?.gt(0) === true && reading.available.gt(reading.maximum.times(jumpFactor));
}

/**
 * Whether a change can only be implausible if its 90-day maximum is looked up: the maximum is at least the
 * quantity before, so a reading within 20 times that needs no look-up.
 */
export function needsMaximum(reading: Pick<ComparedReading, 'available' | 'availableBefore'>): boolean {
  return (
    reading.availableBefore !== null &&
    reading.available.gt(Decimal.max(reading.availableBefore, 0).times(jumpFactor))
  );
}

/**
 * Whether what is known to have happened since the last believed value covers an implausible change.
 *
 * @param before - last believed quantity, units
 * @param now - the implausible quantity, units
 * @param happened.leftUnits - ordered by customers or shipped since then, units, >= 0
 * @param happened.arrivedUnits - received since then, or lying in the warehouses behind a pool, units, >= 0
 * @returns true when at least four fifths of the change are covered in the right direction
 * @example isChangeExplained(new Decimal(40), new Decimal(0), { leftUnits: new Decimal(38), arrivedUnits: new Decimal(0) }) // true
 */
export function isChangeExplained(
  before: Decimal,
  now: Decimal,
  happened: { readonly leftUnits: Decimal; readonly arrivedUnits: Decimal },
): boolean {
  const change = now.minus(before);
  const cover = change.isNegative() ? happened.leftUnits : happened.arrivedUnits;
  return cover.gte(change.abs().times(explainedShareMin));
}

/**
 * The platform's words for offers that customers can no longer buy, lower case. Any other word means that the offer is
 * for sale: what it shows counts in the pool, and its pool is watched.
 */
export const goneStatuses: readonly string[] = [
  'member expired',
  'auto expired',
  'expired',
  'member deleted',
  'deleted',
  'auditing',
  'untread',
];
