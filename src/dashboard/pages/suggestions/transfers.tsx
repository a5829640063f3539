import { useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { type SuggestionDecision, type TransferRowFragment, TransfersDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { SuggestionActions } from './suggestion-actions.tsx';
import { TransferWhy } from './suggestion-why.tsx';

type Decide = (decision: SuggestionDecision, row: TransferRowFragment) => void;

/** Transfers that are shown. */
const rowsMax = 30;

/** What to move between warehouses, with the risk of both sides before and after. @param round - read again when it grows */
export function Transfers({ round, onDecide }: { round: number; onDecide: Decide }) {
  const { t } = useLocale();
  const [{ data, error }, ask] = useQuery({ query: TransfersDocument, variables: { first: rowsMax } });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const seen = useRef(round);
  useEffect(() => {
    if (seen.current === round) return;
    seen.current = round;
    ask({ requestPolicy: 'network-only' });
  }, [round, ask]);
  const rows = data?.transferSuggestions.nodes;
  return (
    <Card title={t.suggestions.transfers} note={t.suggestions.transfersHelp}>
      {rows === undefined ? (
        error === undefined ? (
          <LoadingState rows={4} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon="truck" title={t.suggestions.noTransfers} help={t.suggestions.noTransfersHelp} />
      ) : (
        <ol className="suggestions">
          {rows.map((row) => (
            <TransferLine key={row.id} row={row} onDecide={onDecide} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function TransferLine({ row, onDecide }: { row: TransferRowFragment; onDecide: Decide }) {
  const { t } = useLocale();
  const format = useFormat();
  const { viewer } = useSurroundings();
  const [isOpen, setOpen] = useState(false);
  const risk = ({ before, after }: { before: number; after: number }) =>
    `${format.percent(before)} → ${format.percent(after)}`;
  const whyId = `why-${row.id}`;
  return (
    <li className="suggestion transfer">
      <div className="suggestion-main">
        <span className="what">
          <Link href={`/items/${encodeURIComponent(row.item.sku)}`}>{row.item.title}</Link>
          <small>
            {row.item.sku} · {row.donor.warehouse.name} → {row.receiver.warehouse.name}
          </small>
        </span>
        <span className="suggested">
          <b>{format.quantity(row.decidedQuantity ?? row.quantity, row.item.unit.code)}</b>
          <small>{t.suggestions.arrives(format.calendarDay(row.arrivesOn))}</small>
        </span>
        <span className="suggested">
          <span>+{format.money(row.gain)}</span>
          <small>{t.suggestions.costs(format.money(row.cost))}</small>
        </span>
        <span className="suggested risks">
          <span>{risk(row.receiver.stockOutProbability)}</span>
          <small>{t.suggestions.receiverRisk}</small>
        </span>
        <span className="suggested risks">
          <span>{risk(row.donor.stockOutProbability)}</span>
          <small>{t.suggestions.donorRisk}</small>
        </span>
        <span className="alert-actions">
          <button
            type="button"
            className="plain"
            aria-expanded={isOpen}
            aria-controls={whyId}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t.alerts.hideWhy : t.alerts.why}
          </button>
          {viewer.scopes.includes('WRITE_STOCK') && (
            <SuggestionActions state={row.state} onDecide={(decision) => onDecide(decision, row)} />
          )}
        </span>
      </div>
      <div id={whyId} hidden={!isOpen}>
        {isOpen && <TransferWhy id={row.id} />}
      </div>
    </li>
  );
}
