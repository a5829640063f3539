import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { useApiKey } from './api/api-key.tsx';
import { failureOf } from './api/failure.ts';
import { BootDocument, type BootQuery } from './gql/documents.ts';
import { AlertStreamProvider } from './live/alert-stream.tsx';
import { BusinessTimeProvider } from './live/business-time.tsx';
import { KeyForm } from './parts/key-form.tsx';
import { FailureState, LoadingState } from './parts/states.tsx';

/** What every page knows from the start. */
export type Surroundings = BootQuery;

const SurroundingsContext = createContext<Surroundings | null>(null);

/** Who looks, and which warehouses there are. */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error('used before the page has started');
  return surroundings;
}

/** Zone of times when there is no warehouse yet. */
const defaultTimeZone = 'Asia/Shanghai';
/** The server is asked again after this while it is away, ms. */
const retryMs = 3_000;
/** The clock is asked for again this often, ms. */
const clockEveryMs = 30_000;

/**
 * Reads who looks, what time it is and the place in the event log before anything else is read: whatever pages read
 * afterwards is newer than that place, so nothing falls between reading and following.
 */
export function Boot({ children }: { children: ReactNode }) {
  const { key } = useApiKey();
  const [{ data, error }, ask] = useQuery({ query: BootDocument, requestPolicy: 'network-only' });
  const [first, setFirst] = useState<BootQuery | null>(null);
  // The place is taken once: a later answer must not move it past events that were not seen.
  useEffect(() => {
    if (data !== undefined) setFirst((before) => before ?? data);
  }, [data]);
  // The clock is set again from time to time: a sandbox may pause, and a clock at 720 times the speed drifts.
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), clockEveryMs);
    return () => clearInterval(timer);
  }, [ask]);
  const failure = error === undefined ? null : failureOf(error);
  useEffect(() => {
    if (failure?.kind !== 'away' || first !== null) return;
    const timer = setTimeout(() => ask({ requestPolicy: 'network-only' }), retryMs);
    return () => clearTimeout(timer);
  }, [failure, first, ask]);

  // Also later, since a key may expire or be revoked while somebody looks.
  if (failure?.kind === 'key') return <KeyForm isWrong={key !== null} />;
  if (first === null) {
    return (
      <main className="boot">
        {failure === null ? (
          <LoadingState />
        ) : (
          <FailureState failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        )}
      </main>
    );
  }
  const latest = data ?? first;
  const timeZone =
    latest.warehouses.nodes.find(({ kind }) => kind === 'PHYSICAL')?.timeZone ??
    latest.warehouses.nodes[0]?.timeZone ??
    defaultTimeZone;
  return (
    <SurroundingsContext value={latest}>
      <BusinessTimeProvider
        at={latest.viewer.businessTime}
        speed={latest.viewer.clockSpeed}
        timeZone={timeZone}
      >
        <AlertStreamProvider cursor={first.eventCursor}>{children}</AlertStreamProvider>
      </BusinessTimeProvider>
    </SurroundingsContext>
  );
}
