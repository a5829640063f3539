import { useState } from 'react';
import type { OverviewQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Card } from '../../parts/page-head.tsx';
import { Spark } from '../../parts/spark.tsx';
import { LoadingState } from '../../parts/states.tsx';

type Day = OverviewQuery['overview']['trend'][number];

/** Demand and open alerts of the last days, as two small charts or as a table. @param days - null = not there yet */
export function TrendCard({ days }: { days: readonly Day[] | null }) {
  const { t } = useLocale();
  const [isTable, setTable] = useState(false);
  return (
    <Card
      title={t.plan.trend}
      className="trend"
      actions={
        <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Icon name={isTable ? 'chart' : 'table'} size={16} /> {isTable ? t.item.asChart : t.item.asTable}
        </button>
      }
    >
      {days === null ? (
        <LoadingState rows={3} />
      ) : isTable ? (
        <TrendTable days={days} />
      ) : (
        <TrendCharts days={days} />
      )}
    </Card>
  );
}

function TrendCharts({ days }: { days: readonly Day[] }) {
  const { t } = useLocale();
  const format = useFormat();
  const told = days.filter(({ demandUnits }) => demandUnits !== null);
  const week = told.slice(-7).reduce((sum, { demandUnits }) => sum + Number(demandUnits), 0);
  const today = days.at(-1);
  const ends = [days[0], today].map((day) => (day === undefined ? '' : format.calendarDay(day.date)));
  return (
    <div className="trend-charts">
      <figure>
        <figcaption>
          {t.plan.trendDemand}{' '}
          <b className="trend-value">
            {format.count(Math.round(week / Math.max(1, Math.min(7, told.length))))}
          </b>{' '}
          <small>{t.plan.weekMean}</small>
        </figcaption>
        <Spark
          kind="area"
          label={t.plan.trendDemand}
          points={days.map(({ date, demandUnits }) => ({
            name: date,
            value: demandUnits === null ? null : Number(demandUnits),
            text: `${format.calendarDay(date)}: ${format.quantity(demandUnits)}`,
          }))}
        />
      </figure>
      <figure>
        <figcaption>
          {t.plan.trendAlerts}{' '}
          <b className="trend-value">{today === undefined ? missing : format.count(today.openAlertCount)}</b>
        </figcaption>
        <Spark
          kind="bars"
          label={t.plan.trendAlerts}
          points={days.map((day) => ({
            name: day.date,
            value: day.openAlertCount,
            text: `${format.calendarDay(day.date)}: ${format.count(day.openAlertCount)} (+${day.openedAlertCount} −${day.resolvedAlertCount})`,
          }))}
        />
      </figure>
      <p className="trend-ends note">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
    </div>
  );
}

function TrendTable({ days }: { days: readonly Day[] }) {
  const { t } = useLocale();
  const format = useFormat();
  return (
    <div className="trend-table">
      <DataTable
        label={t.plan.trend}
        rows={days.toReversed()}
        keyOf={({ date }) => date}
        columns={[
          { title: t.plan.day, cell: ({ date }) => format.calendarDay(date) },
          {
            title: t.plan.trendDemand,
            isNumber: true,
            cell: ({ demandUnits }) => format.quantity(demandUnits),
          },
          {
            title: t.plan.openedOn,
            isNumber: true,
            cell: ({ openedAlertCount }) => format.count(openedAlertCount),
          },
          {
            title: t.plan.resolvedOn,
            isNumber: true,
            cell: ({ resolvedAlertCount }) => format.count(resolvedAlertCount),
          },
          {
            title: t.plan.trendAlerts,
            isNumber: true,
            cell: ({ openAlertCount }) => format.count(openAlertCount),
          },
        ]}
      />
    </div>
  );
}
