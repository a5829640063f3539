import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { SourcesDocument, type SourcesQuery } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label, streamName } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useBusinessNow } from '../../live/business-time.tsx';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { Ago } from '../../parts/ago.tsx';
import { DataStateBadge, ToneBadge } from '../../parts/badges.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';

type Stream = SourcesQuery['shops']['nodes'][number]['streams'][number];

/** Data not confirmed for longer than this is stale, ms: a source is read whole at least daily. */
const staleAfterMs = 30 * 3_600_000;
/** From here on nobody knows, ms. */
const unknownAfterMs = 7 * 86_400_000;

/** How old what a stream brought is. @param now - business time, ms */
function streamState(stream: Stream, now: number): 'FRESH' | 'STALE' | 'UNKNOWN' {
  if (stream.passFinishedAt === null) return 'UNKNOWN';
  const age = now - Date.parse(stream.passFinishedAt);
  return age > unknownAfterMs ? 'UNKNOWN' : age > staleAfterMs ? 'STALE' : 'FRESH';
}

/** Of each shop and stream: when it was last read to the end. Past data is read once and so never grows stale. */
export function SourceFreshness() {
  const { t } = useLocale();
  const format = useFormat();
  const now = useBusinessNow();
  const [{ data, error }, ask] = useQuery({ query: SourcesDocument });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const shops = data?.shops.nodes;
  return (
    <Card title={t.overview.sources} className="sources">
      {shops === undefined ? (
        error === undefined ? (
          <LoadingState rows={5} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : shops.length === 0 ? (
        <EmptyState icon="plug" title={t.overview.noSources} help={t.overview.noSourcesHelp} />
      ) : (
        <div className="source-list">
          {shops.map((shop) => (
            <div key={shop.id}>
              <h3>
                {shop.name}{' '}
                <ToneBadge tone={shop.state === 'ACTIVE' ? 'good' : 'bad'}>
                  {label(t.shopState, shop.state)}
                </ToneBadge>
              </h3>
              {shop.stateReason !== null && <p className="problem">{shop.stateReason}</p>}
              <ul className="streams">
                <li className="streams-head" aria-hidden="true">
                  <span>{t.connections.stream}</span>
                  <span className="when">{t.connections.lastPass}</span>
                  <span className="when">{t.connections.cycle}</span>
                  <span />
                </li>
                {shop.streams
                  .filter(({ stream }) => !stream.endsWith(':history'))
                  .map((stream) => (
                    <li key={stream.stream}>
                      <span>{streamName(t, stream.stream)}</span>
                      <span className="when">
                        <span className="unseen">{t.connections.lastPass}: </span>
                        {stream.passFinishedAt === null ? (
                          t.connections.never
                        ) : (
                          <Ago at={stream.passFinishedAt} />
                        )}
                      </span>
                      <span className="when">
                        <span className="unseen">{t.connections.cycle}: </span>
                        {stream.cycleSeconds === null ? missing : format.duration(stream.cycleSeconds)}
                      </span>
                      <DataStateBadge state={streamState(stream, now)} always />
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </div>
      )}
    </Card>
  );
}
