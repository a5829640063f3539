import { Link } from 'wouter';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { HealthMark } from '../../parts/health-mark.tsx';
import { Legend } from '../../parts/legend.tsx';
import { Card } from '../../parts/page-head.tsx';
import type { Place, PlaceCounts } from './use-warehouse-counts.ts';

/** Every place with how many of its levels are low or empty, and its health. */
export function WarehouseCards(props: {
  warehouses: readonly Place[];
  counts: ReadonlyMap<string, PlaceCounts>;
}) {
  const { t } = useLocale();
  return (
    <Card title={t.plan.mapTable} className="place-list">
      <ul>
        {props.warehouses.map((place) => (
          <PlaceLine key={place.id} place={place} counts={props.counts.get(place.id)} />
        ))}
      </ul>
      <Legend
        entries={[
          ['critical', t.level.out],
          ['low', t.level.low],
          ['', t.level.ok],
        ]}
      />
    </Card>
  );
}

function PlaceLine({ place, counts }: { place: Place; counts: PlaceCounts | undefined }) {
  const { t } = useLocale();
  const format = useFormat();
  const { code, name } = place;
  const lowOnly = counts === undefined ? 0 : Math.max(0, counts.low - counts.out);
  const fine = counts === undefined ? 0 : counts.levels - Math.max(counts.low, counts.out);
  const share = (part: number) =>
    counts === undefined || counts.levels === 0 ? '0%' : `${(part / counts.levels) * 100}%`;
  const told = (count: number | undefined) => (count === undefined ? missing : format.count(count));
  return (
    <li>
      <div className="place-head">
        <h3>
          {name} <small>{code}</small>
        </h3>
        <span className="place-health">
          <small>{t.plan.health}</small> <HealthMark health={counts?.health ?? null} />
        </span>
      </div>
      <p className="split-bar" aria-hidden="true">
        <span className="critical" style={{ inlineSize: share(counts?.out ?? 0) }} />
        <span className="warning" style={{ inlineSize: share(lowOnly) }} />
        <span className="info" style={{ inlineSize: share(fine) }} />
      </p>
      <p className="note">
        {told(counts?.levels)} {t.warehouses.levels} ·{' '}
        <Link href={`/alerts?warehouse=${encodeURIComponent(code)}`}>
          {told(counts?.low)} {t.warehouses.lowCount} · {told(counts?.out)} {t.warehouses.outCount}
        </Link>
      </p>
    </li>
  );
}
