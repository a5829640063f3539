import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureCodeOf } from '../api/failure.ts';
import { AlertChangesDocument, type AlertChangesSubscription, CursorDocument } from '../gql/documents.ts';
import { follow } from './follow.ts';

/** One transition of an alert, as it comes. */
export type AlertEvent = AlertChangesSubscription['stockAlertChanged'];

interface AlertStream {
  /** Listens to events in commit order, a few at a time. @returns how to stop */
  listen(listener: (events: readonly AlertEvent[]) => void): () => void;
  /** The newest events, newest first. */
  readonly recent: readonly AlertEvent[];
  /** Grows whenever events may have been missed: then the present state must be read again. */
  readonly resyncCount: number;
}

const AlertStreamContext = createContext<AlertStream>({ listen: () => () => {}, recent: [], resyncCount: 0 });

/** Events that are kept for showing. */
const recentMax = 60;
/** Events that come this close together are told together, ms. */
const gatherMs = 80;

/**
 * Follows all transitions of alerts for the whole page, from the cursor on; through broken connections it goes on
 * behind the last event, and when the server no longer keeps that place, everybody is told to read anew.
 */
export function AlertStreamProvider({ cursor, children }: { cursor: string; children: ReactNode }) {
  const client = useClient();
  const place = useRef(cursor);
  const listeners = useRef(new Set<(events: readonly AlertEvent[]) => void>());
  const [recent, setRecent] = useState<readonly AlertEvent[]>([]);
  const [resyncCount, setResyncCount] = useState(0);

  useEffect(() => {
    let gathered: AlertEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const events = gathered;
      gathered = [];
      for (const listener of listeners.current) listener(events);
      setRecent((before) => [...events.toReversed(), ...before].slice(0, recentMax));
    };
    const stop = follow({
      client,
      document: AlertChangesDocument,
      variables: () => ({ after: place.current }),
      onData({ stockAlertChanged: event }) {
        place.current = event.cursor;
        if (event.gap?.resyncRequired === true) setResyncCount((count) => count + 1);
        gathered.push(event);
        timer ??= setTimeout(tell, gatherMs);
      },
      async onRefusal(error) {
        const code = failureCodeOf(error);
        if (code !== 'CURSOR_EXPIRED' && code !== 'CURSOR_UNKNOWN') return true;
        const { data } = await client.query(CursorDocument, {}, { requestPolicy: 'network-only' });
        if (data !== undefined) {
          place.current = data.eventCursor;
          setResyncCount((count) => count + 1);
        }
        return true;
      },
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);

  const stream = useMemo<AlertStream>(
    () => ({
      listen(listener) {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
      recent,
      resyncCount,
    }),
    [recent, resyncCount],
  );
  return <AlertStreamContext value={stream}>{children}</AlertStreamContext>;
}

/** The transitions of alerts. */
export function useAlertStream(): AlertStream {
  return useContext(AlertStreamContext);
}

/** Calls back with events as they come, as long as the component is shown. */
export function useAlertEvents(onEvents: (events: readonly AlertEvent[]) => void): void {
  const { listen } = useAlertStream();
  const latest = useRef(onEvents);
  useEffect(() => {
    latest.current = onEvents;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: listen always reaches the same set
  useEffect(() => listen((events) => latest.current(events)), []);
}
