import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { AlertDetailDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { missing, useFormat } from '../../i18n/use-format.ts';
import { DataStateBadge } from '../../parts/badges.tsx';
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
        <table className="data">
          <caption>{t.alerts.inputs}</caption>
          <thead>
            <tr>
              <th scope="col">{t.alerts.name}</th>
              <th scope="col" className="number">
                {t.alerts.value}
              </th>
              <th scope="col">{t.alerts.observedAt}</th>
            </tr>
          </thead>
          <tbody>
            {explanation.inputs.map((input) => (
              <tr key={input.name} className={explanation.binding === input.name ? 'binding' : undefined}>
                <th scope="row">{input.name}</th>
                <td className="number">
                  {input.unit === 'distribution' ? missing : format.quantity(input.value)}
                </td>
                <td>{input.observedAt === null ? missing : format.dateTime(input.observedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table className="data">
          <caption>{t.alerts.steps}</caption>
          <thead>
            <tr>
              <th scope="col">{t.alerts.step}</th>
              <th scope="col">{t.alerts.formula}</th>
              <th scope="col" className="number">
                {t.alerts.value}
              </th>
            </tr>
          </thead>
          <tbody>
            {explanation.steps.map((step) => (
              <tr key={step.code}>
                <th scope="row">{step.label}</th>
                <td>
                  <code>
                    {step.op}({step.operands.join(', ')})
                  </code>
                </td>
                <td className="number">{format.quantity(step.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
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
