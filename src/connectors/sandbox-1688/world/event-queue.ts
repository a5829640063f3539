interface QueuedEvent {
  at: number;
  sequence: number;
  run: (at: number) => void;
}

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** Things that will happen, taken in order of time; what was scheduled first comes first at the same instant. */
export class EventQueue {
  readonly #heap: QueuedEvent[] = [];
  #sequence = 0;

  /** Makes `run` happen at an instant (ms). */
  schedule(at: number, run: (at: number) => void): void {
    const event = { at, sequence: this.#sequence++, run };
    let index = this.#heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, this.#heap[parent] as QueuedEvent)) break;
      this.#heap[index] = this.#heap[parent] as QueuedEvent;
      index = parent;
    }
    this.#heap[index] = event;
  }

  /** Lets everything up to and including this instant happen, what it schedules meanwhile too. */
  runUntil(at: number): void {
    for (let first = this.#heap[0]; first !== undefined && first.at <= at; first = this.#heap[0]) {
      this.#removeFirst();
      first.run(first.at);
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop() as QueuedEvent;
    const size = this.#heap.length;
    if (size === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      if (
        child + 1 < size &&
        isBefore(this.#heap[child + 1] as QueuedEvent, this.#heap[child] as QueuedEvent)
      ) {
        child++;
      }
      if (!isBefore(this.#heap[child] as QueuedEvent, last)) break;
      this.#heap[index] = this.#heap[child] as QueuedEvent;
      index = child;
    }
    this.#heap[index] = last;
  }
}
