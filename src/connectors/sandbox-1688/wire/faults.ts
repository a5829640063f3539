import { randomOf } from '../world/random.ts';

/** Something that goes wrong with one answer. */
export type Fault =
  /** The answer comes late, in real time. */
  | { kind: 'slow'; delayMs: number }
  /** HTTP 502 with an HTML page. */
  | { kind: 'bad_gateway' }
  /** HTTP 200, the JSON text ends in the middle. */
  | { kind: 'truncated' }
  /** HTTP 200, JSON of another shape. */
  | { kind: 'wrong_type' }
  /** HTTP 200 and a JSON text that never ends. */
  | { kind: 'endless' }
  /** The connection is cut without an answer. */
  | { kind: 'reset' }
  /** The platform's "too many calls", though the bucket is not empty; the feed answers 429. */
  | { kind: 'throttle'; retryAfter?: string }
  /** Every quantity for sale, and every quantity in stock, reads 0. */
  | { kind: 'zero_stock' }
  /** Every second row of the page is missing, the total stays. */
  | { kind: 'half_page' }
  /** The page has no rows, the total stays. */
  | { kind: 'empty_page' }
  /** The first row of the page cannot be understood. */
  | { kind: 'bad_rows' }
  /** Any answer at all. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body: string };

/** What a fault plan may look at. */
interface ServedRequest {
  /** `namespace:name-version` of an API, or `feed:/stock-levels` and the like, or `token`. */
  api: string;
  memberId: string | null;
  params: ReadonlyMap<string, string>;
}

/** Decides for each request what goes wrong with it; null = nothing. */
export interface FaultPlan {
  pick(request: ServedRequest): Fault | null;
}

/** Which requests a scripted fault is for; what is left out matches everything. */
interface FaultMatch {
  /** Exact name, or a pattern on it. */
  api?: string | RegExp;
  memberId?: string;
  /** Lets so many matching requests pass first; default 0. */
  skip?: number;
  /** Strikes so often; default once; Infinity = always. */
  times?: number;
}

/** A plan to which a test adds faults while the gateway runs. */
export interface FaultScript extends FaultPlan {
  add(match: FaultMatch, fault: Fault): void;
  clear(): void;
}

/** An empty script: nothing goes wrong until something is added; the first entry that matches strikes. */
export function createFaultScript(): FaultScript {
  let entries: { match: FaultMatch; fault: Fault; skip: number; times: number }[] = [];
  return {
    add(match, fault) {
      entries.push({ match, fault, skip: match.skip ?? 0, times: match.times ?? 1 });
    },
    clear() {
      entries = [];
    },
    pick(request) {
      for (const entry of entries) {
        const { api, memberId } = entry.match;
        const isApi =
          api === undefined || (typeof api === 'string' ? api === request.api : api.test(request.api));
        if (!isApi || (memberId !== undefined && memberId !== request.memberId)) continue;
        if (entry.skip > 0) {
          entry.skip--;
          continue;
        }
        if (entry.times <= 0) continue;
        entry.times--;
        return entry.fault;
      }
      return null;
    },
  };
}

/**
 * Faults at random, the same sequence for the same seed and order of requests.
 *
 * @param options.probability - of a fault per request, 0 to 1
 */
export function createRandomFaults(options: {
  seed: number;
  probability: number;
  faults: readonly Fault[];
}): FaultPlan {
  const random = randomOf(options.seed, 21);
  return {
    pick() {
      if (random() >= options.probability) return null;
      return options.faults[Math.floor(random() * options.faults.length)] ?? null;
    },
  };
}

/** Takes rows away, or spoils the first one, as the fault says; other faults leave the page alone. */
export function damageRows<T extends Record<string, unknown>>(
  rows: readonly T[],
  fault: Fault | null,
): Record<string, unknown>[] {
  if (fault?.kind === 'half_page') return rows.filter((_, index) => index % 2 === 0);
  if (fault?.kind === 'empty_page') return [];
  if (fault?.kind === 'bad_rows') {
    // A row that lost its shape: every member is a text of something else.
    return rows.map((row, index) =>
      index === 0 ? Object.fromEntries(Object.keys(row).map((name) => [name, 'damaged'])) : row,
    );
  }
  return [...rows];
}
