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

const tierTones: Readonly<Record<string, 'good' | 'bad' | 'warn' | 'quiet'>> = {
  OUT: 'bad',
  WILL_RUN_OUT: 'bad',
  ORDER_NOW: 'warn',
  ORDER_SOON: 'warn',
  SOURCE: 'warn',
  RECORD: 'warn',
  OK: 'good',
};

/** What should happen about a level. */
export function TierBadge({ tier }: { tier: string }) {
  const { t } = useLocale();
  return <ToneBadge tone={tierTones[tier] ?? 'quiet'}>{label(t.plan.tiers, tier)}</ToneBadge>;
}
