import type { Sql } from '../db/connection.ts';
import type { PendingEvent, StockLevelEvent } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import type { SuggestionWrite } from '../db/queries/suggestion-save.ts';
import type { TransferWrite } from '../db/queries/transfer-save.ts';
import type { StockSource } from '../db/tables/stock.ts';
import type { ChannelKind } from '../domain/notification/notice.ts';
import type { Scenario } from '../domain/plan/scenario.ts';
import type { Quantities } from '../domain/stock.ts';
import type { ItemId, OrganizationId, ShopId } from '../shared/ids.ts';

/** What somebody says lies in a place. */
export interface EnteredReading extends LevelKey {
  readonly quantities: Quantities;
  /** When it was true. Business time. */
  readonly observedAt: Date;
  readonly checkedAt: Date;
  readonly source: StockSource;
  /** Null = said by a person. */
  readonly shopId: string | null;
}

/** A shop to connect, as its owner describes it. The tokens are never stored as they are. */
interface ShopConnection {
  readonly organizationId: OrganizationId;
  readonly platform: string;
  readonly name: string | null;
  /** Of the platform's authorization, to be exchanged for tokens; null = tokens are given. */
  readonly authorizationCode: string | null;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** Address of a feed; null = the configured one. */
  readonly endpointUrl: string | null;
}

/** A notification channel as somebody describes it. */
interface EnteredNotificationChannel {
  readonly organizationId: OrganizationId;
  readonly channelId: string;
  readonly kind: ChannelKind;
  /** Settings by name; absent ones stay as they are stored. */
  readonly entered: Readonly<Record<string, string | null>>;
  /** True = everything that the kind needs must be there. */
  readonly isNew: boolean;
}

/** Its settings, checked, and its secrets, sealed for this organization and channel. */
interface PreparedNotificationChannel {
  readonly settings: Readonly<Record<string, string | null>>;
  /** Null = none were given: those that are stored stay. */
  readonly sealed: string | null;
}

/**
 * What mutations, and what-if questions, need and the pipeline or the composition root provides. All but `connectShop`,
 * `prepareChannel`, `suggestUnderScenario` and `wake` run in the mutation's own transaction.
 */
export interface MutationPorts {
  /** For how long snapshots are kept, days of business time: nothing older is taken in. */
  readonly snapshotRetentionDays: number;
  /** Takes readings in: levels, snapshots, rollups. The partitions of their months must exist. */
  recordLevels(
    sql: Sql,
    input: {
      readonly organizationId: OrganizationId;
      readonly readings: readonly EnteredReading[];
      readonly recordedAt: Date;
      readonly syncRunId: string | null;
      readonly isTrusted: boolean;
    },
  ): Promise<{ readonly touched: readonly LevelKey[]; readonly events: readonly StockLevelEvent[] }>;
  /** Believes the doubted readings of levels; a level without a doubt is left alone. */
  acceptSuspects(
    sql: Sql,
    input: {
      readonly organizationId: OrganizationId;
      readonly levels: readonly LevelKey[];
      readonly recordedAt: Date;
    },
  ): Promise<{ readonly touched: readonly LevelKey[]; readonly events: readonly StockLevelEvent[] }>;
  /** Computes thresholds anew; answers the levels whose threshold changed. */
  refreshThresholds(sql: Sql, levels: readonly LevelKey[] | 'all', at: Date): Promise<LevelKey[]>;
  /** Brings incoming quantities in line with open shipments. */
  refreshIncoming(
    sql: Sql,
    input: {
      readonly organizationId: OrganizationId;
      readonly levels: readonly LevelKey[];
      readonly recordedAt: Date;
      readonly syncRunId: string | null;
    },
  ): Promise<StockLevelEvent[]>;
  /** Brings alerts in line with levels; its events are appended last of all. */
  evaluateAlerts(
    sql: Sql,
    input: {
      readonly organizationId: OrganizationId;
      readonly levels: readonly LevelKey[];
      readonly at: Date;
      readonly kinds: 'LEVEL' | 'ALL';
    },
  ): Promise<PendingEvent[]>;
  /**
   * Checks the tokens against the platform, seals them and connects the shop, in a transaction of its own.
   *
   * @throws AppError `authorization_expired`, `permission_missing`, `invalid_input`, `invalid_configuration`, or a
   *   passing fault of the platform
   */
  connectShop(shop: ShopConnection): Promise<ShopId>;
  /**
   * Checks what somebody entered for a notification channel and seals its secrets. Sends and stores nothing.
   *
   * @throws AppError `invalid_input` with `params.field` and `params.bound`, never with a value
   */
  prepareChannel(channel: EnteredNotificationChannel): Promise<PreparedNotificationChannel>;
  /**
   * What would be suggested for items if a scenario were true. Reads by `read`, writes nothing. Items for which it makes
   * no sense are left out, and named by their article numbers.
   */
  suggestUnderScenario(
    read: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>,
    itemIds: readonly ItemId[],
    scenarioOf: (level: LevelKey, plannedDay: number) => Scenario,
  ): Promise<{
    readonly purchases: readonly SuggestionWrite[];
    readonly transfers: readonly TransferWrite[];
    readonly refusedSkus: readonly string[];
  }>;
  /** Tells readers of the event log that there is news. Called after the commit, never awaited, never throws. */
  wake(organizationId: OrganizationId): void;
}
