import type { AlertKind } from './alert-rule.ts';

/**
 * Alerts that say the same goods run out, the strongest statement first: an earlier one speaks for a later one of the
 * same level.
 *
 * Out of stock is a fact that costs sales now. Low stock is a fact as well, and what people set their routes by; it
 * must not fall silent because of a forecast. A predicted stock-out says that an order placed today most likely comes
 * too late, which includes that one is due. Near the threshold asks for nothing.
 */
export const shortageKinds = [
  'OUT_OF_STOCK',
  'LOW_STOCK',
  'STOCK_OUT_PREDICTED',
  'REORDER_DUE',
  'APPROACHING',
] as const satisfies readonly AlertKind[];

/**
 * Whether an alert of one kind speaks for one of another kind at the same level, while it fires.
 *
 * @param speaker - kind of the alert that fires
 * @param kind - of the other one
 * @returns false for two of a kind, and for kinds that are not about running out
 * @see one condition, one alert: erpnext#36154, inventree PR#8945
 * @example speaksFor('OUT_OF_STOCK', 'REORDER_DUE') // true
 */
export function speaksFor(speaker: AlertKind, kind: AlertKind): boolean {
  const kinds: readonly AlertKind[] = shortageKinds;
  const rank = kinds.indexOf(speaker);
  return rank >= 0 && rank < kinds.indexOf(kind);
}
