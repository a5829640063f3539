import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { BootQuery, ItemRowFragment } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DataStateBadge } from '../../parts/badges.tsx';
import { HealthMark } from '../../parts/health-mark.tsx';
import { Icon } from '../../parts/icon.tsx';
import { LevelBar, levelTone } from '../../parts/level-bar.tsx';
import type { ItemFilters } from './item-filters.ts';
import { itemThreshold, watchedLevels } from './item-level.ts';
import type { ItemPages } from './use-item-pages.ts';

/** Height of a row, px; the style sheet says the same. */
const rowHeight = 58;
/** A stock-out within so many days is marked. */
const soonDays = 7;
/** Rows read ahead of what is seen. */
const rowsAhead = 10;

/** A table of any length: only what is seen is drawn, and more is read on the way. */
export function ItemTable(props: {
  pages: ItemPages;
  warehouses: BootQuery['warehouses']['nodes'];
  filters: ItemFilters;
  onSort: (sort: string, direction: string) => void;
}) {
  const { t } = useLocale();
  const { pages, filters, onSort } = props;
  const { items, hasMore, loadMore, isLoading } = pages;
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoading && last >= items.length - rowsAhead) loadMore();
  }, [hasMore, isLoading, last, items.length, loadMore]);
  // Another order begins at its first row.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question, not a new answer, moves the table
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 });
  }, [filters]);
  const columns = [
    ['sku', t.items.item],
    ['available', t.items.level],
    ['', t.items.places],
    ['days', t.plan.daysLeft],
    ['health', t.plan.health],
    ['excess', t.plan.excessValue],
    ['incoming', t.items.incoming],
    ['difference', t.items.difference],
  ] as const;
  return (
    <div
      className="item-table"
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label={t.items.title}
      aria-busy={isLoading}
    >
      <div role="table" aria-label={t.items.title} aria-rowcount={hasMore ? -1 : items.length + 1}>
        <div role="rowgroup" className="item-head">
          <div role="row" className="item-row" aria-rowindex={1}>
            {columns.map(([sort, title]) => (
              <SortHead key={title} sort={sort} title={title} filters={filters} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="item-body" style={{ blockSize: `${rows.getTotalSize()}px` }}>
          {shown.map((row) => {
            const item = items[row.index];
            return item === undefined ? null : (
              <ItemLine key={item.id} item={item} index={row.index} offset={row.start} />
            );
          })}
        </div>
      </div>
      {hasMore && <p className="note reading">{t.items.loadingMore}</p>}
    </div>
  );
}

function SortHead(props: {
  sort: string;
  title: string;
  filters: ItemFilters;
  onSort: (sort: string, direction: string) => void;
}) {
  const { t } = useLocale();
  const { sort, title, filters, onSort } = props;
  if (sort === '') {
    return (
      <div role="columnheader" className="places">
        {title}
      </div>
    );
  }
  const isSorted = (filters.sort || 'sku') === sort;
  const isDescending = isSorted && filters.direction === 'desc';
  return (
    <div
      role="columnheader"
      className={sort}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="sort"
        title={sort === 'days' ? t.plan.firstPlace : undefined}
        onClick={() => onSort(sort === 'sku' ? '' : sort, isSorted && !isDescending ? 'desc' : '')}
      >
        {title}
        {isSorted && <Icon name={isDescending ? 'down' : 'up'} size={14} />}
        {isSorted && <span className="unseen">{isDescending ? t.items.descending : t.items.ascending}</span>}
      </button>
    </div>
  );
}

function ItemLine({ item, index, offset }: { item: ItemRowFragment; index: number; offset: number }) {
  const { t } = useLocale();
  const format = useFormat();
  const levels = watchedLevels(item);
  const doubtful = levels.find(({ dataState }) => dataState !== 'FRESH');
  return (
    <div
      role="row"
      className="item-row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <div role="cell" className="sku what">
        <Link href={`/items/${encodeURIComponent(item.sku)}`}>{item.title}</Link>
        <small>
          {item.sku}
          {item.category !== null && ` · ${item.category}`}{' '}
          {doubtful !== undefined && <DataStateBadge state={doubtful.dataState} />}
        </small>
      </div>
      <div role="cell" className="available">
        <LevelBar available={item.available} threshold={itemThreshold(item)} />
      </div>
      <div role="cell" className="places">
        {levels.map((level) => {
          const threshold = level.safetyStock?.value ?? null;
          const tone = levelTone(Number(level.available), threshold === null ? null : Number(threshold));
          const text = `${level.warehouse.name}: ${
            threshold === null
              ? t.level.barNoThreshold(format.quantity(level.available))
              : t.level.bar(format.quantity(level.available), format.quantity(threshold))
          }`;
          return (
            <span key={level.id} className={`chip ${tone}`} title={text}>
              <span className="unseen">{text}</span>
              <span aria-hidden="true">
                {level.warehouse.kind === 'PHYSICAL'
                  ? level.warehouse.code
                  : label(t.warehouseKind, level.warehouse.kind)}{' '}
                {format.quantity(level.available)}
              </span>
            </span>
          );
        })}
      </div>
      <PlanCells item={item} />
      <div role="cell" className="incoming number">
        {item.incoming === null ? (
          <span title={label(t.unavailable, item.incomingUnavailableReason ?? '')}>{missing}</span>
        ) : (
          format.quantity(item.incoming)
        )}
      </div>
      <div
        role="cell"
        className={`difference number ${Number(item.listingDifference ?? 0) > 0 ? 'risky' : ''}`}
      >
        {format.quantity(item.listingDifference)}
      </div>
    </div>
  );
}

/** What planning says of the item. */
function PlanCells({ item }: { item: ItemRowFragment }) {
  const { t } = useLocale();
  const format = useFormat();
  const { daysToStockOut: days, health, excessValue } = item;
  const why = (reason: string | null) => (reason === null ? undefined : label(t.unavailable, reason));
  const isSoon = days?.p50 != null && Number(days.p50) <= soonDays;
  return (
    <>
      <div role="cell" className={`days number ${isSoon ? 'risky' : ''}`}>
        {days === null ? (
          <span title={why(item.daysToStockOutUnavailableReason)}>{missing}</span>
        ) : (
          <span title={`P10 – P90: ${days.p10 ?? '>'} – ${days.p90 ?? '>'}`}>
            {days.p50 === null ? `> ${format.count(days.horizonDays)}` : format.quantity(days.p50)}
          </span>
        )}
      </div>
      <div role="cell" className="health-cell" title={why(item.healthUnavailableReason)}>
        <HealthMark health={health} />
      </div>
      <div role="cell" className="excess number">
        {excessValue === null ? (
          <span title={why(item.valueUnavailableReason)}>{missing}</span>
        ) : (
          format.money(excessValue)
        )}
      </div>
    </>
  );
}
