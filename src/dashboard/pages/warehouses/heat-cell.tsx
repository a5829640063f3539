import type { HeatRowsQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { daysTone, type HeatMeasure, healthTone, heatTone } from './heat-tone.ts';

/** An item of the heat map. */
export type HeatItem = HeatRowsQuery['items']['nodes'][number];

/** One item in one place. @param level - undefined = it is not kept there */
export function HeatCell(props: {
  level: HeatItem['stockLevels']['nodes'][number] | undefined;
  measure: HeatMeasure;
}) {
  const { t } = useLocale();
  const format = useFormat();
  const { level, measure } = props;
  if (level === undefined) return <td className="heat-cell empty" />;
  const available = Number(level.available);
  const threshold = level.safetyStock === null ? null : Number(level.safetyStock.value);
  const { daysToStockOut: days, health } = level;
  const dayCount = days === null ? null : days.p50 === null ? days.horizonDays : Number(days.p50);
  const score = health === null ? null : Number(health.score);
  const shown = {
    days: {
      tone: daysTone(available, dayCount),
      main:
        days === null
          ? missing
          : t.plan.daysCell(
              days.p50 === null ? `>${format.count(days.horizonDays)}` : format.quantity(days.p50),
            ),
      side: format.quantity(level.available),
    },
    health: {
      tone: healthTone(score),
      main: score === null ? missing : format.count(Math.round(score)),
      side: format.quantity(level.available),
    },
    stock: {
      tone: heatTone(available, threshold),
      main: format.quantity(level.available),
      side:
        threshold === null || threshold <= 0
          ? ''
          : t.warehouses.times(format.count(Math.round((available / threshold) * 10) / 10)),
    },
  }[measure];
  const help =
    threshold === null
      ? t.level.barNoThreshold(format.quantity(level.available))
      : t.level.bar(format.quantity(level.available), format.count(threshold));
  return (
    <td className={`heat-cell heat ${shown.tone}`} title={help}>
      <b>{shown.main}</b> <small>{shown.side}</small>
    </td>
  );
}
