import { useLocale } from '../../i18n/locale-context.tsx';
import { Legend } from '../../parts/legend.tsx';

/** What the colours and strokes of the water-level chart mean. */
export function ChartLegend({ hasProjection, isSum }: { hasProjection: boolean; isSum: boolean }) {
  const { t } = useLocale();
  const entries: (readonly [string, string])[] = [
    ['stroke-stock', t.item.stock],
    ['shade-range', t.item.range],
    ['shade-out', t.item.outOfStock],
    ['shade-suspect', t.item.suspect],
    ['mark-receipt', t.item.inbound],
    ...(hasProjection
      ? ([
          ['mark-expected', t.plan.expectedReceipt],
          ['stroke-projection', t.plan.expectedStock],
          ['shade-fan', 'P10 – P90'],
        ] as const)
      : []),
  ];
  return (
    <Legend entries={entries}>
      {!hasProjection && <span>{t.plan.noForecast}</span>}
      {hasProjection && isSum && <span>{t.plan.sumHelp}</span>}
    </Legend>
  );
}
