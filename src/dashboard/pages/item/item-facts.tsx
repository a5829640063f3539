import type { ItemQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { missing, useFormat } from '../../i18n/use-format.ts';

/** The numbers of an item that one looks for first. */
export function ItemFacts({ item }: { item: NonNullable<ItemQuery['item']> }) {
  const { t } = useLocale();
  const format = useFormat();
  const unit = item.unit.code;
  const difference = Number(item.listingDifference ?? 0);
  const facts = [
    [t.items.available, format.quantity(item.available, unit), ''],
    [
      t.item.incoming,
      format.quantity(item.incoming, item.incoming === null ? '' : unit),
      item.incomingUnavailableReason === null ? '' : label(t.unavailable, item.incomingUnavailableReason),
    ],
    [t.item.position, format.quantity(item.position, item.position === null ? '' : unit), ''],
    [
      t.item.listedAvailable,
      format.quantity(item.listedAvailable, item.listedAvailable === null ? '' : unit),
      item.listingDifferenceUnavailableReason !== null
        ? label(t.unavailable, item.listingDifferenceUnavailableReason)
        : difference === 0
          ? ''
          : `${difference > 0 ? t.item.oversell : t.item.undersell} ${format.count(Math.abs(difference))}`,
    ],
    [
      t.item.price,
      item.unitPrice === null ? missing : `${item.unitPrice.amount} ${item.unitPrice.currencyCode}`,
      item.unitPrice === null ? t.unavailable.NOT_KNOWN : '',
    ],
    [
      t.item.cost,
      item.unitCost === null ? missing : `${item.unitCost.amount} ${item.unitCost.currencyCode}`,
      item.unitCost === null ? t.unavailable.NOT_KNOWN : '',
    ],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {note !== '' && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
