import type { ReactNode } from 'react';
import type { ItemQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { HealthMark } from '../../parts/health-mark.tsx';

type Fact = readonly [name: string, value: ReactNode, note: string];

/** The numbers of an item that one looks for first. */
export function ItemFacts({ item }: { item: NonNullable<ItemQuery['item']> }) {
  const { t } = useLocale();
  const format = useFormat();
  const unit = item.unit.code;
  const why = (reason: string | null) => (reason === null ? '' : label(t.unavailable, reason));
  const difference = Number(item.listingDifference ?? 0);
  const days = item.daysToStockOut;
  const classes = [item.abcClass, item.xyzClass].filter((part) => part !== null).join(' · ');
  const money = (amount: { amount: string; currencyCode: string } | null) =>
    amount === null ? missing : format.price(amount);
  const facts: readonly Fact[] = [
    [t.items.available, format.quantity(item.available, unit), ''],
    [
      t.plan.daysToStockOut,
      days === null ? missing : t.plan.days(days.p50 ?? `> ${format.count(days.horizonDays)}`),
      days === null
        ? why(item.daysToStockOutUnavailableReason)
        : `${t.plan.firstPlace} · P10 – P90: ${days.p10 ?? '>'} – ${days.p90 ?? `> ${days.horizonDays}`}`,
    ],
    [t.plan.health, <HealthMark key="health" health={item.health} />, why(item.healthUnavailableReason)],
    [
      t.item.incoming,
      format.quantity(item.incoming, item.incoming === null ? '' : unit),
      why(item.incomingUnavailableReason),
    ],
    [
      t.item.listedAvailable,
      format.quantity(item.listedAvailable, item.listedAvailable === null ? '' : unit),
      item.listingDifferenceUnavailableReason !== null
        ? why(item.listingDifferenceUnavailableReason)
        : difference === 0
          ? ''
          : `${difference > 0 ? t.item.oversell : t.item.undersell} ${format.quantity(Math.abs(difference), unit)}`,
    ],
    [
      t.plan.classes,
      classes === '' ? missing : classes,
      item.demandClass === null ? '' : label(t.plan.demandClass, item.demandClass),
    ],
    [
      `${t.item.price} / ${t.item.cost}`,
      `${money(item.unitPrice)} / ${money(item.unitCost)}`,
      item.unitCost === null ? t.plan.noCost : '',
    ],
  ];
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
