import type { PushHint, PushMessage, RejectedPush } from '../connectors/marketplace.ts';
import { hintPriority, type ReadHint, saveHints } from '../db/queries/hint.ts';
import { saveQuarantine } from '../db/queries/ingest-quarantine.ts';
import { findPushTargets, savePush } from '../db/queries/push.ts';
import { wakeShop } from '../db/queries/shop.ts';
import { withOrganization } from '../db/tenant.ts';
import { codeOf, isDataFault } from '../db/transaction.ts';
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

/** As the port bounds it. */
const rawLengthMax = 16 * 1024;
/** Only 1688 pushes so far. */
const platform = 'alibaba-1688';

/**
 * Takes push messages: checks the signature, keeps the message, notes what to read again and wakes the shop, all
 * before it answers. A message is only a hint; what changed is read by the poller. The same message again only wakes
 * the shop again.
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
    await takePush(ports, message, body.toString('utf8').replaceAll('\0', ''));
    return { status: 200, body: 'success' };
  };
}

/** Keeps a message; one that the database refuses is put aside, so that it does not come again and stop the others. */
async function takePush(ports: PushPorts, message: PushMessage, body: string): Promise<void> {
  try {
    await storePush(ports, message, body);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    await quarantinePush(ports, {
      rowKey: message.messageId,
      reason: `the database refuses the message (${codeOf(error)})`,
      raw: body.replaceAll('\\u0000', '').slice(0, rawLengthMax),
      memberId: message.memberId,
    });
  }
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
    await withOrganization(
      ports.db,
      'app',
      organizationId,
      async (sql) => {
        const { messageId, topic, sentAt } = message;
        const isNew = await savePush(sql, { ...target, messageId, topic, sentAt, body, recordedAt });
        if (isNew) await saveHints(sql, target, hints, hintPriority.push, recordedAt);
      },
      { isIdempotent: true },
    );
    // Apart, since a page's transaction locks the lease before it touches hints, and we must not do it the other way.
    // For a message that is known already too: whoever stored it may have ended before it came to this.
    await withOrganization(ports.db, 'app', organizationId, (sql) => wakeShop(sql, organizationId, shopId), {
      isIdempotent: true,
    });
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

/**
 * Puts a message aside that cannot be read, with its reason, for every shop of its owner. Writes `quarantined_row`.
 * One that belongs to nobody here has no organization that it could be kept for: the log tells of it.
 */
async function quarantinePush(ports: PushPorts, push: RejectedPush): Promise<void> {
  const { memberId, ...row } = push;
  const targets = memberId === null ? [] : await findPushTargets(ports.db, platform, memberId);
  if (targets.length === 0) {
    const { rowKey, reason } = row;
    ports.log.warn(
      { messageId: rowKey, reason },
      'a push message that cannot be read, of a shop that is not known',
    );
  }
  const at = ports.clock.now();
  for (const target of targets) {
    const context = { ...target, observedAt: at, recordedAt: at };
    await withOrganization(
      ports.db,
      'app',
      target.organizationId,
      (sql) => saveQuarantine(sql, context, [{ ...row, stream: 'push_messages' }]),
      { isIdempotent: true },
    );
  }
}

/** Messages that nobody acknowledged, and how to acknowledge them. */
export interface MissedPushSource {
  /**
   * @param from - real time
   * @param pageNumber - from 1; a page that was confirmed is no longer counted
   * @returns the messages, those that cannot be read, and the ids of both as far as they have one
   */
  fetch(
    from: Date,
    to: Date,
    pageNumber: number,
  ): Promise<{
    messages: readonly PushMessage[];
    rejected: readonly RejectedPush[];
    messageIds: readonly string[];
  }>;
  confirm(messageIds: readonly string[]): Promise<void>;
}

/** Messages are kept at the platform for a time that nobody documents; a day covers our own outages. */
const replayWindowMs = 24 * hourMs;
/** Pages of one round; the rest waits for the next. */
const replayPagesMax = 50;

/**
 * Fetches what was pushed while nobody listened: stores first, confirms then, page after page until none are left.
 * What cannot be read is quarantined before it is confirmed. Safe to run in several processes, and again after a
 * fault: the same message is stored once, what is not confirmed comes again, and confirming twice does no harm.
 *
 * @returns how many messages came
 */
export async function replayMissedPushes(ports: PushPorts, source: MissedPushSource): Promise<number> {
  const to = systemClock.now();
  const from = new Date(to.getTime() - replayWindowMs);
  let count = 0;
  let pageNumber = 1;
  for (let page = 0; page < replayPagesMax; page += 1) {
    const { messages, rejected, messageIds } = await source.fetch(from, to, pageNumber);
    if (messages.length + rejected.length === 0) break;
    for (const message of messages) await takePush(ports, message, JSON.stringify(message));
    for (const push of rejected) await quarantinePush(ports, push);
    // Messages without an id cannot be confirmed: they stay in front of the others until they are too old.
    if (messageIds.length === 0) pageNumber += 1;
    else await source.confirm(messageIds);
    count += messageIds.length;
  }
  return count;
}
