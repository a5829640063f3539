import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { ItemDemandDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useBusinessTime } from '../../live/business-time.tsx';
import type { ChartColors } from '../../parts/chart-option.ts';
import { Icon } from '../../parts/icon.tsx';
import { Legend } from '../../parts/legend.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, LoadingState } from '../../parts/states.tsx';
import { demandChartOption } from './demand-chart-option.ts';
import { addDemand, addForecasts } from './demand-days.ts';
import { DemandTable } from './demand-table.tsx';
import type { PlannedLevel } from './projection.ts';

const Chart = lazy(() => import('../../parts/chart.tsx').then((part) => ({ default: part.Chart })));

/** Days of the past and of the future that are shown. */
const daysBack = 56;
const daysAhead = 28;
const dayMs = 86_400_000;

/** What customers wanted day by day, and what they are expected to want. */
export function DemandChart({ sku, plan }: { sku: string; plan: readonly PlannedLevel[] | null }) {
  const { t, locale } = useLocale();
  const format = useFormat();
  const { now } = useBusinessTime();
  const [isTable, setTable] = useState(false);
  const [span] = useState(() => {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    return { from: day(now() - daysBack * dayMs), to: day(now() + dayMs) };
  });
  const [{ data }] = useQuery({ query: ItemDemandDocument, variables: { sku, ...span } });
  const days = useMemo(() => addDemand(data?.item?.stockLevels.nodes ?? []), [data]);
  const ahead = useMemo(() => addForecasts(plan ?? []).slice(0, daysAhead), [plan]);
  const makeOption = useCallback(
    (colors: ChartColors) => demandChartOption({ days, ahead }, colors, t, format),
    [days, ahead, t, format],
  );
  const isEmpty = days.length === 0 && ahead.length === 0;
  return (
    <Card
      title={t.plan.demand}
      note={t.plan.demandHelp}
      actions={
        <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Icon name={isTable ? 'chart' : 'table'} size={16} /> {isTable ? t.item.asChart : t.item.asTable}
        </button>
      }
    >
      <div className="chart-frame low">
        {data === undefined || plan === null ? (
          <LoadingState rows={5} />
        ) : isEmpty ? (
          <EmptyState icon="chart" title={t.plan.noDemand} help={t.plan.noDemandHelp} />
        ) : isTable ? (
          <DemandTable days={days} ahead={ahead} />
        ) : (
          <Suspense fallback={<LoadingState rows={5} />}>
            <Chart makeOption={makeOption} name={`demand ${locale}`} label={t.plan.demand} />
          </Suspense>
        )}
      </div>
      <Legend
        entries={[
          ['', t.plan.wanted],
          ['shade-suspect', t.plan.censored],
          ['stroke-projection', t.plan.forecastMean],
          ['shade-fan', 'P10 – P90'],
        ]}
      />
    </Card>
  );
}
