import { isUuid } from '../shared/ids.ts';

/** A place in an organization's event log: right after the event with this number. */
export interface EventPosition {
  /** Of the log: changes when a database was restored, because numbers may then mean other events. */
  readonly epoch: string;
  /** Of the last event that was seen; 0 = before the first. */
  readonly number: bigint;
}

/** The word for the place before the oldest event that is kept. */
export const beginWord = 'begin';

/**
 * The cursor of an event: after it, the next one follows. Opaque to clients, the same for the connection of events
 * and for subscriptions, valid as long as the log keeps its epoch.
 *
 * @param number - int64 >= 0, as bigint or decimal text
 */
export function encodeEventCursor(epoch: string, number: bigint | string): string {
  return Buffer.from(`${epoch}:${number}`, 'utf8').toString('base64url');
}

/** Reads what {@link encodeEventCursor} made; null for anything else. */
export function decodeEventCursor(cursor: string): EventPosition | null {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, epoch = '', digits = ''] = /^([0-9a-f-]{36}):(0|[1-9]\d{0,18})$/.exec(text) ?? [];
  return isUuid(epoch) ? { epoch, number: BigInt(digits) } : null;
}
