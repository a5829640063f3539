import type { Clock } from '../../../shared/time.ts';

/** A message for an app, kept until it is confirmed. */
export interface StoredMessage {
  msgId: number;
  memberId: string;
  type: string;
  /** Business time, ms. */
  bornAt: number;
  /** When the store took it, real time, ms; 0 before. */
  storedAt: number;
  /** The envelope as JSON text, exactly as it is sent. */
  text: string;
  isConfirmed: boolean;
  attempts: number;
}

/** Messages that nobody confirmed yet, oldest first; the oldest are forgotten beyond the bound. */
export class MessageStore {
  readonly #messages = new Map<number, StoredMessage>();
  readonly #bound: number;
  readonly #realClock: Clock;

  constructor(bound: number, realClock: Clock) {
    this.#bound = bound;
    this.#realClock = realClock;
  }

  /** Keeps a message; one with the same id is kept once. */
  add(message: StoredMessage): void {
    if (this.#messages.has(message.msgId)) return;
    message.storedAt = this.#realClock.now().getTime();
    this.#messages.set(message.msgId, message);
    if (this.#messages.size > this.#bound) {
      const oldest = this.#messages.keys().next().value;
      if (oldest !== undefined) this.#messages.delete(oldest);
    }
  }

  /** Ends a message: it is neither sent nor replayed again. Unknown ids are no fault. */
  confirm(msgId: number): void {
    const message = this.#messages.get(msgId);
    if (message === undefined) return;
    message.isConfirmed = true;
    this.#messages.delete(msgId);
  }

  /**
   * Unconfirmed messages that match, oldest first. The window may be meant in business time or in real time:
   * on the platform they are the same, here a message fits by either.
   */
  find(filter: { from: number | null; to: number | null; type: string | null; memberId: string | null }) {
    const isInside = (at: number) =>
      (filter.from === null || at >= filter.from) && (filter.to === null || at <= filter.to);
    return [...this.#messages.values()].filter(
      (message) =>
        (isInside(message.bornAt) || isInside(message.storedAt)) &&
        (filter.type === null || message.type === filter.type) &&
        (filter.memberId === null || message.memberId === filter.memberId),
    );
  }
}
