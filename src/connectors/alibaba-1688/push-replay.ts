import { AppError, isAppError } from '../../shared/errors.ts';
import { isJsonObject, rejectRow } from '../lossless.ts';
import type { PushMessage, RejectedPush } from '../marketplace.ts';
import { decimal, id, longId } from '../wire-values.ts';
import { apis, describeApi } from './apis.ts';
import type { AppSession, Gateway } from './client.ts';
import { formatDate } from './dates.ts';
import { readEnvelope } from './push.ts';

/** Most messages of one page, and of one confirmation. */
const replayPageSize = 200;

/** Messages that were pushed and never acknowledged. */
export interface MissedPushes {
  messages: PushMessage[];
  /** Messages that cannot be read; confirm them too once they are put aside, or they come back for ever. */
  rejected: RejectedPush[];
  /** Ids of all messages of this page, the unreadable ones included as far as they have one. */
  messageIds: string[];
  /** Unconfirmed messages in the window in all; null when the platform does not say. */
  totalMessages: number | null;
}

/**
 * Reads a page of the messages of all shops of the app that nobody acknowledged. They stay unconfirmed: store them
 * first, then call {@link confirmPushes}, then ask again until none come. Since confirming moves the later pages
 * forward, the same page is always the next one; only a page of which nothing could be confirmed has to be passed.
 *
 * @param from - real time; start of the window in which the messages were made
 * @param pageNumber - from 1
 */
export function fetchMissedPushes(
  gateway: Gateway,
  session: AppSession,
  from: Date,
  to: Date,
  pageNumber: number,
): Promise<MissedPushes> {
  const params = {
    createStartTime: formatDate(from),
    createEndTime: formatDate(to),
    page: String(pageNumber),
    pageSize: String(replayPageSize),
  };
  return gateway.readAsApp(session, apis.pushQuery, params, readMissed);
}

/**
 * Tells the platform that these messages are safely stored. Doing it twice does no harm.
 *
 * @param messageIds - digits
 * @throws AppError `invalid_input` for ids that are no digits; else as `Gateway.readAsApp`
 */
export async function confirmPushes(
  gateway: Gateway,
  session: AppSession,
  messageIds: readonly string[],
): Promise<void> {
  if (!messageIds.every((id) => /^\d{1,19}$/.test(id))) {
    throw new AppError('invalid_input', 'messageIds: expected ids of 1 to 19 digits');
  }
  for (let start = 0; start < messageIds.length; start += replayPageSize) {
    const ids = messageIds.slice(start, start + replayPageSize);
    await gateway.readAsApp(session, apis.pushConfirm, { msgIdList: `[${ids.join(',')}]` }, () => null);
  }
}

function readMissed(body: Record<string, unknown>): MissedPushes {
  const page = isJsonObject(body.pushMessagePage) ? body.pushMessagePage : null;
  const rows = page?.datas ?? (page === null ? undefined : []);
  if (!Array.isArray(rows)) {
    throw new AppError(
      'permanent',
      `${describeApi(apis.pushQuery)}: the answer is a success without messages`,
    );
  }
  const missed: MissedPushes = { messages: [], rejected: [], messageIds: [], totalMessages: null };
  const total = decimal.safeParse(page?.totalCount).data ?? null;
  missed.totalMessages = total === null ? null : Number(total);
  for (const row of rows) {
    const messageId = isJsonObject(row) ? (longId.safeParse(row.msgId).data ?? null) : null;
    if (messageId !== null) missed.messageIds.push(messageId);
    try {
      missed.messages.push(readEnvelope(row));
    } catch (error) {
      if (!isAppError(error, 'invalid_input')) throw error;
      const memberId = isJsonObject(row) ? (id.safeParse(row.userInfo).data ?? null) : null;
      missed.rejected.push({ ...rejectRow(messageId, error.message, row), memberId });
    }
  }
  return missed;
}
