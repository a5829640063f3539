import type { Idleness } from '../kpi/excess.ts';
import { agedInboundOf, type LevelFacts } from './level-facts.ts';

/** What planning met in a level's facts, beside what its forecast says of the history. */
type FactFlag =
  | 'NEGATIVE_STOCK'
  | 'INBOUND_OVERDUE'
  | 'LEAD_TIME_DEFAULTED'
  | 'DEAD_STOCK'
  | 'DELISTED'
  | 'DEMAND_STALE';

/**
 * Everything special about a level that its plan took a stated default for.
 *
 * @param facts - what the plan rests on
 * @param idleness - whether its stock has stopped selling
 * @param forecastFlags - of the newest forecast
 * @returns flags in alphabetical order, each once
 * @see the flags of `forecastItem` and `cleanDemand`; the cases and their defaults stand in docs/planning.md
 * @example collectLevelFlags({ ...facts, available: '-3' }, 'SELLING', ['SHORT_HISTORY']) // ['NEGATIVE_STOCK', 'SHORT_HISTORY']
 */
export function collectLevelFlags(
  facts: LevelFacts,
  idleness: Idleness,
  forecastFlags: readonly string[],
): string[] {
  const { throughDay } = facts.history;
  const { overdueUnits, ignoredUnits } = agedInboundOf(facts);
  const met: readonly (readonly [FactFlag, boolean])[] = [
    ['NEGATIVE_STOCK', Number(facts.available) < 0],
    ['INBOUND_OVERDUE', overdueUnits + ignoredUnits > 0],
    ['LEAD_TIME_DEFAULTED', facts.leadTime.origin === 'DEFAULT'],
    ['DEAD_STOCK', idleness === 'DEAD'],
    ['DELISTED', facts.isDelisted === true],
    ['DEMAND_STALE', (throughDay ?? facts.plannedDay) < facts.plannedDay - 1],
  ];
  const own = met.flatMap(([flag, isMet]) => (isMet ? [flag] : []));
  return [...new Set<string>([...forecastFlags, ...own])].sort();
}
