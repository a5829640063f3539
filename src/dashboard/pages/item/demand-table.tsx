import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { DemandDay, ForecastDay } from './demand-days.ts';

/** The demand chart's numbers, the farthest day first. */
export function DemandTable({ days, ahead }: { days: readonly DemandDay[]; ahead: readonly ForecastDay[] }) {
  const { t } = useLocale();
  const format = useFormat();
  const rows = [
    ...ahead.map(({ date, mean, p10, p90 }) => ({
      date,
      text: format.count(Math.round(mean * 10) / 10),
      band: `${format.count(Math.round(p10))} – ${format.count(Math.round(p90))}`,
      kind: t.plan.forecastMean,
    })),
    ...days.map(({ date, units, isCensored }) => ({
      date,
      text: format.count(units),
      band: missing,
      kind: isCensored ? t.plan.censored : t.plan.wanted,
    })),
  ].sort((one, other) => (one.date < other.date ? 1 : -1));
  return (
    <div className="series-table">
      <DataTable
        label={t.plan.demand}
        rows={rows}
        keyOf={({ date, kind }) => `${date} ${kind}`}
        columns={[
          { title: t.plan.day, cell: ({ date }) => format.calendarDay(date) },
          { title: t.alerts.kind, cell: ({ kind }) => kind },
          { title: t.item.quantity, isNumber: true, cell: ({ text }) => text },
          { title: 'P10 – P90', isNumber: true, cell: ({ band }) => band },
        ]}
      />
    </div>
  );
}
