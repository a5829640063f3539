import type { ItemQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Ago } from '../../parts/ago.tsx';
import { DataStateBadge, TierBadge, ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { HealthMark } from '../../parts/health-mark.tsx';
import { LevelBar } from '../../parts/level-bar.tsx';
import { Card } from '../../parts/page-head.tsx';
import { ThresholdCell } from './threshold-cell.tsx';

type Level = NonNullable<ItemQuery['item']>['stockLevels']['nodes'][number];

/** The item in every place where it lies or is offered. */
export function ItemLevels({ item }: { item: NonNullable<ItemQuery['item']> }) {
  const { t } = useLocale();
  const format = useFormat();
  const quantity = (level: Level, value: string | null) =>
    value === null ? (
      <span title={label(t.unavailable, level.quantityUnavailableReason ?? '')}>{missing}</span>
    ) : (
      format.quantity(value)
    );
  return (
    <Card title={t.item.levels} className="levels">
      <DataTable
        label={t.item.levels}
        rows={item.stockLevels.nodes}
        keyOf={({ id }) => id}
        columns={[
          {
            title: t.item.place,
            cell: ({ warehouse, isWatched }) => (
              <>
                {warehouse.name} {!isWatched && <ToneBadge tone="quiet">{t.item.notWatched}</ToneBadge>}
                <br />
                <small>{label(t.warehouseKind, warehouse.kind)}</small>
              </>
            ),
          },
          {
            title: t.items.level,
            cell: (level) => (
              <span className="bar-frame">
                <LevelBar available={level.available} threshold={level.safetyStock?.value ?? null} />
              </span>
            ),
          },
          {
            title: t.item.threshold,
            isNumber: true,
            cell: (level) => <ThresholdCell item={item} level={level} />,
          },
          {
            title: t.plan.daysLeft,
            isNumber: true,
            cell: ({ daysToStockOut: days }) =>
              days === null ? (
                missing
              ) : (
                <>
                  {days.p50 === null ? `> ${format.count(days.horizonDays)}` : format.quantity(days.p50)}
                  <br />
                  <small>
                    {days.p10 ?? '>'} – {days.p90 ?? '>'}
                  </small>
                </>
              ),
          },
          {
            title: t.plan.advice,
            cell: ({ urgency, orderByOn }) =>
              urgency === null ? (
                missing
              ) : (
                <>
                  <TierBadge tier={urgency.tier} />
                  {orderByOn !== null && (
                    <>
                      <br />
                      <small className="one-line">{t.plan.orderBy(format.calendarDay(orderByOn))}</small>
                    </>
                  )}
                </>
              ),
          },
          { title: t.plan.health, isNumber: true, cell: ({ health }) => <HealthMark health={health} /> },
          { title: t.item.onHand, isNumber: true, cell: (level) => quantity(level, level.onHand) },
          { title: t.item.reserved, isNumber: true, cell: (level) => quantity(level, level.reserved) },
          { title: t.item.damaged, isNumber: true, cell: (level) => quantity(level, level.damaged) },
          { title: t.item.incoming, isNumber: true, cell: (level) => quantity(level, level.incoming) },
          {
            title: t.item.checked,
            cell: ({ checkedAt, dataState, suspectReading }) => (
              <>
                <Ago at={checkedAt} /> <DataStateBadge state={dataState} />
                {suspectReading !== null && (
                  <>
                    <br />
                    <small className="problem">
                      {t.item.heldBack(
                        format.quantity(suspectReading.available),
                        suspectReading.reason ?? missing,
                      )}
                    </small>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
