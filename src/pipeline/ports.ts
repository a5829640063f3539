import type {
  CallBudget,
  CredentialSource,
  MarketplaceConnector,
  Platform,
} from '../connectors/marketplace.ts';
import type { Database } from '../db/client.ts';
import type { OrganizationId, ShopId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Clock } from '../shared/time.ts';

/** A shop as the pipeline knows it. */
export interface PolledShop {
  readonly organizationId: OrganizationId;
  readonly shopId: ShopId;
  readonly platform: Platform;
  readonly memberId: string;
  readonly name: string;
  /** Address of a feed; null = the platform's own from the configuration. */
  readonly endpointUrl: string | null;
}

/** Business time and how fast it runs: 1 in real operation, 0 while a replay moves it by hand. */
export interface PipelineClock extends Clock {
  readonly speed: number;
}

/** How often and how much. Intervals in business time are divided by the clock's speed. */
export interface PipelineSettings {
  /** From the end of one poll of a shop to the next, business time, ms. */
  readonly pollIntervalMs: number;
  /** Windows reach back this far before what was read already, business time, ms. */
  readonly overlapMs: number;
  /** A reconciliation sweep every so often, business time, ms … */
  readonly sweepIntervalMs: number;
  /** … over a window of this length, business time, ms. */
  readonly sweepWindowMs: number;
  /** Width of the first slice of history, business time, ms; empty slices double it. */
  readonly historySliceMs: number;
  /** Real time that a whole-read or history step may take of one poll before other shops get their turn, ms. */
  readonly stepBudgetMs: number;
  /** Shops that one worker polls at the same time. */
  readonly shopsAtOnceMax: number;
  /** Database time, s. A killed worker's shop is free after this. */
  readonly leaseSeconds: number;
  /**
   * A page's transaction ends after this, real time, whole ms: far beyond an honest page, and short enough that a worker
   * which stands still in the middle of one does not keep its shop from the others for long.
   */
  readonly pageDeadlineMs: number;
  /** Real time between looks for due shops, ms. */
  readonly claimEveryMs: number;
  /** Real time between rounds of the stages (demand, thresholds, alerts), ms. */
  readonly stageEveryMs: number;
  /** Events older than this are removed, business time, days. */
  readonly eventRetentionDays: number;
  /** Snapshot partitions older than this are dropped, business time, days. */
  readonly snapshotRetentionDays: number;
  /** Finished readings, answered pushes and quarantined rows older than this are removed, business time, days. */
  readonly recordRetentionDays: number;
}

/** Five minutes between polls, ten of overlap, a sweep over two days once a day; the rest as measured or required. */
export const pipelineSettingsDefault: PipelineSettings = {
  pollIntervalMs: 5 * 60_000,
  overlapMs: 10 * 60_000,
  sweepIntervalMs: 24 * 3_600_000,
  sweepWindowMs: 48 * 3_600_000,
  historySliceMs: 30 * 24 * 3_600_000,
  stepBudgetMs: 2_000,
  shopsAtOnceMax: 4,
  leaseSeconds: 3,
  pageDeadlineMs: 20_000,
  claimEveryMs: 200,
  stageEveryMs: 1_000,
  eventRetentionDays: 90,
  snapshotRetentionDays: 400,
  recordRetentionDays: 30,
};

/** What the pipeline needs from outside itself; supplied by the composition root. */
export interface PipelinePorts {
  readonly db: Database;
  readonly clock: PipelineClock;
  readonly log: Log;
  readonly settings: PipelineSettings;
  /** The adapter that speaks for a shop. @throws AppError `invalid_configuration` when its platform is not set up */
  connectorFor(shop: PolledShop): MarketplaceConnector;
  credentialSource(shop: PolledShop): CredentialSource;
  callBudget(shop: PolledShop): CallBudget;
  /** Tells readers of the event log that there is news. Called after the commit, never awaited, never throws. */
  wake(organizationId: OrganizationId): void;
}
