import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { AlertDetailDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DataStateBadge } from '../../parts/badges.tsx';
import { ExplanationTables } from '../../parts/explanation-tables.tsx';
import { FailureState, LoadingState } from '../../parts/states.tsx';

/**
 * Why an alert stands as it does: the numbers it was decided on, the calculation, what happened so far.
 *
 * @param changedAt - read anew when this moves
 */
export function AlertWhy({ id, changedAt }: { id: string; changedAt: string }) {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data, error }, ask] = useQuery({ query: AlertDetailDocument, variables: { id } });
  const readFor = useRef(changedAt);
  useEffect(() => {
    if (readFor.current === changedAt) return;
    readFor.current = changedAt;
    ask({ requestPolicy: 'network-only' });
  }, [changedAt, ask]);
  const alert = data?.stockAlert ?? null;
  if (alert === null) {
    return error === undefined ? <LoadingState rows={3} /> : <FailureState failure={failureOf(error)} />;
  }
  const { explanation } = alert;
  return (
    <div className="why">
      <p>
        {explanation.text}{' '}
        {alert.stockLevel !== null && <DataStateBadge state={alert.stockLevel.dataState} />}
      </p>
      <div className="why-tables">
        <ExplanationTables explanation={explanation} />
        <table className="data">
          <caption>{t.alerts.history}</caption>
          <thead>
            <tr>
              <th scope="col">{t.alerts.time}</th>
              <th scope="col">{t.alerts.event}</th>
              <th scope="col" className="number">
                {t.alerts.available}
              </th>
            </tr>
          </thead>
          <tbody>
            {alert.events.nodes.map((event) => (
              <tr key={event.eventId}>
                <td>{format.dateTime(event.occurredAt)}</td>
                <td>
                  {label(t.alertReason, event.reason)} · {label(t.severity, event.severity)}
                </td>
                <td className="number">
                  {format.quantity(event.available)} / {format.quantity(event.threshold)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
