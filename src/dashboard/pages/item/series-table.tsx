import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { ProjectedDay } from './projection.ts';
import type { SeriesPoint } from './series-span.ts';

/** The chart's numbers as a table, newest first: what is expected, then what was observed. */
export function SeriesTable(props: { points: readonly SeriesPoint[]; projection: readonly ProjectedDay[] }) {
  const { points, projection } = props;
  const { t } = useLocale();
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll series-table" tabIndex={0} aria-label={t.item.chart}>
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t.item.from}</th>
            <th scope="col">{t.item.to}</th>
            <th scope="col" className="number">
              {t.item.close}
            </th>
            <th scope="col" className="number">
              {t.item.low}
            </th>
            <th scope="col" className="number">
              {t.item.high}
            </th>
            <th scope="col" className="number">
              {t.item.outMinutes}
            </th>
          </tr>
        </thead>
        <tbody>
          {projection.toReversed().map(({ date, at, expected, low, high }) => (
            <tr key={date} className="expected">
              <td>{t.plan.expectedAtEnd}</td>
              <td>{format.dateTime(at)}</td>
              <td className="number">{format.count(Math.round(expected * 10) / 10)}</td>
              <td className="number">{format.count(Math.round(low))}</td>
              <td className="number">{format.count(Math.round(high))}</td>
              <td className="number" />
            </tr>
          ))}
          {points.toReversed().map((point) => (
            <tr key={point.startAt}>
              <td>{format.dateTime(point.startAt)}</td>
              <td>{format.dateTime(point.endAt)}</td>
              <td className="number">{format.quantity(point.close)}</td>
              <td className="number">{format.quantity(point.low)}</td>
              <td className="number">{format.quantity(point.high)}</td>
              <td className="number">{format.count(point.outOfStockMinutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
