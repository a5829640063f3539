import type { AlertRowFragment } from '../gql/documents.ts';
import type { Format } from '../i18n/format.ts';
import type { Messages } from '../i18n/messages.ts';

/**
 * The numbers of an alert, each with its name, such as "position 27 · reorder point 62": what they are depends on its
 * kind. Null = it is not about a quantity.
 */
export function alertNumbers(
  t: Messages,
  format: Format,
  { kind, available, threshold }: Pick<AlertRowFragment, 'kind' | 'available' | 'threshold'>,
): string | null {
  if (available === null) return null;
  const own: Readonly<Record<string, { readonly quantity: string; readonly line: string }>> =
    t.alerts.numbers;
  const { quantity, line } = own[kind] ?? { quantity: t.alerts.available, line: t.alerts.threshold };
  // Out of stock is out of stock: that the line is 0 tells nothing.
  return threshold === null || kind === 'OUT_OF_STOCK'
    ? `${quantity} ${format.quantity(available)}`
    : `${quantity} ${format.quantity(available)} · ${line} ${format.quantity(threshold)}`;
}
