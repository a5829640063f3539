import type { Log } from '../../../shared/log.ts';
import type { MessageStore, StoredMessage } from './message-store.ts';
import { signPushMessage } from './sign.ts';

/** How deliveries misbehave. */
export interface PushFaults {
  /** Every n-th message is delivered twice; 0 = none. */
  duplicateEvery: number;
  /** Messages of one batch are delivered in reverse order. */
  outOfOrder: boolean;
  /** Every n-th message carries a wrong signature at its first attempt; 0 = none. */
  badSignatureEvery: number;
}

/** Delivers messages to an app's address. */
export interface PushSender {
  /** Queues messages; returns at once. */
  send(messages: readonly StoredMessage[]): void;
  /** Resolves when nothing is on its way and no repetition is due before the next waiting time ends. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Waiting times before the second, third and fourth attempt, real ms; then a message waits for replay. */
const retryDelaysMs = [500, 2_000, 10_000];
const requestTimeoutMs = 5_000;
const parallel = 4;

/**
 * Sends each message as a signed form to `pushUrl` until it is answered with 200. A message that is refused
 * to the end stays in the store, from where the app may read it again.
 */
export function createPushSender(options: {
  pushUrl: string;
  appSecret: string;
  store: MessageStore;
  faults: PushFaults;
  log: Log;
}): PushSender {
  const { pushUrl, appSecret, store, faults, log } = options;
  const queue: StoredMessage[] = [];
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const abort = new AbortController();
  let count = 0;

  async function post(message: StoredMessage, isSpoilt: boolean): Promise<boolean> {
    const signature = signPushMessage(message.text, isSpoilt ? `${appSecret}?` : appSecret);
    const body = new URLSearchParams({ message: message.text, _aop_signature: signature });
    try {
      const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(requestTimeoutMs)]);
      const answer = await fetch(pushUrl, { method: 'POST', body, signal });
      await answer.body?.cancel();
      return answer.status === 200;
    } catch (error) {
      if (!abort.signal.aborted) log.debug({ error: String(error), msgId: message.msgId }, 'push failed');
      return false;
    }
  }

  async function deliver(message: StoredMessage): Promise<void> {
    const number = ++count;
    const isSpoilt =
      message.attempts === 0 && faults.badSignatureEvery > 0 && number % faults.badSignatureEvery === 0;
    message.attempts++;
    const isTaken = await post(message, isSpoilt);
    if (isTaken) {
      store.confirm(message.msgId);
      if (faults.duplicateEvery > 0 && number % faults.duplicateEvery === 0) await post(message, false);
      return;
    }
    const delay = retryDelaysMs[message.attempts - 1];
    if (delay === undefined || abort.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      queue.push(message);
      pump();
    }, delay);
    timers.add(timer);
  }

  function pump(): void {
    while (!abort.signal.aborted && running.size < parallel) {
      const message = queue.shift();
      if (message === undefined) return;
      if (message.isConfirmed) continue;
      const work: Promise<void> = deliver(message).finally(() => {
        running.delete(work);
        pump();
      });
      running.add(work);
    }
  }

  return {
    send(messages) {
      queue.push(...(faults.outOfOrder ? messages.toReversed() : messages));
      pump();
    },
    async idle() {
      while (running.size > 0) await Promise.race(running);
    },
    async close() {
      abort.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      queue.length = 0;
      await Promise.allSettled(running);
    },
  };
}
