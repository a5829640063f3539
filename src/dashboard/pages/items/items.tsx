import { useSurroundings } from '../../boot.tsx';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { SearchField, SelectField } from '../../parts/fields.tsx';
import { Legend } from '../../parts/legend.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { useUrlFilters } from '../../parts/use-url-filters.ts';
import { ExportButton } from './export-button.tsx';
import { itemFilterValues } from './item-filters.ts';
import { ItemTable } from './item-table.tsx';
import { useItemPages } from './use-item-pages.ts';
import { ViewPicker } from './view-picker.tsx';
import './items.css';

/** All items with their water levels. */
export function Items() {
  const { t } = useLocale();
  const format = useFormat();
  const { warehouses } = useSurroundings();
  const { filters, set, clear, hasAny } = useUrlFilters(itemFilterValues);
  const pages = useItemPages(filters);
  const { total } = pages;
  return (
    <div className="items-page">
      <PageHead
        title={t.items.title}
        note={
          total === null
            ? ' '
            : (total.precision === 'EXACT' ? t.items.count : t.items.atLeast)(format.count(total.value))
        }
      >
        <Legend
          entries={[
            ['', t.level.ok],
            ['low', t.level.low],
            ['out', t.level.out],
            ['line', t.level.legendThreshold],
          ]}
        />
        <ExportButton filters={filters} />
      </PageHead>
      <search className="filters">
        <ViewPicker />
        <SearchField
          label={t.items.search}
          name="q"
          value={filters.q}
          hint={t.items.searchHint}
          onChange={(value) => set('q', value)}
        />
        <SelectField
          label={t.items.show}
          name="show"
          value={filters.show}
          onChange={(value) => set('show', value)}
          options={[
            ['', t.items.showAll],
            ['low', t.items.showLow],
            ['out', t.items.showOut],
            ['risk', t.plan.showRisk],
            ['unhealthy', t.plan.showUnhealthy],
            ['excess', t.plan.showExcess],
            ['oversell', t.items.showOversell],
          ]}
        />
        <SelectField
          isSecondary
          label={t.plan.class}
          name="abc"
          value={filters.abc}
          onChange={(value) => set('abc', value)}
          options={[['', t.alerts.all], ...(['A', 'B', 'C'] as const).map((name) => [name, name] as const)]}
        />
        <SearchField
          isSecondary
          label={t.items.category}
          name="category"
          value={filters.category}
          hint={t.items.categoryHint}
          onChange={(value) => set('category', value)}
        />
        {hasAny && (
          <button type="button" onClick={clear}>
            {t.states.clearFilters}
          </button>
        )}
      </search>
      {pages.failure !== null && pages.items.length === 0 ? (
        <FailureState failure={pages.failure} onRetry={pages.reload} onClear={clear} />
      ) : pages.items.length > 0 ? (
        <ItemTable
          pages={pages}
          warehouses={warehouses.nodes}
          filters={filters}
          onSort={(sort, direction) => {
            set('sort', sort);
            set('direction', direction);
          }}
        />
      ) : pages.isLoading ? (
        <LoadingState rows={12} />
      ) : hasAny ? (
        <EmptyState icon="search" title={t.items.empty} help={t.items.emptyHelp} />
      ) : (
        <EmptyState icon="box" title={t.items.emptyAll} help={t.items.emptyAllHelp} />
      )}
    </div>
  );
}
