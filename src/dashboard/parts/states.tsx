import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type Failure, shownKind } from '../api/failure.ts';
import { useLocale } from '../i18n/locale-context.tsx';
import { Icon, type IconName } from './icon.tsx';

/** Something is being read; takes its place quietly. */
export function LoadingState({ rows = 6 }: { rows?: number }) {
  const { t } = useLocale();
  return (
    <div className="loading" role="status" aria-label={t.states.loading}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <span key={index} className="bone" />
      ))}
    </div>
  );
}

/** There is nothing, and that is no fault. */
export function EmptyState(props: { icon?: IconName; title: string; help?: string; children?: ReactNode }) {
  return (
    <div className="state">
      <Icon name={props.icon ?? 'drop'} size={32} />
      <p className="state-title">{props.title}</p>
      {props.help !== undefined && <p>{props.help}</p>}
      {props.children}
    </div>
  );
}

const failureIcons = {
  away: 'away',
  forbidden: 'lock',
  limited: 'clock',
  refused: 'warning',
  fault: 'warning',
} as const;

/** A request failed: what happened and what to do. */
export function FailureState(props: { failure: Failure; onRetry?: () => void; onClear?: () => void }) {
  const { t } = useLocale();
  const { failure, onRetry, onClear } = props;
  const kind = shownKind(failure);
  return (
    <div className="state failed" role="alert">
      <Icon name={failureIcons[kind]} size={32} />
      <p className="state-title">{t.states[kind]}</p>
      <p>{t.states[`${kind}Help`]}</p>
      {failure.message !== null && <p className="detail">{failure.message}</p>}
      <p className="actions">
        {onClear !== undefined && failure.kind === 'refused' && (
          <button type="button" onClick={onClear}>
            {t.states.clearFilters}
          </button>
        )}
        {onRetry !== undefined && (
          <button type="button" onClick={onRetry}>
            {t.states.retry}
          </button>
        )}
      </p>
    </div>
  );
}

/** The address leads nowhere. */
export function NotFoundState() {
  const { t } = useLocale();
  return (
    <EmptyState title={t.states.notFound} help={t.states.notFoundHelp}>
      <Link href="/" className="button">
        {t.states.toOverview}
      </Link>
    </EmptyState>
  );
}
