import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { claimShops, extendLease, releaseLease, type ShopLease } from '../db/queries/lease.ts';
import { codeOf } from '../db/transaction.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';
import { pollShop } from './poll.ts';
import { createPollMemory } from './poll-context.ts';
import type { PipelinePorts } from './ports.ts';

/** A running poller of one process. */
export interface Poller {
  /** Looks for due shops now instead of at the next tick. */
  nudge(): void;
  /** Business of this process: shops in work, and the monotonic age of the last look for due shops, ms. */
  health(): { readonly shopCount: number; readonly lastClaimAgeMs: number };
  /**
   * Claims nothing more, finishes the pages under way and gives the shops back. Calls that last longer than the
   * grace are cut off; their page is read again by whoever comes next.
   */
  stop(graceMs?: number): Promise<void>;
}

/** A worker that cannot reach the database looks again after this, ms. */
const faultWaitMs = secondMs;
/** A shop whose poll broke for a reason of our own is left alone for this long, s. */
const faultDueInSeconds = 5;
/** … and for this long when only somebody can help: its platform is not set up in this process, s. */
const hopelessDueInSeconds = 60;

/**
 * Starts polling: claims due shops and polls a few at a time, each under a lease that is extended while it works.
 * Any number of workers may run beside each other on one database.
 */
export function startPoller(ports: PipelinePorts): Poller {
  const worker = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const memory = createPollMemory();
  const running = new Map<Promise<void>, AbortController>();
  let isStopping = false;
  let lastClaimMs = performance.now();
  let wakeUp: () => void = () => {};
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const begin = (lease: ShopLease) => {
    const abort = new AbortController();
    const done = work(ports, lease, memory, abort, () => isStopping).finally(() => {
      running.delete(done);
      wakeUp();
    });
    running.set(done, abort);
  };
  const claim = async (): Promise<number> => {
    const free = ports.settings.shopsAtOnceMax - running.size;
    if (free <= 0) return 0;
    const leases = await claimShops(ports.db, worker, free, ports.settings.leaseSeconds);
    lastClaimMs = performance.now();
    for (const lease of leases) begin(lease);
    return leases.length;
  };
  const loop = (async () => {
    while (!isStopping) {
      try {
        const claimed = await claim();
        if (claimed === 0 && !isStopping) await rest(ports.settings.claimEveryMs);
      } catch (error) {
        ports.log.warn({ code: codeOf(error) }, 'due shops could not be claimed; trying again');
        await rest(faultWaitMs);
      }
    }
  })();
  return {
    nudge: () => wakeUp(),
    health: () => ({ shopCount: running.size, lastClaimAgeMs: performance.now() - lastClaimMs }),
    async stop(graceMs = 8 * secondMs) {
      isStopping = true;
      wakeUp();
      const cut = setTimeout(() => {
        for (const abort of running.values()) abort.abort(new AppError('transient', 'the process ends'));
      }, graceMs);
      await loop;
      await Promise.all(running.keys());
      clearTimeout(cut);
    },
  };
}

async function work(
  ports: PipelinePorts,
  lease: ShopLease,
  memory: ReturnType<typeof createPollMemory>,
  abort: AbortController,
  isStopping: () => boolean,
): Promise<void> {
  const beat = keepLease(ports, lease, abort);
  try {
    const outcome = await pollShop({ ports, lease, memory, signal: abort.signal, isStopping });
    await releaseLease(ports.db, lease, outcome.dueInSeconds, outcome.isEnabled);
  } catch (error) {
    if (isAppError(error, 'lease_lost')) {
      ports.log.info({ shopId: lease.shopId }, 'another worker took the shop over');
      return;
    }
    const code = isAppError(error) ? error.code : codeOf(error);
    const name = error instanceof Error ? error.name : typeof error;
    ports.log.error(
      { shopId: lease.shopId, code, name, stack: stackOf(error) },
      'the poll of a shop broke off',
    );
    // The lease would end by itself; giving it back is only quicker.
    const isHopeless = isAppError(error) && !error.isRetryable;
    const dueInSeconds = isHopeless ? hopelessDueInSeconds : faultDueInSeconds;
    await releaseLease(ports.db, lease, dueInSeconds, true).catch(() => {});
  } finally {
    clearInterval(beat);
  }
}

/** Where a fault arose, without its message: those of the database hold values. */
function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack?.split('\n').slice(-6).join('\n');
}

/** Extends the lease a few times within its length; once it is lost the calls under way are cut off. */
function keepLease(ports: PipelinePorts, lease: ShopLease, abort: AbortController): NodeJS.Timeout {
  const { leaseSeconds } = ports.settings;
  // One at a time: a page that is being stored holds the row, and a queue of beats would hold as many connections.
  let isBeating = false;
  const beat = async () => {
    if (isBeating) return;
    isBeating = true;
    try {
      if (!(await extendLease(ports.db, lease, leaseSeconds))) {
        abort.abort(new AppError('lease_lost', 'another worker polls this shop now'));
      }
    } catch {
      // The next beat may get through; if none does, the fence guards every write.
    } finally {
      isBeating = false;
    }
  };
  return setInterval(() => void beat(), (leaseSeconds * 1000) / 3);
}
