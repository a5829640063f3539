/** What should happen to an item in a warehouse, most urgent kind first. */
export type UrgencyTier =
  | 'SOURCE'
  | 'OUT'
  | 'WILL_RUN_OUT'
  | 'ORDER_NOW'
  | 'ORDER_SOON'
  | 'RECORD'
  | 'EXCESS'
  | 'OK';

/** What a person is advised to do. */
export type UrgencyAction =
  | 'CHECK_SOURCE'
  | 'EXPEDITE_OR_TRANSFER'
  | 'EXPEDITE_AND_ORDER'
  | 'ORDER'
  | 'PREPARE_ORDER'
  | 'COUNT_OR_CHASE'
  | 'MOVE_OUT_OR_STOP_BUYING'
  | 'NONE';

/** What the tier of an item in a warehouse rests on. */
export interface UrgencyFacts {
  /** True when the source of its data is stale, suspect or cut off. */
  readonly isSourceDown: boolean;
  readonly available: number;
  /** Expected demand a day, units. */
  readonly meanPerDay: number;
  /** True when goods arrive today. */
  readonly arrivesToday: boolean;
  /** Middle day of running out; null = not in sight. */
  readonly stockOutDay: number | null;
  /** Day of the next arrival after today, 1 = today; null = none. */
  readonly nextArrivalDay: number | null;
  readonly leadTimeDays: number;
  /** Latest day to order, 1 = today; null = not in sight. */
  readonly orderByDay: number | null;
  /** Days between two chances to order. */
  readonly reviewDays: number;
  /** Negative stock, suspected phantom stock or overdue inbound. */
  readonly hasRecordProblem: boolean;
  readonly hasExcess: boolean;
}

/**
 * Sorts an item in a warehouse into its tier; the first that applies.
 *
 * @param facts - see {@link UrgencyFacts}
 * @returns SOURCE above all, since nothing else can be believed then
 * @see stock-out days are compared with the lead time, not with fixed limits: seven days are plenty for a supplier
 *   around the corner and too late for one overseas
 * @example
 * // empty in the middle case on day 5, supplier takes 10 days, nothing coming
 * classifyUrgency({ ...facts, stockOutDay: 5, leadTimeDays: 10, nextArrivalDay: null }) // 'WILL_RUN_OUT'
 */
export function classifyUrgency(facts: UrgencyFacts): UrgencyTier {
  if (facts.isSourceDown) return 'SOURCE';
  if (facts.available <= 0 && facts.meanPerDay > 0 && !facts.arrivesToday) return 'OUT';
  const { stockOutDay, nextArrivalDay, orderByDay } = facts;
  if (stockOutDay !== null && stockOutDay <= facts.leadTimeDays) {
    if (nextArrivalDay === null || stockOutDay < nextArrivalDay) return 'WILL_RUN_OUT';
  }
  if (orderByDay !== null && orderByDay <= 1) return 'ORDER_NOW';
  if (orderByDay !== null && orderByDay <= 1 + Math.max(1, facts.reviewDays)) return 'ORDER_SOON';
  if (facts.hasRecordProblem) return 'RECORD';
  return facts.hasExcess ? 'EXCESS' : 'OK';
}

/**
 * What to do about a tier.
 *
 * @param tier - see {@link classifyUrgency}
 * @returns one action for each tier
 * @see {@link UrgencyTier}
 * @example actionOf('ORDER_NOW') // 'ORDER'
 */
export function actionOf(tier: UrgencyTier): UrgencyAction {
  return actions[tier];
}

const actions: Readonly<Record<UrgencyTier, UrgencyAction>> = {
  SOURCE: 'CHECK_SOURCE',
  OUT: 'EXPEDITE_OR_TRANSFER',
  WILL_RUN_OUT: 'EXPEDITE_AND_ORDER',
  ORDER_NOW: 'ORDER',
  ORDER_SOON: 'PREPARE_ORDER',
  RECORD: 'COUNT_OR_CHASE',
  EXCESS: 'MOVE_OUT_OR_STOP_BUYING',
  OK: 'NONE',
};

/**
 * Place of a tier in the list. OUT, WILL_RUN_OUT and ORDER_NOW share one place: among them money decides, so that a
 * trivial item out of stock does not outrank a best-seller about to run out.
 */
const places: Readonly<Record<UrgencyTier, number>> = {
  SOURCE: 0,
  OUT: 1,
  WILL_RUN_OUT: 1,
  ORDER_NOW: 1,
  ORDER_SOON: 2,
  RECORD: 3,
  EXCESS: 4,
  OK: 5,
};

/** Lowest and highest score of each place, so that the score's order equals the list's. */
const bands: readonly (readonly [number, number])[] = [
  [95, 100],
  [50, 95],
  [30, 50],
  [20, 30],
  [10, 20],
  [0, 10],
];

/**
 * Money at stake if nothing is done before the next decision.
 *
 * @param tier - see {@link classifyUrgency}
 * @param input.expectedLostUnits - within the protection period
 * @param input.unitMargin - price less cost; null = unknown, then the price
 * @param input.unitPrice - null = unknown, then units are counted as they are
 * @param input.excessUnits - units beyond need
 * @param input.unitCost - null = unknown, then 0 is at stake
 * @returns money (or units without any price), ≥ 0: expected lost margin, or a day's cost of holding the excess
 * @see 25 % a year as cost of holding stock: common planning figure
 * @example computeStake('OUT', { expectedLostUnits: 4, unitMargin: 5, unitPrice: 12, excessUnits: 0, unitCost: 7 }) // 20
 */
export function computeStake(
  tier: UrgencyTier,
  input: {
    readonly expectedLostUnits: number;
    readonly unitMargin: number | null;
    readonly unitPrice: number | null;
    readonly excessUnits: number;
    readonly unitCost: number | null;
  },
): number {
  if (tier === 'EXCESS')
    return (Math.max(0, input.excessUnits) * Math.max(0, input.unitCost ?? 0) * 0.25) / 365;
  const worth = input.unitMargin ?? input.unitPrice ?? 1;
  return Math.max(0, input.expectedLostUnits) * Math.max(0, worth);
}

/** A place in the list of what to do. */
export interface UrgencyRank {
  readonly tier: UrgencyTier;
  /** See {@link computeStake}. */
  readonly stake: number;
  /** Day of running out or of ordering; null = none. */
  readonly day: number | null;
  /** Unique: makes the order total, so that a cursor is stable. */
  readonly id: string;
}

/**
 * Compares two ranks for sorting, most urgent first: by place of the tier, money, date, id.
 *
 * @returns negative when `one` comes first; 0 only for the same id
 * @see {@link UrgencyRank}
 * @example
 * // an item out of stock worth 3 comes after a best-seller about to run out worth 900
 * [outOfStockWorth3, runningOutWorth900].sort(compareUrgency)[0] // runningOutWorth900
 */
export function compareUrgency(one: UrgencyRank, other: UrgencyRank): number {
  return (
    places[one.tier] - places[other.tier] ||
    other.stake - one.stake ||
    (one.day ?? Number.MAX_SAFE_INTEGER) - (other.day ?? Number.MAX_SAFE_INTEGER) ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}

/**
 * One number for people who want one: 0 to 100, in the order of the list.
 *
 * @param tier - decides the band
 * @param stake - decides the place within the band
 * @param referenceStake - 90th percentile of the organization's stakes that day, > 0; else the middle of the band
 * @returns a higher score never stands below a lower one in the list
 * @see saturating curve 1 − e^(−stake/reference)
 * @example computeUrgencyScore('OUT', 0, 100) // 50
 */
export function computeUrgencyScore(tier: UrgencyTier, stake: number, referenceStake: number): number {
  const [low, high] = bands[places[tier]]!;
  if (!(referenceStake > 0)) return (low + high) / 2;
  return low + (high - low) * (1 - Math.exp(-stake / referenceStake));
}

/** The tier shown, with what it waits for. */
export interface SteadyTier {
  readonly shown: UrgencyTier;
  /** Consecutive evaluations that were better than the tier shown. */
  readonly betterCount: number;
}

/**
 * Keeps tiers from fluttering: worse at once, better only after two consecutive evaluations.
 *
 * @param before - null = first evaluation
 * @param now - tier of this evaluation
 * @returns what to show now
 * @see hysteresis in the direction that costs nothing: warning too long is cheaper than too short
 * @example steadyTier({ shown: 'OUT', betterCount: 0 }, 'OK') // { shown: 'OUT', betterCount: 1 }
 */
export function steadyTier(before: SteadyTier | null, now: UrgencyTier): SteadyTier {
  if (before === null || rankOf(now) <= rankOf(before.shown)) return { shown: now, betterCount: 0 };
  if (before.betterCount + 1 >= 2) return { shown: now, betterCount: 0 };
  return { shown: before.shown, betterCount: before.betterCount + 1 };
}

const order = Object.keys(places) as readonly UrgencyTier[];

function rankOf(tier: UrgencyTier): number {
  return order.indexOf(tier);
}
