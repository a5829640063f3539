import type { MarketplaceConnector, ShopSession } from '../connectors/marketplace.ts';
import { type StreamState, type SyncRun, unreadStream } from '../db/queries/ingest-sync.ts';
import type { ShopLease } from '../db/queries/lease.ts';
import type { Log } from '../shared/log.ts';
import type { PipelinePorts, PolledShop } from './ports.ts';

/** What a worker remembers between polls; losing it costs nothing but a little work. */
export interface PollMemory {
  /** Monotonic instant before which a failed stream is not tried again, by shop and stream, ms. */
  readonly retryAtMs: Map<string, number>;
  /** Cursors seen in the pass under way, by shop and stream: to notice pages that run in a circle. */
  readonly seenCursors: Map<string, { passStartedAt: number; cursors: Set<string> }>;
  /** Levels that fell to zero in the pass under way, by shop and stream: many at once are doubted. */
  readonly zeroed: Map<string, { passStartedAt: number; count: number }>;
  /** Monotonic instant at which an uneventful reading was last recorded, by shop and stream, ms. */
  readonly recordedAtMs: Map<string, number>;
  /** Monotonic instant at which the log last told of a first load, by shop and stream, ms. */
  readonly loggedAtMs: Map<string, number>;
  /** Monotonic instant of the last probe, by shop, ms. */
  readonly probedAtMs: Map<string, number>;
  /** Monotonic instant at which single products or orders were last refused, by shop and kind of hint, ms. */
  readonly deniedByIdAtMs: Map<string, number>;
}

/** An empty memory. */
export function createPollMemory(): PollMemory {
  return {
    retryAtMs: new Map(),
    zeroed: new Map(),
    seenCursors: new Map(),
    recordedAtMs: new Map(),
    loggedAtMs: new Map(),
    probedAtMs: new Map(),
    deniedByIdAtMs: new Map(),
  };
}

/** One poll of one shop under way. */
export interface Poll {
  readonly ports: PipelinePorts;
  readonly lease: ShopLease;
  readonly shop: PolledShop;
  readonly connector: MarketplaceConnector;
  readonly session: ShopSession;
  readonly log: Log;
  readonly memory: PollMemory;
  /** True once the process wants to end: the page under way is finished, no further one begun. */
  readonly isStopping: () => boolean;
  readonly states: Map<string, StreamState>;
  /** First loads under way, by stream. */
  readonly initialRuns: Map<string, SyncRun>;
  capabilities: unknown;
  /** True when pages, history or hints are left for the next poll. */
  hasMore: boolean;
  /** How many streams were read without a failure. */
  readCount: number;
  failedCount: number;
}

/** When a shop is due again, and whether anybody may poll it. */
export interface PollOutcome {
  readonly dueInSeconds: number;
  readonly isEnabled: boolean;
}

/** The state of a stream as this poll knows it. */
export function stateOf(poll: Poll, stream: string): StreamState {
  return poll.states.get(stream) ?? unreadStream(stream);
}
