import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { failureOf, problemOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { ChannelsDocument, type ChannelsQuery, ChannelTestDocument } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useBusinessTime } from '../../live/business-time.tsx';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { SeverityBadge, ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';

/** Deliveries are counted over so many days. */
const daysCounted = 7;

/** The ways in which people are told, how well they work, and which alerts take which. */
export function Channels() {
  const { t } = useLocale();
  const { now } = useBusinessTime();
  const [span, setSpan] = useState(() => spanUntil(now()));
  const [{ data, error }, ask] = useQuery({ query: ChannelsDocument, variables: span });
  useRefreshing(() => setSpan(spanUntil(now())));
  const channels = data?.notificationChannels.nodes;
  return (
    <Card title={t.telling.channels} note={t.telling.channelsHelp}>
      {channels === undefined ? (
        error === undefined ? (
          <LoadingState rows={3} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        )
      ) : channels.length === 0 ? (
        <EmptyState icon="bell" title={t.telling.none} help={t.telling.noneHelp} />
      ) : (
        <>
          <ChannelTable channels={channels} />
          <Routes routes={data?.notificationRoutes.nodes ?? []} />
        </>
      )}
    </Card>
  );
}

function spanUntil(now: number) {
  return {
    from: new Date(now - daysCounted * 86_400_000).toISOString(),
    // A little ahead, since this clock and the server's differ by moments.
    to: new Date(now + 3_600_000).toISOString(),
  };
}

type Channel = ChannelsQuery['notificationChannels']['nodes'][number];

function ChannelTable({ channels }: { channels: readonly Channel[] }) {
  const { t } = useLocale();
  const format = useFormat();
  const { viewer } = useSurroundings();
  const seconds = (value: number | null) =>
    value === null ? missing : t.telling.seconds(format.count(value));
  return (
    <DataTable
      label={t.telling.channels}
      rows={channels}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t.telling.channel,
          cell: ({ name, kind, recipients }) => (
            <>
              {name}
              <br />
              <small>
                {label(t.telling.kinds, kind)}
                {recipients.length > 0 && ` · ${recipients.map((one) => one.name).join(', ')}`}
              </small>
            </>
          ),
        },
        {
          title: t.alerts.state,
          cell: ({ isEnabled, state }) => (
            <ToneBadge tone={!isEnabled ? 'quiet' : state === 'ACTIVE' ? 'good' : 'bad'}>
              {isEnabled ? label(t.telling.channelStates, state) : t.telling.off}
            </ToneBadge>
          ),
        },
        {
          title: t.telling.sent,
          isNumber: true,
          cell: ({ statistics }) => format.count(statistics.sentCount),
        },
        {
          title: t.telling.failed,
          isNumber: true,
          cell: ({ statistics }) => format.count(statistics.failedCount),
        },
        {
          title: t.telling.latency,
          isNumber: true,
          cell: ({ statistics }) =>
            `${seconds(statistics.latencyP50Seconds)} / ${seconds(statistics.latencyP99Seconds)}`,
        },
        {
          title: t.telling.test,
          cell: ({ id }) =>
            viewer.scopes.includes('WRITE_NOTIFICATIONS') ? <TestButton id={id} /> : missing,
        },
      ]}
    />
  );
}

/** Sends a test message; what the channel said stands in the delivery log. */
function TestButton({ id }: { id: string }) {
  const { t } = useLocale();
  const [{ fetching }, send] = useMutation(ChannelTestDocument);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <span className="actions">
      <button
        type="button"
        disabled={fetching}
        onClick={async () => {
          setSaid(null);
          const { data, error } = await send({ input: { id, idempotencyKey: crypto.randomUUID() } });
          setSaid(problemOf(error, t, data?.notificationChannelTest.userErrors) ?? t.telling.testSent);
        }}
      >
        {t.telling.test}
      </button>
      <span className="note" role="status">
        {said}
      </span>
    </span>
  );
}

function Routes({ routes }: { routes: ChannelsQuery['notificationRoutes']['nodes'] }) {
  const { t } = useLocale();
  if (routes.length === 0) return <p className="note routes">{t.telling.noRoutes}</p>;
  return (
    <div className="routes">
      <DataTable
        label={t.telling.routes}
        rows={routes}
        keyOf={({ id }) => id}
        columns={[
          { title: t.telling.route, cell: ({ name }) => name },
          { title: t.telling.from, cell: ({ severityMin }) => <SeverityBadge severity={severityMin} /> },
          {
            title: t.telling.channel,
            cell: ({ channels }) => channels.map(({ name }) => name).join(', ') || missing,
          },
          {
            title: t.telling.digest,
            isNumber: true,
            cell: ({ digestMinutes }) =>
              digestMinutes === 0 ? t.telling.atOnce : t.telling.minutes(String(digestMinutes)),
          },
          {
            title: t.alerts.state,
            cell: ({ isEnabled }) => (
              <ToneBadge tone={isEnabled ? 'good' : 'quiet'}>
                {isEnabled ? t.telling.on : t.telling.off}
              </ToneBadge>
            ),
          },
        ]}
      />
    </div>
  );
}
