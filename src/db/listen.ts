import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import { type Connection, type ConnectionSettings, openConnection } from './connection.ts';
import { withDeadline } from './deadline.ts';

/** What to listen to. */
export interface ListenOptions {
  /** Lower-case name of the channel. */
  readonly channel: string;
  /** Called for each notification; a hint only, its absence proves nothing. */
  readonly onNotify: () => void;
  /** Called whenever the connection stands (again): what was sent in between is lost, so look for yourself. */
  readonly onConnect: () => void;
}

/** A running listener. */
export interface Listener {
  /** Ends it and its connection. */
  stop(): void;
}

/** How often a silent connection is asked for a sign of life, and how long that may take, ms. */
const heartbeatEveryMs = 15 * secondMs;
const heartbeatWithinMs = 5 * secondMs;
/** Pause before opening a lost connection again: first, and at most, ms. */
const pauseFirstMs = 100;
const pauseMsMax = 5 * secondMs;

/** Listens until stopped, through any number of lost connections. @throws Error at once for an odd channel name */
export function listen(settings: ConnectionSettings, log: Log, options: ListenOptions): Listener {
  if (!/^[a-z_]{1,63}$/.test(options.channel)) throw new Error(`not a channel name: ${options.channel}`);
  const stopped = new AbortController();
  let current: Connection | null = null;
  const run = async () => {
    let pauseMs = pauseFirstMs;
    while (!stopped.signal.aborted) {
      const connection = openConnection({ ...settings, onNotify: options.onNotify });
      current = connection;
      try {
        await withDeadline('listening', settings.connectTimeoutMs, () =>
          connection.sql.unsafe(`listen ${options.channel}`).execute(),
        );
        pauseMs = pauseFirstMs;
        options.onConnect();
        await watch(connection);
      } catch (error) {
        if (!stopped.signal.aborted)
          log.warn({ channel: options.channel, error }, 'listening was interrupted');
      } finally {
        connection.destroy();
      }
      await pause(pauseMs, stopped.signal);
      pauseMs = Math.min(pauseMs * 2, pauseMsMax);
    }
  };
  void run();
  return {
    stop() {
      stopped.abort();
      current?.destroy();
    },
  };
}

/** Settles when the connection is lost, or answers no more. */
async function watch(connection: Connection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const beat = async () => {
    try {
      await withDeadline('a sign of life', heartbeatWithinMs, () =>
        connection.sql.unsafe('select 1').execute(),
      );
      timer = setTimeout(beat, heartbeatEveryMs).unref();
    } catch {
      connection.destroy();
    }
  };
  timer = setTimeout(beat, heartbeatEveryMs).unref();
  await connection.closed;
  clearTimeout(timer);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
