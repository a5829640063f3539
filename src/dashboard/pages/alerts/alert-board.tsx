import { useCallback, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useSurroundings } from '../../boot.tsx';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useAlertActions } from '../../parts/alert-actions.ts';
import { SearchField, SelectField } from '../../parts/fields.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { useUrlFilters } from '../../parts/use-url-filters.ts';
import { ActionDialog, type PendingAction } from './action-dialog.tsx';
import { AlertLine } from './alert-line.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { HeldNote } from './held-note.tsx';
import { NoticeSwitch } from './notice-switch.tsx';
import { SoundSwitch } from './sound-switch.tsx';
import { useAlertList } from './use-alert-list.ts';
import './alert-board.css';

const filterValues = {
  state: ['FIRING', 'ACKNOWLEDGED', 'SNOOZED', 'RESOLVED', 'all'],
  severity: ['CRITICAL', 'WARNING', 'INFO'],
  kind: null,
  warehouse: null,
  sku: null,
  held: ['yes'],
} as const;

/** All alerts by urgency, live; taken up and silenced in place. */
export function AlertBoard() {
  const { t } = useLocale();
  const format = useFormat();
  const { viewer, warehouses } = useSurroundings();
  const { filters, set, clear, hasAny } = useUrlFilters(filterValues);
  const list = useAlertList(filters);
  const actions = useAlertActions();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [pending, setPending] = useState<PendingAction | null>(null);
  const mayAct = viewer.scopes.includes('WRITE_ALERTS');
  const toggle = useCallback((id: string, isOn: boolean) => {
    setSelected((before) => {
      const next = new Set(before);
      if (isOn) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const shown = useMemo(() => list.alerts.filter(({ id }) => selected.has(id)), [list.alerts, selected]);
  const total = list.total;
  return (
    <>
      <PageHead
        title={t.alerts.title}
        note={
          total === null
            ? t.alerts.intro
            : `${(total.precision === 'EXACT' ? t.alerts.shown : t.alerts.atLeast)(format.count(total.value))} · ${t.alerts.intro}`
        }
      >
        <Link href="/alerts/rules" className="button">
          {t.rules.title}
        </Link>
        <SoundSwitch />
        <NoticeSwitch />
      </PageHead>
      <search className="filters">
        <SelectField
          label={t.alerts.state}
          name="state"
          value={filters.state}
          onChange={(value) => set('state', value)}
          options={[
            ['', t.alerts.stateOpen],
            ['FIRING', t.alertState.FIRING],
            ['ACKNOWLEDGED', t.alertState.ACKNOWLEDGED],
            ['SNOOZED', t.alertState.SNOOZED],
            ['RESOLVED', t.alertState.RESOLVED],
            ['all', t.alerts.all],
          ]}
        />
        <SelectField
          label={t.alerts.severity}
          name="severity"
          value={filters.severity}
          onChange={(value) => set('severity', value)}
          options={[['', t.alerts.all], ...Object.entries(t.severity)]}
        />
        <SelectField
          label={t.alerts.kind}
          name="kind"
          value={filters.kind}
          onChange={(value) => set('kind', value)}
          options={[['', t.alerts.all], ...Object.entries(t.alertKind)]}
        />
        <SelectField
          label={t.alerts.warehouse}
          name="warehouse"
          value={filters.warehouse}
          onChange={(value) => set('warehouse', value)}
          options={[['', t.alerts.all], ...warehouses.nodes.map(({ code, name }) => [code, name] as const)]}
        />
        <SearchField
          label={t.alerts.search}
          name="sku"
          value={filters.sku}
          hint={t.alerts.searchHint}
          onChange={(value) => set('sku', value)}
        />
        {hasAny && (
          <button type="button" onClick={clear}>
            {t.states.clearFilters}
          </button>
        )}
      </search>
      <HeldNote
        count={list.held}
        isShown={filters.held === 'yes'}
        onShow={(isShown) => set('held', isShown ? 'yes' : '')}
      />
      {mayAct && list.alerts.length > 0 && (
        <BulkBar
          all={list.alerts}
          selected={shown}
          onSelectAll={(isOn) => setSelected(new Set(isOn ? list.alerts.map(({ id }) => id) : []))}
          onAct={(kind) => setPending({ kind, alerts: shown })}
        />
      )}
      {list.failure !== null && list.alerts.length === 0 ? (
        <FailureState failure={list.failure} onRetry={list.reload} onClear={clear} />
      ) : list.isLoading && list.alerts.length === 0 ? (
        <LoadingState rows={10} />
      ) : list.alerts.length === 0 ? (
        <EmptyState icon="check" title={t.alerts.empty} help={t.alerts.emptyHelp} />
      ) : (
        <ol className="board" aria-label={t.alerts.title}>
          {list.alerts.map((alert) => (
            <AlertLine
              key={alert.id}
              alert={alert}
              mayAct={mayAct}
              isSelected={selected.has(alert.id)}
              onSelect={toggle}
              onAct={(kind) => setPending({ kind, alerts: [alert] })}
              onUnsnooze={async () => {
                const { alert: after } = await actions.unsnooze(alert.id);
                if (after !== null) list.take(after);
              }}
            />
          ))}
        </ol>
      )}
      {list.hasMore && (
        <p className="more">
          <button type="button" onClick={list.loadMore} disabled={list.isLoading}>
            {t.alerts.more}
          </button>
        </p>
      )}
      {pending !== null && (
        <ActionDialog
          action={pending}
          actions={actions}
          onDone={list.take}
          onClose={() => {
            setPending(null);
            setSelected(new Set());
          }}
        />
      )}
    </>
  );
}
