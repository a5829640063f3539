import type { Database } from '../db/client.ts';
import { eventChannel, notifyEvents } from '../db/queries/event-wakeup.ts';
import type { Log } from '../shared/log.ts';
import type { Wakeup } from './wakeup.ts';

/** A process says "news" at most this often, ms: a NOTIFY takes a lock on the whole database at its commit. */
const announceEveryMs = 20;

/**
 * Wake-ups over LISTEN and NOTIFY: one channel, one listening connection per process, no payload. The hint is sent
 * after the commit it speaks of, in a transaction of its own, so that writers never queue for it.
 */
export function createPostgresWakeup(db: Database, log: Log): Wakeup {
  const listeners = new Set<() => void>();
  const wake = () => {
    for (const listener of listeners) listener();
  };
  let connection: { stop(): void } | null = null;
  let isStopped = false;
  let isPending = false;
  let timer: NodeJS.Timeout | null = null;

  const send = () => {
    isPending = false;
    timer = setTimeout(() => {
      timer = null;
      if (isPending && !isStopped) send();
    }, announceEveryMs);
    notifyEvents(db).catch((error: unknown) => {
      if (!isStopped)
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a wake-up was not sent');
    });
  };

  return {
    announce() {
      if (isStopped) return;
      isPending = true;
      if (timer === null) send();
    },
    subscribe(onWake) {
      listeners.add(onWake);
      // A connection that stands again has missed what was said meanwhile, so that is a hint too.
      connection ??= db.listen({ channel: eventChannel, onNotify: wake, onConnect: wake });
      return () => void listeners.delete(onWake);
    },
    stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
      connection?.stop();
    },
  };
}
