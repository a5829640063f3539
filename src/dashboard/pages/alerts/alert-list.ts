import type { AlertRowFragment } from '../../gql/documents.ts';
import { sourceKinds } from '../rules/rule-settings.ts';

/** The board's filters, as they stand in the address; empty = all. */
export interface BoardFilters {
  /** Empty = everything but resolved. */
  readonly state: string;
  readonly severity: string;
  readonly kind: string;
  /** Code of the warehouse. */
  readonly warehouse: string;
  /** Part of the article number. */
  readonly sku: string;
  /** `yes` = only what is held with its source, empty = only what is not: one alert of a source stands for thousands. */
  readonly held: string;
}

/** Whether an alert belongs on the board; the same as what the server decides for these filters. */
function isOnBoard(alert: AlertRowFragment, filters: BoardFilters): boolean {
  const hasState =
    filters.state === ''
      ? alert.state !== 'RESOLVED'
      : filters.state === 'all' || alert.state === filters.state;
  return (
    hasState &&
    (filters.held === 'yes') === sourceKinds.has(alert.suppressedBy?.kind ?? '') &&
    (filters.severity === '' || alert.severity === filters.severity) &&
    (filters.kind === '' || alert.kind === filters.kind) &&
    (filters.warehouse === '' || alert.warehouse?.code === filters.warehouse) &&
    (filters.sku === '' || alert.item?.sku.toLowerCase().includes(filters.sku.toLowerCase()) === true)
  );
}

/** Most urgent first, among equals the newest. */
export function compareUrgency(one: AlertRowFragment, other: AlertRowFragment): number {
  return (
    Number(other.urgency) - Number(one.urgency) ||
    Date.parse(other.openedAt) - Date.parse(one.openedAt) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** What the board knows. */
export interface AlertList {
  readonly rows: ReadonlyMap<string, AlertRowFragment>;
  /** Null = everything is loaded, or nothing is yet. */
  readonly endCursor: string | null;
}

/** A board that knows nothing. */
export const emptyList: AlertList = { rows: new Map(), endCursor: null };

/**
 * Takes in alerts that came, from a page, an event or an answer. Of two tellings of one alert the later change
 * counts, so that an event that a page already contained changes nothing.
 */
export function mergeAlerts(
  rows: AlertList['rows'],
  alerts: readonly AlertRowFragment[],
  filters: BoardFilters,
): AlertList['rows'] {
  const next = new Map(rows);
  for (const alert of alerts) {
    const known = next.get(alert.id);
    if (known !== undefined && Date.parse(known.changedAt) > Date.parse(alert.changedAt)) continue;
    if (isOnBoard(alert, filters)) next.set(alert.id, alert);
    else next.delete(alert.id);
  }
  return next;
}
