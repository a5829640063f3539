import { useState } from 'react';
import { useMutation } from 'urql';
import { problemOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { type ConnectionsQuery, ShopSyncDocument } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label, streamName } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Ago } from '../../parts/ago.tsx';
import { ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Card } from '../../parts/page-head.tsx';

type Shop = ConnectionsQuery['shops']['nodes'][number];

const capabilityTones = { AVAILABLE: 'good', DENIED: 'bad' } as const;

/** One shop or feed: how it stands, its streams, what its app may call. */
export function ShopCard({ shop }: { shop: Shop }) {
  const { t } = useLocale();
  const format = useFormat();
  const { capabilities } = shop;
  const denied = capabilities?.filter(({ state }) => state === 'DENIED').length ?? 0;
  return (
    <Card
      title={shop.name}
      actions={<SyncButton shopId={shop.id} />}
      note={
        <>
          <ToneBadge tone={shop.state === 'ACTIVE' ? 'good' : 'bad'}>
            {label(t.shopState, shop.state)}
          </ToneBadge>{' '}
          {shop.platform} · {shop.memberId}
        </>
      }
    >
      {shop.stateReason !== null && <p className="problem">{shop.stateReason}</p>}
      <DataTable
        label={`${shop.name}: ${t.connections.streams}`}
        rows={shop.streams}
        keyOf={({ stream }) => stream}
        columns={[
          { title: t.connections.stream, cell: ({ stream }) => streamName(t, stream) },
          {
            title: t.connections.lastPass,
            cell: ({ passFinishedAt }) =>
              passFinishedAt === null ? t.connections.never : <Ago at={passFinishedAt} />,
          },
          {
            title: t.connections.cycle,
            isNumber: true,
            cell: ({ cycleSeconds }) => (cycleSeconds === null ? missing : format.duration(cycleSeconds)),
          },
        ]}
      />
      <details className="capabilities">
        <summary>
          {t.connections.capabilities}:{' '}
          {capabilities === null
            ? t.connections.notProbed
            : denied === 0
              ? t.connections.allAvailable(format.count(capabilities.length))
              : t.connections.someDenied(format.count(denied))}
        </summary>
        <ul>
          {capabilities?.map(({ api, state, code }) => (
            <li key={api}>
              <code>{api}</code>
              <ToneBadge tone={capabilityTones[state as keyof typeof capabilityTones] ?? 'quiet'}>
                {label(t.capabilityState, state)}
              </ToneBadge>
              {code !== null && <small>{code}</small>}
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}

function SyncButton({ shopId }: { shopId: string }) {
  const { t } = useLocale();
  const { viewer } = useSurroundings();
  const [, request] = useMutation(ShopSyncDocument);
  const [said, setSaid] = useState<string | null>(null);
  if (!viewer.scopes.includes('WRITE_SHOPS')) return null;
  return (
    <span className="actions">
      <span className="note" role="status">
        {said}
      </span>
      <button
        type="button"
        onClick={async () => {
          setSaid(null);
          const { data, error } = await request({ input: { shopId, idempotencyKey: crypto.randomUUID() } });
          setSaid(problemOf(error, t, data?.shopSyncRequest.userErrors) ?? t.connections.syncAsked);
        }}
      >
        <Icon name="refresh" size={16} /> {t.connections.sync}
      </button>
    </span>
  );
}
