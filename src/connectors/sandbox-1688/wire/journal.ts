import type { Clock } from '../../../shared/time.ts';

/** One answer that was served. */
export interface JournalEntry {
  sequence: number;
  /** Real time. */
  realAt: Date;
  /** Business time of the answer. */
  at: Date;
  api: string;
  memberId: string | null;
  /** Without tokens and signatures. */
  params: Record<string, string>;
  /** `ok`, the kind of fault, or the gateway's error code. */
  outcome: string;
  /** The body as sent; empty when bodies are not kept. */
  body: string;
}

/** What the gateway served, the newest entries up to a bound; for checks that compare it with what was stored. */
export interface Journal {
  add(
    api: string,
    params: ReadonlyMap<string, string>,
    memberId: string | null,
    outcome: string,
    body: string,
  ): void;
  entries(): readonly JournalEntry[];
}

const secrets = new Set(['access_token', 'refresh_token', 'client_secret', '_aop_signature', 'code']);

/** @param options.entriesMax - older entries are dropped; @param options.withBodies - keep what was sent */
export function createJournal(options: {
  entriesMax: number;
  withBodies: boolean;
  clock: Clock;
  realClock: Clock;
}): Journal {
  const entries: JournalEntry[] = [];
  let sequence = 0;
  return {
    add(api, params, memberId, outcome, body) {
      entries.push({
        sequence: ++sequence,
        realAt: options.realClock.now(),
        at: options.clock.now(),
        api,
        memberId,
        params: Object.fromEntries([...params].filter(([name]) => !secrets.has(name))),
        outcome,
        body: options.withBodies ? body : '',
      });
      // Dropped in blocks, so that adding stays cheap.
      if (entries.length > options.entriesMax * 1.25) entries.splice(0, entries.length - options.entriesMax);
    },
    entries: () => entries,
  };
}
