import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../../parts/icon.tsx';
import { exportItems } from './export-items.ts';
import type { ItemFilters } from './item-filters.ts';

/** Saves all items that fit the filters as a file, page by page; can be stopped. */
export function ExportButton({ filters }: { filters: ItemFilters }) {
  const { t } = useLocale();
  const format = useFormat();
  const client = useClient();
  const [rows, setRows] = useState<number | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const stop = new AbortController();
    running.current = stop;
    setFailed(false);
    setRows(0);
    const { items } = t;
    const heads = [
      t.alerts.search,
      items.item,
      items.category,
      t.item.quantity,
      items.available,
      t.item.threshold,
      t.plan.daysToStockOut,
      t.plan.health,
      t.plan.excessValue,
      t.plan.class,
      items.incoming,
      items.listed,
      items.difference,
    ];
    try {
      const file = await exportItems(client, filters, heads, setRows, stop.signal);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `shuiwei-items-${new Date().toISOString().slice(0, 10)}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch {
      setFailed(!stop.signal.aborted);
    }
    setRows(null);
  };

  return (
    <>
      {hasFailed && (
        <span className="problem" role="alert">
          {t.items.exportFailed}
        </span>
      )}
      {rows === null ? (
        <button type="button" onClick={() => void run()}>
          <Icon name="download" size={16} /> {t.items.export}
        </button>
      ) : (
        <button type="button" onClick={() => running.current?.abort()}>
          {t.items.exporting(format.count(rows))} {t.items.exportStop}
        </button>
      )}
    </>
  );
}
