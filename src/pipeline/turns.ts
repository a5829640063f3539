import { setImmediate } from 'node:timers/promises';

/** Others get their turn once a thread that also serves has computed for so long, ms. */
const turnMs = 20;

/** Lets others have their turn, if it is theirs by now. */
export type TakeTurn = () => Promise<void>;

/** Begins a lengthy computation on a thread that has other things to do as well. */
export function startTurns(): TakeTurn {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < turnMs) return;
    await setImmediate();
    sinceMs = performance.now();
  };
}

/** Runs a computation that pauses now and then, and lets others have their turn in its pauses. */
export async function inTurns<T>(steps: Generator<void, T>, takeTurn: TakeTurn): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await takeTurn();
  }
}
