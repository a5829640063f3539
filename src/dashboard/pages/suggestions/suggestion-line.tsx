import { useState } from 'react';
import { Link } from 'wouter';
import type { SuggestionDecision, SuggestionRowFragment } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ToneBadge } from '../../parts/badges.tsx';
import { SuggestionActions } from './suggestion-actions.tsx';
import { SuggestionWhy } from './suggestion-why.tsx';

/** One suggestion: what, how much, until when, and why. */
export function SuggestionLine(props: {
  row: SuggestionRowFragment;
  mayDecide: boolean;
  onDecide: (decision: SuggestionDecision) => void;
}) {
  const { t } = useLocale();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { row, mayDecide, onDecide } = props;
  const days = row.stockLevel.daysToStockOut;
  const whyId = `why-${row.id}`;
  return (
    <li className={`suggestion ${row.isDue ? 'due' : ''}`}>
      <div className="suggestion-main">
        <span className="what">
          <Link href={`/items/${encodeURIComponent(row.item.sku)}`}>{row.item.title}</Link>
          <small>
            {[row.item.sku, row.warehouse.name, label(t.suggestions.kinds, row.kind), row.supplierName]
              .filter((part) => part !== null)
              .join(' · ')}
          </small>
        </span>
        <span className="suggested">
          <b>{format.quantity(row.decidedQuantity ?? row.quantity, row.item.unit.code)}</b>
          <small>{row.value === null ? missing : format.money(row.value)}</small>
        </span>
        <span className="suggested">
          <span>
            {days === null ? missing : t.plan.days(days.p50 ?? `> ${format.count(days.horizonDays)}`)}
          </span>
          <small>{t.plan.daysLeft}</small>
        </span>
        <span className="suggested">
          <span className={row.isDue ? 'due-day' : undefined}>
            {row.orderByOn === null ? missing : format.calendarDay(row.orderByOn)}
          </span>
          <small>
            {row.overdueDays > 0
              ? t.suggestions.overdue(format.count(row.overdueDays))
              : t.suggestions.orderBy}
          </small>
        </span>
        <span className="flags">
          {row.state !== 'OPEN' && (
            <ToneBadge tone="quiet">{label(t.suggestions.states, row.state)}</ToneBadge>
          )}
          {[...row.holdCauses, ...row.flags.filter((flag) => flag !== 'OVERDUE')].map((flag) => (
            <ToneBadge key={flag} tone={row.holdCauses.includes(flag) ? 'warn' : 'quiet'}>
              {label(t.suggestions.flags, flag)}
            </ToneBadge>
          ))}
        </span>
        <span className="alert-actions">
          <button
            type="button"
            className="plain"
            aria-expanded={isOpen}
            aria-controls={whyId}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t.alerts.hideWhy : t.alerts.why}
          </button>
          {mayDecide && <SuggestionActions state={row.state} onDecide={onDecide} />}
        </span>
      </div>
      {row.decidedAt !== null && (
        <p className="note">
          {t.suggestions.decided(row.decidedBy ?? t.alerts.demoUser, format.dateTime(row.decidedAt))}
          {row.decisionReason !== null && `：${row.decisionReason}`}
        </p>
      )}
      <div id={whyId} hidden={!isOpen}>
        {isOpen && <SuggestionWhy id={row.id} />}
      </div>
    </li>
  );
}
