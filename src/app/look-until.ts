import { secondMs } from '../shared/time.ts';

/** Between two looks, real time, ms. */
const lookEveryMs = 3 * secondMs;

/**
 * Looks again and again until there is nothing left to do, the first time after a while; a look that fails is
 * repeated.
 *
 * @param look - true = done
 * @returns how to stop it before it has ended
 */
export function lookUntil(look: () => Promise<boolean>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;
  const wait = () => {
    if (isStopped) return;
    timer = setTimeout(() => {
      // A passing fault of the database is tried again.
      looking = look().then((isDone) => (isDone ? undefined : wait()), wait);
    }, lookEveryMs);
  };
  wait();
  return {
    async stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
    },
  };
}
