import { useEffect, useRef } from 'react';
import { useAlertEvents, useAlertStream } from './alert-stream.tsx';
import { useThrottled } from './use-throttled.ts';

/** After a change, numbers are read again at most this often, ms. */
const afterChangeMs = 3_000;
/** Without any change they are read again this often: not everything announces itself. */
const withoutChangeMs = 30_000;

/**
 * Reads numbers again when something changed that they may rest on, and from time to time without; at once when
 * events were missed.
 */
export function useRefreshing(read: () => void): void {
  const refresh = useThrottled(read, afterChangeMs);
  const { resyncCount } = useAlertStream();
  const seen = useRef(resyncCount);
  useAlertEvents(refresh);
  useEffect(() => {
    if (seen.current === resyncCount) return;
    seen.current = resyncCount;
    refresh();
  }, [resyncCount, refresh]);
  useEffect(() => {
    const timer = setInterval(refresh, withoutChangeMs);
    return () => clearInterval(timer);
  }, [refresh]);
}
