import { randomUUID } from 'node:crypto';
import { levelKeyText } from '../db/queries/ingest-level.ts';
import type { SuggestionWrite } from '../db/queries/suggestion-save.ts';
import type { DecisionSiteRow, StandingSuggestion } from '../db/queries/suggestion-site.ts';
import { calendarDateOf, dayIndexOf } from '../domain/forecast/calendar-index.ts';
import type { StoredForecast } from '../domain/forecast/demand-forecast.ts';
import type { Explanation } from '../domain/plan/explanation.ts';
import {
  type DecisionSite,
  decideItem,
  type SiteSuggestion,
  suggestPurchase,
} from '../domain/plan/item-decision.ts';
import type { LevelFacts } from '../domain/plan/level-facts.ts';
import { toOrderLimits } from '../domain/plan/order-limits.ts';
import { type EarlierSuggestion, explainSuggestionChange } from '../domain/plan/suggestion-change.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { ItemId } from '../shared/ids.ts';
import type { CalendarDate } from '../shared/time.ts';

/** A decision keeps silent until its day, unless the need has grown by this factor. */
const silenceFactor = 1.25;

/** What stands at the levels of an item, and what the guard says of them, by `levelKeyText`. */
export interface ItemStanding {
  readonly standing: ReadonlyMap<string, StandingSuggestion>;
  readonly decided: ReadonlyMap<string, StandingSuggestion>;
  readonly causes: ReadonlyMap<string, readonly string[]>;
  /** True: the run is in doubt, so only what is held itself is written. */
  readonly isBatchHeld: boolean;
}

/** A stored level as the pure decision wants it. */
export function toDecisionSite(row: DecisionSiteRow): DecisionSite {
  const facts = JSON.parse(row.inputs) as LevelFacts;
  const { limits, flags } = toOrderLimits({ ...row, minOrderQuantity: facts.moq }, row.unitDecimals);
  return {
    ...{ warehouseId: row.warehouseId, kind: row.kind, facts, limits, limitFlags: flags },
    forecast: {
      stored: row.stored === null ? null : (JSON.parse(row.stored) as StoredForecast),
      firstDay: row.firstOn === null ? facts.plannedDay : dayIndexOf(row.firstOn as CalendarDate),
      historyDays: row.historyDays ?? 0,
      sigmaUnitsPerDay: row.sigmaUnitsPerDay === null ? null : Number(row.sigmaUnitsPerDay),
      relativeError: null,
    },
  };
}

/** An item with all its planned levels, and what is suggested for it as things stand. */
export interface DecidedItem {
  readonly itemId: ItemId;
  readonly rows: readonly DecisionSiteRow[];
  /** In the order of the rows. */
  readonly sites: readonly DecisionSite[];
  readonly made: readonly SiteSuggestion[];
}

/**
 * Decides an item as it stands, all its warehouses together.
 *
 * @param rows - every planned level of the item, at least one
 * @param toSite - the facts of a level; under a scenario with it laid over them
 * @throws AppError `invalid_input` if a fact, limit or assumption is out of bounds
 */
export function decideRows(
  rows: readonly DecisionSiteRow[],
  toSite: (row: DecisionSiteRow) => DecisionSite = toDecisionSite,
): DecidedItem {
  const sites = rows.map(toSite);
  return { itemId: rows[0]!.itemId, rows, sites, made: decideItem(sites) };
}

/**
 * What of an item's suggestions is to be written: a new suggestion, an open one that changed, one held for review, one
 * no longer needed.
 *
 * @param moved - a warehouse once the transfers suggested with this are carried out: purchases come on top of them
 * @throws AppError `invalid_input` if what is moved makes no sense
 */
export function suggestItem(
  { rows, sites: before, made: asItStands }: DecidedItem,
  around: ItemStanding,
  moved: (site: DecisionSite) => DecisionSite,
): SuggestionWrite[] {
  const sites = before.map(moved);
  const isMoved = sites.some((site, index) => site !== before[index]);
  // What a channel may offer is what lies there now, moved or not.
  const made = isMoved
    ? [...ofKind(decideItem(sites), 'PURCHASE'), ...ofKind(asItStands, 'LISTING')]
    : asItStands;
  const madeAt = new Map(made.map((one) => [one.warehouseId, one]));
  return rows.flatMap((row, index) => {
    const key = levelKeyText(row);
    const causes = around.causes.get(key) ?? [];
    if (around.isBatchHeld && causes.length === 0) return [];
    const standing = around.standing.get(key) ?? null;
    const site = sites[index]!;
    const suggestion = madeAt.get(row.warehouseId) ?? null;
    if (suggestion === null) return standing === null ? [] : endOrHold(row, site, standing, causes);
    if (standing === null && isSilenced(around.decided.get(key), site, suggestion)) return [];
    return [toWrite(row, site, suggestion, standing, causes)];
  });
}

function ofKind(made: readonly SiteSuggestion[], kind: SiteSuggestion['kind']): SiteSuggestion[] {
  return made.filter((one) => one.kind === kind);
}

/** Nothing is needed any more: the suggestion is over, unless that is just what is in doubt. */
function endOrHold(
  row: DecisionSiteRow,
  site: DecisionSite,
  standing: StandingSuggestion,
  causes: readonly string[],
): SuggestionWrite[] {
  const none = suggestPurchase(site);
  const explanation = none?.explanation ?? (JSON.parse(standing.explanation) as Explanation);
  const suggestion: SiteSuggestion = {
    ...{ warehouseId: row.warehouseId, kind: 'PURCHASE', explanation, flags: none?.flags ?? [] },
    ...{ quantity: new Decimal(0), need: new Decimal(0), isDue: false },
    ...{ orderByDay: none?.orderByDay ?? null, overdueDays: 0, arrivalDay: none?.arrivalDay ?? null },
  };
  const write = toWrite(row, site, suggestion, standing, causes);
  return [causes.length > 0 ? write : { ...write, state: 'EXPIRED', isNews: true }];
}

function isSilenced(
  decided: StandingSuggestion | undefined,
  site: DecisionSite,
  { quantity }: SiteSuggestion,
): boolean {
  if (decided?.silentUntilOn == null) return false;
  if (calendarDateOf(site.facts.plannedDay) >= decided.silentUntilOn) return false;
  return quantity.lte(new Decimal(decided.quantity).times(silenceFactor));
}

function toWrite(
  row: DecisionSiteRow,
  site: DecisionSite,
  suggestion: SiteSuggestion,
  standing: StandingSuggestion | null,
  causes: readonly string[],
): SuggestionWrite {
  const { facts } = site;
  const unitValue = row.unitCost ?? row.unitPrice;
  const plannedOn = calendarDateOf(facts.plannedDay);
  const previous = earlierOf(standing, plannedOn);
  const changes = previous === null ? [] : explainSuggestionChange(previous, suggestion, site);
  const isHeld = causes.length > 0;
  const quantity = formatDecimal(suggestion.quantity);
  const isPurchase = suggestion.kind === 'PURCHASE';
  const write = {
    ...{
      suggestionId: standing?.suggestionId ?? randomUUID(),
      itemId: row.itemId,
      warehouseId: row.warehouseId,
    },
    ...{ kind: suggestion.kind, supplierName: isPurchase ? row.supplierName : null },
    state: isHeld ? ('HELD' as const) : ('OPEN' as const),
    ...{ quantity, need: formatDecimal(suggestion.need), isDue: suggestion.isDue },
    orderByOn: suggestion.orderByDay === null ? null : calendarDateOf(suggestion.orderByDay),
    overdueDays: suggestion.overdueDays,
    arrivesOn: suggestion.arrivalDay === null ? null : calendarDateOf(suggestion.arrivalDay),
    ...{ flags: suggestion.flags, holdCauses: causes, explanation: suggestion.explanation },
    acceptedQuantity: isHeld ? acceptedOf(standing) : null,
    value: unitValue === null || !isPurchase ? null : formatDecimal(suggestion.quantity.times(unitValue)),
    changes: changes.map(({ cause, delta }) => ({ cause, delta: formatDecimal(delta) })),
    ...{ plannedOn, dataAsOf: row.dataAsOf.toISOString(), previous },
    inputs: { leadTime: facts.leadTime },
  };
  return { ...write, isNews: standing === null || isDifferent(standing, write) };
}

/** What the last accepted run suggested: the open quantity, or what was accepted before it was held already. */
function acceptedOf(standing: StandingSuggestion | null): string | null {
  if (standing === null) return null;
  return standing.state === 'OPEN' ? standing.quantity : standing.acceptedQuantity;
}

/** The suggestion as it stood at the end of an earlier day: the last one before today's first. */
function earlierOf(standing: StandingSuggestion | null, plannedOn: string): EarlierSuggestion | null {
  if (standing === null) return null;
  if (standing.plannedOn < plannedOn) {
    const { leadTime } = JSON.parse(standing.inputs) as Pick<LevelFacts, 'leadTime'>;
    return {
      explanation: JSON.parse(standing.explanation) as Explanation,
      leadTime,
      computedAt: standing.computedAt.toISOString(),
    };
  }
  return standing.previous === null ? null : (JSON.parse(standing.previous) as EarlierSuggestion);
}

function isDifferent(
  standing: StandingSuggestion,
  write: Pick<SuggestionWrite, 'state' | 'quantity' | 'isDue' | 'orderByOn' | 'flags' | 'holdCauses'>,
): boolean {
  return (
    standing.state !== write.state ||
    !new Decimal(standing.quantity).eq(write.quantity) ||
    standing.isDue !== write.isDue ||
    standing.orderByOn !== write.orderByOn ||
    standing.flags.join() !== write.flags.join() ||
    standing.holdCauses.join() !== write.holdCauses.join()
  );
}
