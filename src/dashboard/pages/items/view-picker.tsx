import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useLocale } from '../../i18n/locale-context.tsx';
import { SelectField } from '../../parts/fields.tsx';
import { deleteView, readViews, type SavedView, saveView } from './saved-views.ts';

/** Views that come with the table, by the text that names them. */
const builtIn = [
  ['showRisk', 'show=risk&sort=days'],
  ['urgency', 'sort=urgency&direction=desc'],
  ['showUnhealthy', 'show=unhealthy&sort=health'],
  ['showExcess', 'show=excess&sort=excess&direction=desc'],
] as const;

/** Chooses among views that come with the table and those that somebody saved in this browser. */
export function ViewPicker() {
  const { t } = useLocale();
  const search = normalize(useSearch());
  const [, navigate] = useLocation();
  const [views, setViews] = useState<readonly SavedView[]>(() => readViews(localStorage));
  const [isNaming, setNaming] = useState(false);
  const saved = views.find(({ query }) => normalize(query) === search);
  const offered = builtIn.find(([, query]) => normalize(query) === search);
  const isOther = search !== '' && saved === undefined && offered === undefined;
  return (
    <>
      <SelectField
        label={t.plan.views}
        name="view"
        value={isOther ? '?' : search}
        onChange={(query) => navigate(query === '' ? '/items' : `/items?${query}`, { replace: true })}
        options={[
          ['', t.plan.viewNone],
          ...(isOther ? [['?', '…'] as const] : []),
          ...builtIn.map(([name, query]) => [normalize(query), t.plan[name]] as const),
          ...views.map(({ name, query }) => [normalize(query), `★ ${name}`] as const),
        ]}
      />
      {saved !== undefined ? (
        <button type="button" onClick={() => setViews(deleteView(localStorage, saved.name))}>
          {t.plan.viewDelete}
        </button>
      ) : (
        isOther && (
          <button type="button" onClick={() => setNaming(true)}>
            {t.plan.viewSave}
          </button>
        )
      )}
      {isNaming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => setViews(saveView(localStorage, name, search))}
        />
      )}
    </>
  );
}

function NameDialog({ onClose, onName }: { onClose: () => void; onName: (name: string) => void }) {
  const { t } = useLocale();
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onClose} aria-label={t.plan.viewSave}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onName(name);
          dialog.current?.close();
        }}
      >
        <label className="field">
          <span>{t.plan.viewName}</span>
          <input
            name="view-name"
            value={name}
            required
            maxLength={40}
            pattern=".*\S.*"
            placeholder={t.plan.viewHint}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <div className="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t.alerts.cancel}
          </button>
          <button type="submit" className="primary">
            {t.plan.viewSave}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** The same selection always in the same words, whatever the order in which it was chosen. */
function normalize(query: string): string {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
}
