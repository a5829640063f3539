import { useState } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { DeliveriesDocument } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { SeverityBadge, ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { SelectField } from '../../parts/fields.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';

/** Messages that are shown, the newest. */
const rowsMax = 30;

const tones = { QUEUED: 'warn', SENT: 'good', FAILED: 'bad' } as const;
type State = keyof typeof tones;

/** What was sent to whom, what came of it, and how long it took. */
export function Deliveries() {
  const { t } = useLocale();
  const format = useFormat();
  const [state, setState] = useState<State | ''>('');
  const [{ data, error }, ask] = useQuery({
    query: DeliveriesDocument,
    variables: { first: rowsMax, ...(state === '' ? {} : { filter: { state: { eq: state } } }) },
  });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const rows = data?.notificationDeliveries.nodes;
  return (
    <Card title={t.telling.deliveries} note={t.telling.deliveriesHelp}>
      <div className="filters">
        <SelectField
          label={t.alerts.state}
          name="delivery-state"
          value={state}
          onChange={(value) => setState(value in tones ? (value as State) : '')}
          options={[['', t.alerts.all], ...Object.entries(t.telling.deliveryStates)]}
        />
      </div>
      {rows === undefined ? (
        error === undefined ? (
          <LoadingState rows={4} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon="bell" title={t.telling.noDeliveries} help={t.telling.noDeliveriesHelp} />
      ) : (
        <DataTable
          label={t.telling.deliveries}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t.telling.message,
              cell: ({ title, kind, noticeCount }) => (
                <>
                  {title}
                  <br />
                  <small>
                    {kind === 'TEST' ? t.telling.test : t.telling.notices(format.count(noticeCount))}
                  </small>
                </>
              ),
            },
            { title: t.alerts.severity, cell: ({ severity }) => <SeverityBadge severity={severity} /> },
            {
              title: t.telling.channel,
              cell: ({ channel, recipient }) => (
                <>
                  {channel?.name ?? missing}
                  {recipient !== null && (
                    <>
                      <br />
                      <small>{recipient}</small>
                    </>
                  )}
                </>
              ),
            },
            {
              title: t.alerts.state,
              cell: ({ state: at, errorCode, answer }) => (
                <>
                  <ToneBadge tone={tones[at as State] ?? 'quiet'}>
                    {label(t.telling.deliveryStates, at)}
                  </ToneBadge>
                  {errorCode !== null && (
                    <>
                      <br />
                      <small className="problem">
                        {errorCode} {answer}
                      </small>
                    </>
                  )}
                </>
              ),
            },
            { title: t.telling.attempts, isNumber: true, cell: ({ attempts }) => format.count(attempts) },
            {
              title: t.telling.latency,
              isNumber: true,
              cell: ({ latencySeconds }) =>
                latencySeconds === null
                  ? missing
                  : t.telling.seconds(format.count(Math.round(latencySeconds * 10) / 10)),
            },
            { title: t.telling.queued, cell: ({ queuedAt }) => format.dateTime(queuedAt) },
          ]}
        />
      )}
    </Card>
  );
}
