import { useState } from 'react';
import { useClient, useMutation } from 'urql';
import { failureOf } from '../../api/failure.ts';
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
  const client = useClient();
  const { viewer } = useSurroundings();
  const { safetyStock } = level;
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching: isSaving }, save] = useMutation(ThresholdSetDocument);

  const set = async (value: string | null) => {
    setProblem(null);
    const scope = { itemId: item.id, warehouseId: level.warehouse.id };
    const { data, error } = await save({
      input: { scope, values: { safetyStock: value }, idempotencyKey: crypto.randomUUID() },
    });
    const refusal = data?.stockPolicySet.userErrors[0]?.message ?? null;
    const failure = error === undefined ? null : (failureOf(error).message ?? t.states.away);
    if (refusal !== null || failure !== null) return setProblem(refusal ?? failure);
    setText(null);
    const policy = { requestPolicy: 'network-only' } as const;
    await Promise.all([
      client.query(ItemDocument, { sku: item.sku }, policy).toPromise(),
      client.query(ItemPlanDocument, { sku: item.sku, horizonDays }, policy).toPromise(),
    ]);
  };

  if (text !== null) {
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
            if (event.key === 'Escape') setText(null);
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
        <button type="button" onClick={() => setText(null)}>
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
          onClick={() => setText(safetyStock?.value ?? '')}
        >
          {t.rules.edit}
        </button>
      )}
    </>
  );
}
