import type { ChannelTarget } from '../connectors/channel.ts';
import { pauseCalls, takeCall } from '../db/queries/budget.ts';
import {
  type AttemptOutcome,
  type ClaimedDelivery,
  claimDelivery,
  finishAttempt,
  loadTarget,
  markChannelGone,
  type SendLane,
  type StoredTarget,
} from '../db/queries/notification-send.ts';
import { withOrganization } from '../db/tenant.ts';
import type { Recipient } from '../domain/notification/notice.ts';
import { computeRetryMs } from '../domain/notification/retry.ts';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { secondMs } from '../shared/time.ts';
import type { NotifyPorts } from './notify-ports.ts';

/** An address, and whose. */
export interface LaneWork {
  readonly organizationId: OrganizationId;
  readonly lane: SendLane;
  /** Name of this worker, in leases. */
  readonly worker: string;
  /** Cuts the attempt under way off; it is made again by whoever comes next. */
  readonly signal: AbortSignal;
}

/**
 * Sends what waits for one address, one message after another, within the provider's rates.
 *
 * Each message is claimed under a lease, sent without any transaction open, then marked. A worker that dies between
 * sending and marking leaves a message that is sent again with the same id: at least once. Reads channel and secrets;
 * writes `call_budget`, `notification_delivery`, and `notification_channel` when the other side is gone.
 *
 * @returns ms to leave this address alone: until its rate allows the next message; 0 = look again
 */
export async function sendLane(ports: NotifyPorts, work: LaneWork): Promise<number> {
  const { organizationId, lane } = work;
  const stored = await withOrganization(ports.db, 'worker', organizationId, (sql) =>
    loadTarget(sql, lane.channelId),
  );
  if (stored === null) return 0;
  for (let count = 0; count < ports.settings.messagesInRowMax && !work.signal.aborted; count += 1) {
    const opened = await openTarget(ports, work, stored);
    const buckets = opened instanceof AppError ? [] : ports.channels.rates(stored.kind, opened, stored);
    const waitMs = buckets.length === 0 ? 0 : await takeCall(ports.db, buckets);
    if (waitMs > 0) return waitMs;
    const claimed = await withOrganization(ports.db, 'worker', organizationId, (sql) =>
      claimDelivery(sql, lane, work.worker, ports.settings.leaseSeconds),
    );
    if (claimed === null) return 0;
    const startedMs = performance.now();
    const outcome =
      opened instanceof AppError
        ? toOutcome(ports, claimed, opened)
        : await attempt(ports, work, stored, opened, claimed);
    await withOrganization(ports.db, 'worker', organizationId, async (sql) => {
      await finishAttempt(
        sql,
        claimed.deliveryId,
        work.worker,
        outcome.attempt,
        performance.now() - startedMs,
      );
      if (outcome.isGone) await markChannelGone(sql, lane.channelId);
    });
    report(ports, work, stored, claimed, outcome.attempt);
    if (outcome.pauseMs > 0) {
      const keys = buckets.map((bucket) => bucket.key);
      await pauseCalls(ports.db, keys, outcome.pauseMs / secondMs);
      return outcome.pauseMs;
    }
    if (outcome.isGone) return 0;
  }
  return 0;
}

interface Outcome {
  readonly attempt: AttemptOutcome;
  readonly isGone: boolean;
  /** The provider asked everybody to wait for so long; 0 = it did not. */
  readonly pauseMs: number;
}

/** Fails as a value: a message whose secrets cannot be opened must be marked, too. */
async function openTarget(
  ports: NotifyPorts,
  { organizationId, lane }: LaneWork,
  stored: StoredTarget,
): Promise<ChannelTarget | AppError> {
  if (!stored.isEnabled) return new AppError('invalid_configuration', 'the channel is switched off');
  const recipients = stored.recipients.filter(({ name }) => name === lane.recipient);
  if (lane.recipient !== '' && recipients.length === 0) {
    return new AppError('invalid_configuration', 'the channel no longer has this recipient');
  }
  try {
    const secrets =
      stored.sealed === null ? null : await ports.openSecrets(organizationId, lane.channelId, stored.sealed);
    return { settings: stored.settings, secrets, recipients };
  } catch (error) {
    return error instanceof AppError ? error : new AppError('transient', 'the secrets could not be opened');
  }
}

async function attempt(
  ports: NotifyPorts,
  work: LaneWork,
  stored: StoredTarget,
  target: ChannelTarget,
  claimed: ClaimedDelivery,
): Promise<Outcome> {
  const { texts, alerts, policies = [], orders = [], mentions } = claimed.message;
  const recipients: readonly Recipient[] =
    work.lane.recipient === ''
      ? stored.recipients.filter(({ name }) => mentions.includes(name))
      : target.recipients;
  const signal = AbortSignal.any([work.signal, AbortSignal.timeout(ports.settings.attemptMsMax)]);
  try {
    const { answer } = await ports.channels.deliver(
      stored.kind,
      { ...target, recipients },
      {
        deliveryId: claimed.deliveryId,
        kind: claimed.kind,
        locale: stored.locale,
        severity: claimed.severity,
        title: claimed.title,
        texts,
        alerts,
        policies,
        orders,
        composedAt: claimed.queuedAt,
        dashboardUrl: ports.dashboardUrl,
      },
      signal,
    );
    return { attempt: { state: 'SENT', answer, at: ports.clock.now() }, isGone: false, pauseMs: 0 };
  } catch (error) {
    return toOutcome(ports, claimed, error);
  }
}

/** What a failure means for the message; an unknown one is tried again, its words are not kept. */
function toOutcome(ports: NotifyPorts, claimed: ClaimedDelivery, thrown: unknown): Outcome {
  const error =
    thrown instanceof AppError ? thrown : new AppError('transient', 'the message could not be sent');
  const { retry, ageMsMax } = ports.settings;
  const at = ports.clock.now();
  const errorCode = error.params.provider ?? error.code;
  const answer = error.message;
  const isGone = error.params.reason === 'gone';
  const isThrottled = error.code === 'throttled';
  const waitMs = isThrottled
    ? (error.retryAfterMs ?? retry.maxMs)
    : computeRetryMs(claimed.attempts, retry, ports.random());
  const isTooOld = at.getTime() - claimed.waitsSince.getTime() > ageMsMax;
  if (!error.isRetryable || waitMs === null || (isThrottled && isTooOld)) {
    return { attempt: { state: 'FAILED', errorCode, answer, at }, isGone, pauseMs: 0 };
  }
  const queued = { state: 'QUEUED', errorCode, answer, waitMs, isCounted: !isThrottled } as const;
  return { attempt: queued, isGone, pauseMs: isThrottled ? waitMs : 0 };
}

/** Neither addresses nor words of the message: those are in the delivery log, behind its scope. */
function report(
  ports: NotifyPorts,
  { organizationId, lane }: LaneWork,
  { kind }: StoredTarget,
  { deliveryId, attempts }: ClaimedDelivery,
  outcome: AttemptOutcome,
): void {
  const fields = { organizationId, channelId: lane.channelId, kind, deliveryId, attempts };
  if (outcome.state === 'SENT') ports.log.debug(fields, 'a message was sent');
  else if (outcome.state === 'FAILED') {
    ports.log.warn({ ...fields, errorCode: outcome.errorCode }, 'a message was given up');
  } else {
    ports.log.info(
      { ...fields, errorCode: outcome.errorCode, waitMs: outcome.waitMs },
      'a message is tried again',
    );
  }
}
