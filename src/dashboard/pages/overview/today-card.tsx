import type { OverviewQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../parts/page-head.tsx';

/**
 * What the running business day brought, and the demand of the last day that was read to its end: orders come hours
 * or days late, and a day half read would look like a bad one.
 *
 * @param days - null = not there yet
 */
export function TodayCard({ days }: { days: OverviewQuery['overview']['trend'] | null }) {
  const { t } = useLocale();
  const format = useFormat();
  const today = days?.at(-1);
  const told = days?.findLast(({ demandUnits }) => demandUnits !== null);
  const isYesterday = told === undefined || told === days?.at(-2);
  const facts = [
    [t.plan.todayOpened, today === undefined ? null : `+${format.count(today.openedAlertCount)}`, 'bad'],
    [t.plan.todayResolved, today === undefined ? null : `−${format.count(today.resolvedAlertCount)}`, 'good'],
    [
      isYesterday ? t.plan.todayDemand : t.plan.dayDemand(format.calendarDay(told.date)),
      days === null ? null : format.quantity(told?.demandUnits),
      'plain',
    ],
  ] as const;
  return (
    <Card title={t.plan.today} className="today">
      <dl>
        {facts.map(([name, value, tone]) => (
          <div key={name} className={tone}>
            <dd>{value ?? <span className="bone" />}</dd>
            <dt>{name}</dt>
          </div>
        ))}
      </dl>
    </Card>
  );
}
