import { Link } from 'wouter';
import type { PortfolioRowFragment, WhatIfQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { DataTable } from '../../parts/data-table.tsx';

type Plan = WhatIfQuery['portfolioPlan'];
type Money = PortfolioRowFragment['shortfallValue'];

/** The figures as they are beside what they would be, and the levels that change most. */
export function WhatIfTables({ plan }: { plan: Plan }) {
  const { t } = useLocale();
  const format = useFormat();
  const { base, scenario } = plan;
  const count = (name: string, pick: (row: PortfolioRowFragment) => number) => ({
    name,
    base: format.count(pick(base)),
    scenario: format.count(pick(scenario)),
    change: signed(pick(scenario) - pick(base), format.count),
  });
  const money = (name: string, pick: (row: PortfolioRowFragment) => Money) => ({
    name,
    base: format.money(pick(base)),
    scenario: format.money(pick(scenario)),
    change: signed(Number(pick(scenario).amount) - Number(pick(base).amount), (value) =>
      format.money({ amount: String(value), currencyCode: pick(base).currencyCode }),
    ),
  });
  const rows = [
    count(t.suggestions.figures.likelyOut, (row) => row.likelyOutCount),
    count(t.suggestions.figures.atRisk, (row) => row.atRiskCount),
    count(t.suggestions.figures.reorderDue, (row) => row.reorderDueCount),
    money(t.suggestions.figures.shortfall, (row) => row.shortfallValue),
    money(t.suggestions.figures.safetyStock, (row) => row.safetyStockValue),
    money(t.suggestions.figures.lostMargin, (row) => row.expectedLostMargin),
    money(t.suggestions.figures.excess, (row) => row.excessValue),
  ];
  return (
    <>
      <DataTable
        label={t.suggestions.whatIf}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { title: t.suggestions.figure, cell: ({ name }) => name },
          { title: t.suggestions.base, isNumber: true, cell: (row) => row.base },
          { title: t.suggestions.scenario, isNumber: true, cell: (row) => <b>{row.scenario}</b> },
          { title: t.suggestions.change, isNumber: true, cell: (row) => row.change },
        ]}
      />
      <Changes plan={plan} />
    </>
  );
}

function Changes({ plan }: { plan: Plan }) {
  const { t } = useLocale();
  const format = useFormat();
  const days = (row: Plan['changes'][number]['base']) =>
    row.daysToStockOut === null
      ? missing
      : (row.daysToStockOut.p50 ?? `> ${format.count(row.daysToStockOut.horizonDays)}`);
  return (
    <DataTable
      label={t.suggestions.mostChanged}
      rows={plan.changes.flatMap((row) =>
        row.stockLevel === null ? [] : [{ ...row, level: row.stockLevel }],
      )}
      keyOf={({ level }) => level.id}
      columns={[
        {
          title: t.suggestions.mostChanged,
          cell: ({ level }) => (
            <Link href={`/items/${encodeURIComponent(level.item.sku)}`}>{level.item.title}</Link>
          ),
        },
        {
          title: t.plan.daysLeft,
          isNumber: true,
          cell: ({ base, scenario }) => `${days(base)} → ${days(scenario)}`,
        },
        {
          title: t.plan.reorderPoint,
          isNumber: true,
          cell: ({ base, scenario }) =>
            `${format.quantity(base.reorderPoint?.value)} → ${format.quantity(scenario.reorderPoint?.value)}`,
        },
      ]}
    />
  );
}

function signed(change: number, write: (value: number) => string): string {
  if (change === 0) return '±0';
  return `${change > 0 ? '+' : '−'}${write(Math.abs(change))}`;
}
