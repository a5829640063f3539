import { Link } from 'wouter';
import { useLocale } from '../../i18n/locale-context.tsx';
import { missing, useFormat } from '../../i18n/use-format.ts';
import type { Place, PlaceCounts } from './use-warehouse-counts.ts';

/** Every place with how many of its levels are low or empty. */
export function WarehouseCards(props: {
  warehouses: readonly Place[];
  counts: ReadonlyMap<string, PlaceCounts>;
}) {
  const { t } = useLocale();
  const format = useFormat();
  return (
    <ul className="place-cards">
      {props.warehouses.map(({ id, code, name }) => {
        const counts = props.counts.get(id);
        const lowOnly = counts === undefined ? 0 : counts.low - counts.out;
        const share = (part: number) =>
          counts === undefined || counts.levels === 0 ? '0%' : `${(part / counts.levels) * 100}%`;
        return (
          <li key={id} className="card place-card">
            <h2>
              {name} <small>{code}</small>
            </h2>
            <p className="split-bar" aria-hidden="true">
              <span className="critical" style={{ inlineSize: share(counts?.out ?? 0) }} />
              <span className="warning" style={{ inlineSize: share(Math.max(0, lowOnly)) }} />
              <span
                className="info"
                style={{
                  inlineSize: share(
                    counts === undefined ? 0 : counts.levels - Math.max(counts.low, counts.out),
                  ),
                }}
              />
            </p>
            <p className="note">
              {counts === undefined ? missing : format.count(counts.levels)} {t.warehouses.levels} ·{' '}
              <Link href={`/alerts?warehouse=${encodeURIComponent(code)}`}>
                {counts === undefined ? missing : format.count(counts.low)} {t.warehouses.lowCount} ·{' '}
                {counts === undefined ? missing : format.count(counts.out)} {t.warehouses.outCount}
              </Link>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
