import type { AlertRowFragment } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';

/** Acts on several alerts at once. */
export function BulkBar(props: {
  all: readonly AlertRowFragment[];
  selected: readonly AlertRowFragment[];
  onSelectAll: (isOn: boolean) => void;
  onAct: (kind: 'acknowledge' | 'snooze') => void;
}) {
  const { t } = useLocale();
  const { all, selected, onSelectAll, onAct } = props;
  const isAll = selected.length > 0 && selected.length === all.length;
  return (
    <div className="bulk">
      <label className="tick">
        <input
          type="checkbox"
          checked={isAll}
          ref={(box) => {
            if (box !== null) box.indeterminate = selected.length > 0 && !isAll;
          }}
          onChange={(event) => onSelectAll(event.target.checked)}
        />
        <span>{selected.length === 0 ? t.alerts.selectAll : t.alerts.selected(selected.length)}</span>
      </label>
      <button type="button" disabled={selected.length === 0} onClick={() => onAct('acknowledge')}>
        {t.alerts.acknowledge}
      </button>
      <button type="button" disabled={selected.length === 0} onClick={() => onAct('snooze')}>
        {t.alerts.snooze}
      </button>
    </div>
  );
}
