import { useLocale } from '../i18n/locale-context.tsx';
import { label } from '../i18n/messages.ts';
import { Icon, type IconName } from './icon.tsx';

const severityIcons: Readonly<Record<string, IconName>> = {
  CRITICAL: 'critical',
  WARNING: 'warning',
  INFO: 'info',
};

/** How bad: shape, word and colour say the same. */
export function SeverityBadge({ severity }: { severity: string }) {
  const { t } = useLocale();
  return (
    <span className={`badge severity ${severity.toLowerCase()}`}>
      <Icon name={severityIcons[severity] ?? 'info'} size={15} />
      {label(t.severity, severity)}
    </span>
  );
}

/** Where an alert stands. */
export function AlertStateBadge({ state }: { state: string }) {
  const { t } = useLocale();
  return <span className={`badge state-${state.toLowerCase()}`}>{label(t.alertState, state)}</span>;
}

/** How far data can be trusted; nothing while it is fresh. */
export function DataStateBadge({ state, always = false }: { state: string; always?: boolean }) {
  const { t } = useLocale();
  if (state === 'FRESH' && !always) return null;
  return <span className={`badge data-${state.toLowerCase()}`}>{label(t.dataState, state)}</span>;
}

/** A word in a tone: `good`, `bad`, `warn` or `quiet`. */
export function ToneBadge({ tone, children }: { tone: 'good' | 'bad' | 'warn' | 'quiet'; children: string }) {
  return <span className={`badge tone-${tone}`}>{children}</span>;
}
