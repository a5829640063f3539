/** A message for an app, kept until it is confirmed. */
export interface StoredMessage {
  msgId: number;
  memberId: string;
  type: string;
  bornAt: number;
  /** The envelope as JSON text, exactly as it is sent. */
  text: string;
  isConfirmed: boolean;
  attempts: number;
}

/** Messages that nobody confirmed yet, oldest first; the oldest are forgotten beyond the bound. */
export class MessageStore {
  readonly #messages = new Map<number, StoredMessage>();
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** Keeps a message; one with the same id is kept once. */
  add(message: StoredMessage): void {
    if (this.#messages.has(message.msgId)) return;
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

  /** Unconfirmed messages that match, oldest first. */
  find(filter: { from: number | null; to: number | null; type: string | null; memberId: string | null }) {
    return [...this.#messages.values()].filter(
      (message) =>
        (filter.from === null || message.bornAt >= filter.from) &&
        (filter.to === null || message.bornAt <= filter.to) &&
        (filter.type === null || message.type === filter.type) &&
        (filter.memberId === null || message.memberId === filter.memberId),
    );
  }
}
