import type { OverviewQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../parts/page-head.tsx';

/** What the running business day brought. @param days - null = not there yet */
export function TodayCard({ days }: { days: OverviewQuery['overview']['trend'] | null }) {
  const { t } = useLocale();
  const format = useFormat();
  const today = days?.at(-1);
  const yesterday = days?.at(-2);
  const facts = [
    [t.plan.todayOpened, today === undefined ? null : `+${format.count(today.openedAlertCount)}`, 'bad'],
    [t.plan.todayResolved, today === undefined ? null : `−${format.count(today.resolvedAlertCount)}`, 'good'],
    [
      t.plan.todayDemand,
      yesterday === undefined ? null : format.quantity(yesterday.demandUnits),
      yesterday?.demandUnits == null ? '' : 'plain',
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
