import { useCallback, useEffect, useRef } from 'react';

/**
 * A function that may be called as often as one likes and does its work at most once in `everyMs`, the last call
 * always among them; while the page is hidden it waits until somebody looks.
 */
export function useThrottled(work: () => void, everyMs: number): () => void {
  const latest = useRef(work);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const isWaiting = useRef(false);
  useEffect(() => {
    latest.current = work;
  });
  const run = useCallback(() => {
    timer.current = undefined;
    if (document.hidden) {
      isWaiting.current = true;
      return;
    }
    lastAt.current = performance.now();
    latest.current();
  }, []);
  useEffect(() => {
    const onShow = () => {
      if (document.hidden || !isWaiting.current) return;
      isWaiting.current = false;
      run();
    };
    document.addEventListener('visibilitychange', onShow);
    return () => {
      document.removeEventListener('visibilitychange', onShow);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [run]);
  return useCallback(() => {
    timer.current ??= setTimeout(run, Math.max(0, lastAt.current + everyMs - performance.now()));
  }, [run, everyMs]);
}
