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

/** What a stake is measured in. UNITS = neither price nor cost of the item is known. */
export type StakeMeasure = 'MONEY' | 'UNITS';

/** What is at stake until the next decision. */
export interface Stake {
  /** ≥ 0, in the measure beside it. */
  readonly amount: number;
  readonly measure: StakeMeasure;
}

/**
 * What is at stake if nothing is done before the next decision.
 *
 * @param tier - see {@link classifyUrgency}
 * @param input.expectedLostUnits - within the protection period
 * @param input.unitMargin - price less cost; null = unknown, then the price
 * @param input.unitPrice - null = unknown, then units are counted as they are
 * @param input.excessUnits - units beyond need
 * @param input.unitCost - what a unit is worth on the shelf; null = unknown, then units are counted as they are
 * @returns expected lost margin, or a day's cost of holding the excess; units of either where nothing is known of money
 * @see 25 % a year as cost of holding stock: common planning figure
 * @example computeStake('OUT', { expectedLostUnits: 4, unitMargin: 5, unitPrice: 12, excessUnits: 0, unitCost: 7 }).amount // 20
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
): Stake {
  const isExcess = tier === 'EXCESS';
  const worth = isExcess ? input.unitCost : (input.unitMargin ?? input.unitPrice);
  const units = isExcess ? (input.excessUnits * holdingCostShare) / 365 : input.expectedLostUnits;
  return {
    amount: Math.max(0, units) * Math.max(0, worth ?? 1),
    measure: worth === null ? 'UNITS' : 'MONEY',
  };
}

const holdingCostShare = 0.25;

/** A place in the list of what to do, but for the id that makes it unique. */
export interface UrgencyPlace {
  readonly tier: UrgencyTier;
  /** See {@link computeStake}. */
  readonly stake: Stake;
  /** Day of running out or of ordering, 0 = today; null = none. */
  readonly day: number | null;
}

/** A place in the list of what to do. */
export interface UrgencyRank extends UrgencyPlace {
  /** Unique: makes the order total, so that a cursor is stable. */
  readonly id: string;
}

/**
 * Compares two ranks for sorting, most urgent first: by place of the tier, stake, date, id. Units say nothing against
 * money, so within a tier stakes in money come first, then those in units, then those where nothing is at stake.
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
    measureOf(one.stake) - measureOf(other.stake) ||
    other.stake.amount - one.stake.amount ||
    (one.day ?? Number.MAX_SAFE_INTEGER) - (other.day ?? Number.MAX_SAFE_INTEGER) ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}

/** 0 = money, 1 = units, 2 = nothing at stake. */
function measureOf({ amount, measure }: Stake): number {
  return amount > 0 ? (measure === 'MONEY' ? 0 : 1) : 2;
}

/** Lowest and highest share of a band that stakes in money, in units, and of nothing fill. */
const measureShares: readonly (readonly [number, number])[] = [
  [0.4, 1],
  [0.1, 0.4],
  [0, 0.1],
];

/** Half of what stakes can fill is filled at a stake of this many yuan or units. */
export const stakeHalf = 1_000;
/** Days further away than this are one; what a day moves is far less than the smallest coin. */
const daysMax = 400;
const dayShare = 1e-12;
/** Nothing at stake, however soon, stays below the smallest stake. */
export const soonnessShareMax = 0.99;

/**
 * One number for people who want one: 0 to 100, in the order of the list.
 *
 * It rests on nothing but the place itself. A measure taken from the organization's other stakes would move with them,
 * and scores of levels planned at different times could not be compared.
 *
 * @param place - tier decides the band; stake, then date the place within it
 * @returns 0 to 100; a higher score never stands below a lower one in the list (to the cent, up to three million)
 * @see saturating curve stake / (stake + 1000), so that every stake counts and none leaves its band
 * @example computeUrgencyScore({ tier: 'OUT', stake: { amount: 0, measure: 'MONEY' }, day: null }) // 50
 */
export function computeUrgencyScore(place: UrgencyPlace): number {
  const { low, high, from, to, soonness } = urgencyBand(place);
  const { amount } = place.stake;
  const filled =
    amount > 0 ? amount / (amount + stakeHalf) + soonness * dayShare : soonness * soonnessShareMax;
  return low + (high - low) * (from + (to - from) * Math.min(1, filled));
}

/** Where in 0 to 100 a place in the list lies: band of its tier, the part of it for its measure, and how soon it is. */
export interface UrgencyBand {
  readonly low: number;
  readonly high: number;
  /** Shares of the band. */
  readonly from: number;
  readonly to: number;
  /** 1 = today, 0 = no day. */
  readonly soonness: number;
}

/**
 * The part of the scale that a place in the list falls into.
 *
 * @param place - see {@link UrgencyPlace}
 * @returns see {@link UrgencyBand}
 * @see {@link computeUrgencyScore}
 * @example urgencyBand({ tier: 'OUT', stake: { amount: 9, measure: 'MONEY' }, day: 0 }).low // 50
 */
export function urgencyBand({ tier, stake, day }: UrgencyPlace): UrgencyBand {
  const [low, high] = bands[places[tier]]!;
  const [from, to] = measureShares[measureOf(stake)]!;
  const soonness = day === null ? 0 : 1 - Math.min(Math.max(0, day), daysMax - 1) / daysMax;
  return { low, high, from, to, soonness };
}

/** The tier shown, with what it waits for. */
export interface SteadyTier {
  readonly shown: UrgencyTier;
  /** Consecutive evaluations that were better than the tier shown. */
  readonly betterCount: number;
}

/**
 * Keeps tiers from fluttering: worse at once, better only after two consecutive evaluations. A source that can be
 * believed again is left at once: its own alert was steady already, and nothing else may evaluate the level for long.
 *
 * @param before - null = first evaluation
 * @param now - tier of this evaluation
 * @returns what to show now
 * @see hysteresis in the direction that costs nothing: warning too long is cheaper than too short
 * @example steadyTier({ shown: 'OUT', betterCount: 0 }, 'OK') // { shown: 'OUT', betterCount: 1 }
 */
export function steadyTier(before: SteadyTier | null, now: UrgencyTier): SteadyTier {
  if (before === null || before.shown === 'SOURCE') return { shown: now, betterCount: 0 };
  if (rankOf(now) <= rankOf(before.shown)) return { shown: now, betterCount: 0 };
  if (before.betterCount + 1 >= 2) return { shown: now, betterCount: 0 };
  return { shown: before.shown, betterCount: before.betterCount + 1 };
}

const order = Object.keys(places) as readonly UrgencyTier[];

function rankOf(tier: UrgencyTier): number {
  return order.indexOf(tier);
}
