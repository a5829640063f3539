import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { loadWorkerOrganizations, lockStage } from '../db/queries/lease.ts';
import { loadSendLanes, removeOldDeliveries, type SendLane } from '../db/queries/notification-send.ts';
import { withOrganization } from '../db/tenant.ts';
import { codeOf } from '../db/transaction.ts';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { dayMs, hourMs } from '../shared/time.ts';
import { gatherDueNotices } from './notify-gather.ts';
import { planUntoldEvents } from './notify-plan.ts';
import type { NotifyPorts } from './notify-ports.ts';
import { sendLane } from './notify-send.ts';

/** The running notifier of one process. */
export interface Notifier {
  /** Looks now instead of at the next tick. */
  nudge(): void;
  /** Claims nothing more and ends the attempts under way after the grace; they are made again, with the same id. */
  stop(graceMs?: number): Promise<void>;
}

const removeEveryMs = hourMs;
const removedAtOnce = 5_000;
const stopGraceMs = 8_000;

/**
 * Starts to tell people of alerts: plans notices from the outbox, gathers what is due into messages, sends them. Any
 * number of workers may run beside each other on one database: planning and gathering is done by one at a time per
 * organization, sending under leases. A slow or dead address holds back nobody else.
 */
export function startNotifier(ports: NotifyPorts): Notifier {
  const worker = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();
  /** Monotonic instants before which an address is left alone. */
  const restUntilMs = new Map<string, number>();
  let nextRemovalMs = 0;
  let isStopping = false;
  let isNudged = false;
  let wakeUp: () => void = () => {};
  const nudge = () => {
    isNudged = true;
    wakeUp();
  };

  const begin = (organizationId: OrganizationId, lane: SendLane) => {
    const key = `${organizationId}/${lane.channelId}/${lane.recipient}`;
    if (running.has(key) || (restUntilMs.get(key) ?? 0) > performance.now()) return;
    restUntilMs.delete(key);
    const done = sendLane(ports, { organizationId, lane, worker, signal: abort.signal })
      .then((waitMs) => {
        if (waitMs > 0) restUntilMs.set(key, performance.now() + waitMs);
      })
      .catch((error: unknown) => {
        ports.log.error({ channelId: lane.channelId, code: codeOf(error) }, 'sending broke off');
        restUntilMs.set(key, performance.now() + ports.settings.retry.baseMs);
      })
      .finally(() => {
        running.delete(key);
        nudge();
      });
    running.set(key, done);
  };

  const look = async () => {
    const isRemovalDue = performance.now() >= nextRemovalMs;
    if (isRemovalDue) nextRemovalMs = performance.now() + removeEveryMs;
    for (const organizationId of await loadWorkerOrganizations(ports.db)) {
      if (isStopping) return;
      await prepareMessages(ports, organizationId);
      const free = ports.settings.lanesAtOnceMax - running.size;
      if (free > 0) {
        const lanes = await withOrganization(ports.db, 'worker', organizationId, (sql) =>
          loadSendLanes(sql, ports.settings.lanesAtOnceMax * 4),
        );
        for (const lane of lanes) {
          if (running.size < ports.settings.lanesAtOnceMax) begin(organizationId, lane);
        }
      }
      if (isRemovalDue) await removeOld(ports, organizationId);
    }
  };

  const loop = (async () => {
    while (!isStopping) {
      isNudged = false;
      try {
        await look();
      } catch (error) {
        ports.log.warn({ code: codeOf(error) }, 'notifications could not be prepared; trying again');
      }
      if (isStopping || isNudged) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ports.settings.lookEveryMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    nudge,
    async stop(graceMs = stopGraceMs) {
      isStopping = true;
      wakeUp();
      const cut = setTimeout(() => abort.abort(new AppError('transient', 'the process ends')), graceMs);
      await loop;
      await Promise.all(running.values());
      clearTimeout(cut);
    },
  };
}

/**
 * Plans and gathers for one organization, in one transaction, by one worker at a time.
 *
 * Run twice: the second time finds nothing.
 */
export async function prepareMessages(ports: NotifyPorts, organizationId: OrganizationId): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    hasMore = await withOrganization(
      ports.db,
      'worker',
      organizationId,
      async (sql) => {
        if (!(await lockStage(sql, organizationId, 'notify'))) return false;
        if (await planUntoldEvents(sql, organizationId, ports.clock.now())) return true;
        await gatherDueNotices(sql, organizationId, ports.clock, ports.dashboardUrl);
        return false;
      },
      { isIdempotent: true },
    );
  }
}

async function removeOld(ports: NotifyPorts, organizationId: OrganizationId): Promise<void> {
  const before = new Date(ports.clock.now().getTime() - ports.settings.retentionDays * dayMs);
  for (let removed = removedAtOnce; removed === removedAtOnce; ) {
    removed = await withOrganization(ports.db, 'worker', organizationId, (sql) =>
      removeOldDeliveries(sql, before, removedAtOnce),
    );
  }
}
