import type { Channels } from '../connectors/channel.ts';
import type { Database } from '../db/client.ts';
import type { RetryPolicy } from '../domain/notification/retry.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { minuteMs, secondMs } from '../shared/time.ts';
import type { PipelineClock } from './ports.ts';

/** How often and how much. */
export interface NotifySettings {
  /** Real time between looks for what is due, ms. */
  readonly lookEveryMs: number;
  /** Database time, s: longer than any attempt lasts. A killed worker's message is sent again after this. */
  readonly leaseSeconds: number;
  /** Longest attempt, ms. */
  readonly attemptMsMax: number;
  /** Addresses that one worker sends to at the same time. */
  readonly lanesAtOnceMax: number;
  /** Messages sent to one address before the others get their turn. */
  readonly messagesInRowMax: number;
  readonly retry: RetryPolicy;
  /** A message that was only asked to wait is given up after this, business time, ms. */
  readonly ageMsMax: number;
  /** Finished messages older than this are removed, business time, days. */
  readonly retentionDays: number;
}

/**
 * Looks twice a second; a lease is three times the longest attempt; the first repetition comes after 5 s, later ones
 * at most a quarter of an hour apart, so that twenty attempts cover about four hours of an outage; a day at most.
 */
export const notifySettingsDefault: NotifySettings = {
  lookEveryMs: 500,
  leaseSeconds: 60,
  attemptMsMax: 20 * secondMs,
  lanesAtOnceMax: 16,
  messagesInRowMax: 20,
  retry: { baseMs: 5 * secondMs, maxMs: 15 * minuteMs, attemptsMax: 20 },
  ageMsMax: 24 * 60 * minuteMs,
  retentionDays: 90,
};

/** What telling people needs from outside itself; supplied by the composition root. */
export interface NotifyPorts {
  readonly db: Database;
  /** Business time. */
  readonly clock: PipelineClock;
  readonly log: Log;
  readonly settings: NotifySettings;
  readonly channels: Channels;
  /** Opens the secrets of a channel. @throws AppError `secret_unreadable` */
  openSecrets(organizationId: OrganizationId, channelId: string, sealed: string): Promise<string>;
  /** Where people look at alerts, without a slash at its end; null = messages hold no links. */
  readonly dashboardUrl: string | null;
  /** 0 to 1, for the spread of repetitions. */
  readonly random: () => number;
}
