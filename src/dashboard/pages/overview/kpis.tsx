import type { OverviewQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Kpi } from './kpi.tsx';

/** The figures that one looks at first. @param overview - null = not there yet; the places stay the same */
export function Kpis({ overview }: { overview: OverviewQuery['overview'] | null }) {
  return (
    <ul className="kpis">
      <StockRisks overview={overview} />
      <StockFigures overview={overview} />
    </ul>
  );
}

function StockRisks({ overview }: { overview: OverviewQuery['overview'] | null }) {
  const { t } = useLocale();
  const format = useFormat();
  const count = (value: number | undefined) => (value === undefined ? null : format.count(value));
  const ofLevels = overview === null ? ' ' : t.overview.levels(format.count(overview.stockLevelCount));
  return (
    <>
      <Kpi
        title={t.overview.openAlerts}
        value={count(overview?.openAlertCount)}
        note={
          overview === null || overview.openAlertCount === 0
            ? ' '
            : `${t.severity.CRITICAL} ${format.count(overview.criticalAlertCount)} · ${
                overview.firingAlertCount === 0
                  ? t.overview.allHandled
                  : t.overview.unhandled(format.count(overview.firingAlertCount))
              }`
        }
        tone={(overview?.criticalAlertCount ?? 0) > 0 ? 'bad' : 'plain'}
        href="/alerts"
      />
      <Kpi
        title={t.plan.atRisk}
        value={count(overview?.atRiskItemCount)}
        note={
          overview === null || overview.itemCount === 0
            ? ' '
            : t.plan.atRiskHelp(format.percent(overview.atRiskItemCount / overview.itemCount))
        }
        tone={(overview?.atRiskItemCount ?? 0) > 0 ? 'bad' : 'plain'}
        href="/items?sort=urgency&direction=desc"
      />
      <Kpi
        title={t.overview.outOfStock}
        value={count(overview?.outOfStockLevelCount)}
        note={ofLevels}
        tone={(overview?.outOfStockLevelCount ?? 0) > 0 ? 'bad' : 'plain'}
        href="/items?show=out"
      />
      <Kpi
        title={t.overview.lowLevels}
        value={count(overview?.lowStockLevelCount)}
        note={ofLevels}
        tone={(overview?.lowStockLevelCount ?? 0) > 0 ? 'warn' : 'plain'}
        href="/items?show=low"
      />
    </>
  );
}

const bandTones = { CRITICAL: 'bad', POOR: 'warn', FAIR: 'plain', GOOD: 'good' } as const;

function StockFigures({ overview }: { overview: OverviewQuery['overview'] | null }) {
  const { t } = useLocale();
  const format = useFormat();
  const why =
    overview?.kpiUnavailableReason == null ? ' ' : label(t.unavailable, overview.kpiUnavailableReason);
  /** @returns null while nothing is there, a dash for what is not known */
  const shown = <Value,>(value: Value | null | undefined, write: (value: Value) => string) =>
    overview === null ? null : value == null ? missing : write(value);
  const health = overview?.health ?? null;
  const value = overview?.plannedStockValue ?? null;
  return (
    <>
      <Kpi
        title={t.plan.health}
        value={shown(health, ({ score }) => format.count(Math.round(Number(score))))}
        note={
          health === null
            ? why
            : `${label(t.plan.bands, health.band)} · ${t.plan.healthOf(format.count(health.levelCount))}`
        }
        tone={health === null ? 'plain' : (bandTones[health.band as keyof typeof bandTones] ?? 'plain')}
        meter={health === null ? null : Number(health.score) / 100}
        href="/warehouses"
      />
      <Kpi
        title={t.plan.inStockRate}
        value={shown(overview?.inStockRate, format.percent)}
        note={overview?.inStockRate == null ? why : t.plan.ninetyDays}
        meter={overview?.inStockRate ?? null}
      />
      <Kpi
        title={t.plan.turnover}
        value={shown(overview?.turnover, (turns) =>
          t.plan.turns(format.count(Math.round(Number(turns) * 10) / 10)),
        )}
        note={overview?.turnover == null ? why : t.plan.ninetyDays}
      />
      <Kpi
        title={t.plan.stockValue}
        value={shown(value, format.money)}
        note={
          overview === null
            ? ' '
            : value === null
              ? why
              : `${format.quantity(overview.availableUnits)} ${t.plan.pieces}${
                  overview.excessValue === null
                    ? ''
                    : ` · ${t.plan.excess(format.money(overview.excessValue))}`
                }`
        }
        href="/items?show=excess&sort=excess&direction=desc"
      />
    </>
  );
}
