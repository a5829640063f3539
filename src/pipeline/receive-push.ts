import type { PushHint, PushMessage } from '../connectors/marketplace.ts';
import { hintPriority, type ReadHint, saveHints } from '../db/queries/hint.ts';
import { findPushTargets, savePush } from '../db/queries/push.ts';
import { wakeShop } from '../db/queries/shop.ts';
import { withOrganization } from '../db/tenant.ts';
import { isAppError } from '../shared/errors.ts';
import { type Clock, hourMs, systemClock } from '../shared/time.ts';
import type { PipelinePorts } from './ports.ts';

/** What receiving needs of the pipeline's ports. */
export interface PushPorts extends Pick<PipelinePorts, 'db' | 'log'> {
  /** Business time. */
  readonly clock: Clock;
}

/** Answer to a push: the platform sends again what is not answered with 200. */
export interface PushAnswer {
  readonly status: number;
  readonly body: string;
}

/** Only 1688 pushes so far. */
const platform = 'alibaba-1688';

/**
 * Takes push messages: checks the signature, keeps the message, notes what to read again and wakes the shop, all
 * before it answers. A message is only a hint; what changed is read by the poller. The same message again changes
 * nothing.
 *
 * Writes `push_message` and `read_hint` in one transaction per shop, then the lease.
 *
 * @param open - checks and reads the bytes as they came. @throws AppError `forbidden`, `invalid_input`
 */
export function createPushReceiver(
  ports: PushPorts,
  open: (body: Buffer) => PushMessage,
): (body: Buffer) => Promise<PushAnswer> {
  return async (body) => {
    let message: PushMessage;
    try {
      message = open(body);
    } catch (error) {
      if (isAppError(error, 'forbidden')) return { status: 401, body: 'bad signature' };
      if (isAppError(error, 'invalid_input')) return { status: 400, body: 'unreadable message' };
      if (isAppError(error, 'invalid_configuration')) return { status: 404, body: 'no such hook' };
      throw error;
    }
    await storePush(ports, message, body.toString('utf8').replaceAll('\0', ''));
    return { status: 200, body: 'success' };
  };
}

/** Keeps one message for every shop it concerns; an unknown owner's message is only counted in the log. */
async function storePush(ports: PushPorts, message: PushMessage, body: string): Promise<void> {
  const targets = await findPushTargets(ports.db, platform, message.memberId);
  if (targets.length === 0) {
    ports.log.info({ topic: message.topic }, 'a push message for a shop that is not connected here');
  }
  const hints = message.hints.flatMap(toReadHint);
  const recordedAt = ports.clock.now();
  for (const target of targets) {
    const { organizationId, shopId } = target;
    const isNew = await withOrganization(
      ports.db,
      'app',
      organizationId,
      async (sql) => {
        const { messageId, topic, sentAt } = message;
        if (!(await savePush(sql, { ...target, messageId, topic, sentAt, body, recordedAt }))) return false;
        await saveHints(sql, target, hints, hintPriority.push, recordedAt);
        return true;
      },
      { isIdempotent: true },
    );
    // Apart, since a page's transaction locks the lease before it touches hints, and we must not do it the other way.
    if (isNew) {
      await withOrganization(
        ports.db,
        'app',
        organizationId,
        (sql) => wakeShop(sql, organizationId, shopId),
        {
          isIdempotent: true,
        },
      );
    }
  }
}

function toReadHint(hint: PushHint): ReadHint[] {
  switch (hint.kind) {
    case 'product_changed':
      return [{ kind: 'PRODUCT', externalId: hint.productId }];
    case 'order_changed':
      return [{ kind: 'ORDER', externalId: hint.orderId }];
    case 'authorization_cancelled':
      // Nothing to read again: waking the shop lets the poller find its tokens refused.
      return [];
  }
}

/** Messages that nobody acknowledged, and how to acknowledge them. */
export interface MissedPushSource {
  /** @param from - real time */
  fetch(from: Date, to: Date): Promise<{ messages: readonly PushMessage[]; messageIds: readonly string[] }>;
  confirm(messageIds: readonly string[]): Promise<void>;
}

/** Messages are kept at the platform for a time that nobody documents; a day covers our own outages. */
const replayWindowMs = 24 * hourMs;
/** Pages of one round; the rest waits for the next. */
const replayPagesMax = 50;

/**
 * Fetches what was pushed while nobody listened: stores first, confirms then, page after page until none are left.
 * Safe to run in several processes: the same message is stored once, and confirming twice does no harm.
 *
 * @returns how many messages came
 */
export async function replayMissedPushes(ports: PushPorts, source: MissedPushSource): Promise<number> {
  const to = systemClock.now();
  const from = new Date(to.getTime() - replayWindowMs);
  let count = 0;
  for (let page = 0; page < replayPagesMax; page += 1) {
    const { messages, messageIds } = await source.fetch(from, to);
    if (messageIds.length === 0) break;
    for (const message of messages) await storePush(ports, message, JSON.stringify(message));
    await source.confirm(messageIds);
    count += messageIds.length;
  }
  return count;
}
