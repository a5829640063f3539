import { useState } from 'react';
import { useClient, useMutation } from 'urql';
import { problemOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { ItemDocument, ItemPlanDocument, type ItemQuery, ThresholdSetDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { horizonDays } from './use-item-plan.ts';

type Item = NonNullable<ItemQuery['item']>;
type Level = Item['stockLevels']['nodes'][number];

/** The threshold of an item in a place and where it comes from; set by hand, or left to the plan again, in place. */
export function ThresholdCell({ item, level }: { item: Item; level: Level }) {
  const { t } = useLocale();
  const format = useFormat();
  const { viewer } = useSurroundings();
  const { safetyStock } = level;
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <ThresholdForm item={item} level={level} onClose={() => setOpen(false)} />;
  return (
    <>
      {safetyStock === null ? (
        <small>{label(t.unavailable, level.safetyStockUnavailableReason ?? '')}</small>
      ) : (
        <>
          {format.quantity(safetyStock.value)}
          <br />
          <small>{label(t.origin, safetyStock.origin)}</small>
        </>
      )}
      {viewer.scopes.includes('WRITE_STOCK') && level.isWatched && (
        <button
          type="button"
          className="plain small"
          aria-label={`${t.rules.threshold.edit}: ${level.warehouse.name}`}
          onClick={() => setOpen(true)}
        >
          {t.rules.edit}
        </button>
      )}
    </>
  );
}

/** What is typed and what was refused end with the form: one that is opened again begins anew. */
function ThresholdForm({ item, level, onClose }: { item: Item; level: Level; onClose: () => void }) {
  const { t } = useLocale();
  const client = useClient();
  const { safetyStock } = level;
  // Nobody sets a threshold to a millionth of a unit.
  const [text, setText] = useState(() =>
    safetyStock === null ? '' : String(Math.round(Number(safetyStock.value) * 100) / 100),
  );
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching: isSaving }, save] = useMutation(ThresholdSetDocument);

  const set = async (value: string | null) => {
    setProblem(null);
    const scope = { itemId: item.id, warehouseId: level.warehouse.id };
    const { data, error } = await save({
      input: { scope, values: { safetyStock: value }, idempotencyKey: crypto.randomUUID() },
    });
    const found = problemOf(error, t, data?.stockPolicySet.userErrors);
    if (found !== null) return setProblem(found);
    const policy = { requestPolicy: 'network-only' } as const;
    const [after] = await Promise.all([
      client.query(ItemDocument, { sku: item.sku }, policy).toPromise(),
      client.query(ItemPlanDocument, { sku: item.sku, horizonDays }, policy).toPromise(),
    ]);
    const now = after.data?.item?.stockLevels.nodes.find(({ id }) => id === level.id);
    // Nothing is set here any more, and still it is not the plan's: somebody set it for more than this place.
    if (value === null && now?.safetyStock?.origin === 'OVERRIDE') setProblem(t.rules.threshold.setWider);
    else onClose();
  };

  return (
    <form
      className="threshold-form"
      onSubmit={(event) => {
        event.preventDefault();
        void set(text);
      }}
    >
      <input
        name="threshold"
        type="number"
        min={0}
        step="any"
        required
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to type here
        autoFocus
        value={text}
        aria-label={t.rules.threshold.value}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      />
      <button type="submit" disabled={isSaving}>
        {t.rules.threshold.set}
      </button>
      {safetyStock?.origin === 'OVERRIDE' && (
        <button type="button" disabled={isSaving} onClick={() => void set(null)}>
          {t.rules.threshold.back}
        </button>
      )}
      <button type="button" onClick={onClose}>
        {t.alerts.cancel}
      </button>
      {problem !== null && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
