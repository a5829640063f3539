import { useState } from 'react';
import { Link } from 'wouter';
import type { AlertRowFragment } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Ago } from '../../parts/ago.tsx';
import { alertNumbers } from '../../parts/alert-numbers.ts';
import { AlertStateBadge, SeverityBadge } from '../../parts/badges.tsx';
import { LevelBar } from '../../parts/level-bar.tsx';
import { AlertWhy } from './alert-why.tsx';

/** One alert of the board. */
export function AlertLine(props: {
  alert: AlertRowFragment;
  mayAct: boolean;
  isSelected: boolean;
  onSelect: (id: string, isOn: boolean) => void;
  onAct: (kind: 'acknowledge' | 'snooze') => void;
  onUnsnooze: () => void;
}) {
  const { t } = useLocale();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { alert, mayAct, isSelected, onSelect, onAct, onUnsnooze } = props;
  const name = alert.item?.title ?? alert.shop?.name ?? label(t.alertKind, alert.kind);
  const isResolved = alert.state === 'RESOLVED';
  const whyId = `why-${alert.id}`;
  return (
    <li className={`alert ${alert.severity.toLowerCase()} ${isResolved ? 'over' : ''}`} data-alert={alert.id}>
      <div className="alert-main">
        {mayAct && (
          <input
            type="checkbox"
            aria-label={t.alerts.select(`${name} ${alert.warehouse?.name ?? ''}`)}
            checked={isSelected}
            disabled={isResolved}
            onChange={(event) => onSelect(alert.id, event.target.checked)}
          />
        )}
        <span className="marks">
          <SeverityBadge severity={alert.severity} />
          <AlertStateBadge state={alert.state} />
        </span>
        <span className="what">
          {alert.item === null ? (
            <Link href="/connections">{name}</Link>
          ) : (
            <Link href={`/items/${encodeURIComponent(alert.item.sku)}`}>{name}</Link>
          )}
          <small>
            {[alert.item?.sku, alert.warehouse?.name, label(t.alertKind, alert.kind)]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </small>
          {(alert.suppressedCount ?? 0) > 0 && (
            <small>{t.alerts.standsFor(format.count(alert.suppressedCount ?? 0))}</small>
          )}
        </span>
        {alert.available === null ? (
          <span className="level" />
        ) : (
          <LevelBar
            available={alert.available}
            threshold={alert.threshold}
            text={alertNumbers(t, format, alert)}
          />
        )}
        <span className="when" title={t.alerts.opened}>
          <Ago at={alert.openedAt} />
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
          {mayAct && !isResolved && (
            <>
              {alert.state === 'SNOOZED' ? (
                <button type="button" onClick={onUnsnooze}>
                  {t.alerts.unsnooze}
                </button>
              ) : (
                <button type="button" onClick={() => onAct('snooze')}>
                  {t.alerts.snooze}
                </button>
              )}
              <button
                type="button"
                onClick={() => onAct('acknowledge')}
                disabled={alert.state === 'ACKNOWLEDGED'}
              >
                {t.alerts.acknowledge}
              </button>
            </>
          )}
        </span>
      </div>
      {(alert.state === 'ACKNOWLEDGED' || alert.snoozedUntil !== null) && (
        <p className="alert-note">
          {alert.state === 'ACKNOWLEDGED' && t.alerts.by(alert.acknowledgedBy ?? t.alerts.demoUser)}
          {alert.state === 'ACKNOWLEDGED' && alert.acknowledgedNote !== null && `：${alert.acknowledgedNote}`}
          {alert.snoozedUntil !== null && t.alerts.snoozedUntil(format.dateTime(alert.snoozedUntil))}
        </p>
      )}
      <div id={whyId} hidden={!isOpen}>
        {isOpen && <AlertWhy id={alert.id} changedAt={alert.changedAt} />}
      </div>
    </li>
  );
}
