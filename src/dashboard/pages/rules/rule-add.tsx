import { useState } from 'react';
import { useClient } from 'urql';
import { problemOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { type AlertSeverity, ItemOfSkuDocument, type StockAlertKind } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useRuleSave } from './use-rule-save.ts';

/** Makes a rule for a category, a warehouse, an item, or an item in a warehouse; numbers are then set in its row. */
export function RuleAdd({ kind, onSaved }: { kind: StockAlertKind; onSaved: () => void }) {
  const { t } = useLocale();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        {t.rules.add}
      </button>
    );
  }
  return (
    <AddForm
      kind={kind}
      onCancel={() => setOpen(false)}
      onDone={() => {
        setOpen(false);
        onSaved();
      }}
    />
  );
}

/** What is typed and what was refused end with the form: one that is opened again begins empty. */
function AddForm(props: { kind: StockAlertKind; onDone: () => void; onCancel: () => void }) {
  const { t } = useLocale();
  const client = useClient();
  const { warehouses } = useSurroundings();
  const { kind, onDone, onCancel } = props;
  const [category, setCategory] = useState('');
  const [warehouseId, setWarehouseId] = useState('');
  const [sku, setSku] = useState('');
  const [what, setWhat] = useState('off');
  const { save, isSaving, problems, refuse } = useRuleSave(onDone);

  const submit = async () => {
    const wanted = sku.trim();
    let itemId: string | null = null;
    if (wanted !== '') {
      const { data, error } = await client.query(ItemOfSkuDocument, { sku: wanted });
      const failure = problemOf(error, t);
      if (failure !== null) return refuse(failure);
      if (data?.item == null) return refuse(t.item.notFoundHelp(wanted));
      itemId = data.item.id;
    }
    if (itemId === null && warehouseId === '' && category.trim() === '') return refuse(t.rules.scopeMissing);
    await save({
      kind,
      scope: {
        ...(itemId === null ? {} : { itemId }),
        ...(warehouseId === '' ? {} : { warehouseId }),
        ...(category.trim() === '' ? {} : { category: category.trim() }),
      },
      settings: what === 'off' ? { isEnabled: false } : { isEnabled: true, severity: what as AlertSeverity },
    });
  };

  return (
    <form
      className="rule-form"
      aria-label={t.rules.add}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="rule-fields">
        <label className="field">
          <span>{t.items.category}</span>
          <input
            name="category"
            value={category}
            maxLength={200}
            onChange={(event) => setCategory(event.target.value)}
          />
        </label>
        <label className="field">
          <span>{t.alerts.search}</span>
          <input name="sku" value={sku} onChange={(event) => setSku(event.target.value)} />
        </label>
        <label className="field">
          <span>{t.alerts.warehouse}</span>
          <select
            name="warehouse"
            value={warehouseId}
            onChange={(event) => setWarehouseId(event.target.value)}
          >
            <option value="">{t.alerts.all}</option>
            {warehouses.nodes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t.rules.what}</span>
          <select name="what" value={what} onChange={(event) => setWhat(event.target.value)}>
            <option value="off">{t.rules.off}</option>
            {Object.entries(t.severity).map(([code, text]) => (
              <option key={code} value={code}>
                {t.rules.onAs(text)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {problems.size > 0 && (
        <p className="problem" role="alert">
          {[...problems.values()].join(' ')}
        </p>
      )}
      <p className="actions">
        <button type="submit" className="primary" disabled={isSaving}>
          {t.rules.save}
        </button>
        <button type="button" onClick={onCancel}>
          {t.alerts.cancel}
        </button>
        <span className="note">{t.rules.addHelp}</span>
      </p>
    </form>
  );
}
