import { Decimal } from '../../shared/decimal.ts';
import { type Explanation, startExplanation } from './explanation.ts';
import { agedInboundOf, type LevelFacts, type PlanForecast, toPolicyInputs } from './level-facts.ts';
import { type ReplenishmentInputs, suggestReplenishment } from './replenishment.ts';

/** One warehouse of an item, with all that its suggestion rests on. */
export interface DecisionSite {
  readonly warehouseId: string;
  readonly kind: 'PHYSICAL' | 'MARKETPLACE_POOL';
  readonly facts: LevelFacts;
  readonly forecast: PlanForecast;
  readonly limits: ReplenishmentInputs['limits'];
  /** What was not usable in the settings behind the limits. */
  readonly limitFlags: readonly string[];
}

/** What is suggested for an item in a warehouse; days are numbers of business days. */
export interface SiteSuggestion {
  readonly warehouseId: string;
  readonly kind: 'PURCHASE' | 'LISTING';
  /** To order, or to list in all. 0 with a need above 0: no quantity satisfies the limits, see flags. */
  readonly quantity: Decimal;
  /** Units wished before limits; of a listing how far it is off, always above 0. */
  readonly need: Decimal;
  readonly isDue: boolean;
  readonly orderByDay: number | null;
  readonly overdueDays: number;
  readonly arrivalDay: number | null;
  readonly flags: readonly string[];
  readonly explanation: Explanation;
}

/** A listing that is off by less than this share of the stock, or fewer units, is left alone: sales are on their way. */
const listingShare = 0.05;
const listingUnitsMin = 2;

/**
 * What to do for an item, all its warehouses seen together: purchases for physical warehouses; where there are none,
 * for the pool. Where physical stock exists a pool gets a listing quantity and never a purchase, or goods would be
 * bought twice.
 *
 * @param sites - every warehouse of the item
 * @returns one suggestion for each site that needs something, in the order of the sites; none without a forecast
 * @throws AppError `invalid_input` if a fact or limit is out of bounds
 * @see `suggestReplenishment`
 * @example decideItem([{ ...north, available: 3 }, pool]).map(({ kind }) => kind) // ['PURCHASE', 'LISTING']
 */
export function decideItem(sites: readonly DecisionSite[]): SiteSuggestion[] {
  const physical = sites.filter(({ kind }) => kind === 'PHYSICAL');
  return sites.flatMap((site) => {
    const isListing = site.kind === 'MARKETPLACE_POOL' && physical.length > 0;
    const suggestion = isListing ? suggestListing(site, physical) : suggestPurchase(site);
    return suggestion === null || suggestion.need.lte(0) ? [] : [suggestion];
  });
}

/**
 * The purchase of one warehouse, whether it is needed or not.
 *
 * @param site - see {@link DecisionSite}
 * @returns null without a forecast; need and quantity 0 when nothing is missing
 * @throws AppError as `suggestReplenishment`
 * @see `suggestReplenishment`
 * @example suggestPurchase(site)?.quantity // 12
 */
export function suggestPurchase(site: DecisionSite): SiteSuggestion | null {
  const { facts } = site;
  const policy = toPolicyInputs(facts, site.forecast);
  if (policy === null) return null;
  const suggestion = suggestReplenishment({
    policy,
    available: new Decimal(facts.available),
    arrivals: agedInboundOf(facts).arrivals,
    limits: site.limits,
    stockObservedAt: facts.stockObservedAt,
  });
  const { orderByDay, overdueDays } = suggestion.orderBy;
  const isDefaulted = facts.leadTime.origin === 'DEFAULT';
  return {
    ...{ warehouseId: site.warehouseId, kind: 'PURCHASE', explanation: suggestion.explanation, overdueDays },
    ...{ quantity: suggestion.quantity, need: suggestion.need, isDue: suggestion.isDue },
    orderByDay: orderByDay === null ? null : facts.plannedDay + orderByDay - 1,
    arrivalDay: facts.plannedDay + suggestion.arrivalDay - 1,
    flags: [...suggestion.flags, ...site.limitFlags, ...(isDefaulted ? ['LEAD_TIME_DEFAULTED'] : [])],
  };
}

/**
 * Whether a pool shows so much more or less than the warehouses hold that somebody should act.
 *
 * @param listed - units that the pool shows
 * @param physical - units available in all physical warehouses
 * @returns true beyond 5 % of the stock and beyond 2 units
 * @see own rule: smaller differences are orders on their way from one system to the other
 * @example isListingOff(43, 40) // true
 */
export function isListingOff(listed: number, physical: number): boolean {
  const wished = Math.max(0, physical);
  return Math.abs(wished - listed) > Math.max(listingUnitsMin, listingShare * wished);
}

/** The pool should show what the warehouses can promise, not more (overselling) and not less (lost sales). */
function suggestListing(pool: DecisionSite, physical: readonly DecisionSite[]): SiteSuggestion {
  const builder = startExplanation();
  builder.input('listed', pool.facts.available, 'units', 'STOCK', 'stock_level', pool.facts.stockObservedAt);
  const names = physical.map(({ facts, warehouseId }) =>
    builder.input(
      `available_${warehouseId}`,
      facts.available,
      'units',
      'STOCK',
      'stock_level',
      facts.stockObservedAt,
    ),
  );
  builder.step('physical_available', 'add', ['0', ...names], 'units');
  builder.step('listing_quantity', 'max', ['0', 'physical_available'], 'units');
  const quantity = builder.value('listing_quantity');
  const difference = quantity.minus(pool.facts.available).abs();
  const isOff = isListingOff(Number(pool.facts.available), Number(quantity));
  const isOversold = quantity.lt(pool.facts.available);
  return {
    ...{ warehouseId: pool.warehouseId, kind: 'LISTING', quantity, isDue: isOff },
    need: isOff ? difference : new Decimal(0),
    ...{ orderByDay: isOff ? pool.facts.plannedDay : null, overdueDays: 0, arrivalDay: null },
    flags: isOversold ? ['OVERSELL_RISK'] : ['UNDERLISTED'],
    explanation: builder.build(),
  };
}
