import { useLocale } from '../i18n/locale-context.tsx';
import { label } from '../i18n/messages.ts';

/** A health score with its band: number, word and colour say the same. @param health - null = unknown */
export function HealthMark({ health }: { health: { readonly score: string; readonly band: string } | null }) {
  const { t } = useLocale();
  if (health === null) return <span className="health none">–</span>;
  const score = Math.round(Number(health.score));
  return (
    <span className={`health ${health.band.toLowerCase()}`} title={label(t.plan.bands, health.band)}>
      <span className="health-bar" aria-hidden="true">
        <span style={{ inlineSize: `${score}%` }} />
      </span>
      <b className="health-score">{score}</b>{' '}
      <span className="unseen">{label(t.plan.bands, health.band)}</span>
    </span>
  );
}
