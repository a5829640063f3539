/** Port: tells processes that there may be news. A hint only: a lost one costs a poll interval, never an event. */
export interface Wakeup {
  /** Called after a commit that wrote events. Never throws, never waits. */
  announce(): void;
  /** Calls back on every hint, and whenever hints may have been missed. @returns ends it */
  subscribe(onWake: () => void): () => void;
  /** Ends all of it. */
  stop(): void;
}
