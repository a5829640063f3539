import type { Bucket } from '../domain/notification/limits.ts';
import type { MessageLine } from '../domain/notification/message.ts';
import type { ChannelKind, Recipient, Severity } from '../domain/notification/notice.ts';
import type { OrderLine } from '../domain/notification/order-message.ts';
import type { PolicyChangeLine } from '../domain/notification/sales-policy-message.ts';
import type { MessageLocale } from '../domain/notification/words.ts';

/** One message to one address, composed and within the channel's bounds. */
export interface ChannelMessage {
  /** Stable over all attempts: a receiver that sees it twice may drop the second. */
  readonly deliveryId: string;
  readonly kind: 'ALERTS' | 'TEST' | 'SALES_POLICIES' | 'ORDERS';
  readonly locale: MessageLocale;
  readonly severity: Severity;
  readonly title: string;
  /** Plain text, one line each, at least one. */
  readonly texts: readonly string[];
  /** The facts behind the lines; empty for a test. */
  readonly alerts: readonly MessageLine[];
  /** Changes of sales policies; absent or empty for anything else. */
  readonly policies?: readonly PolicyChangeLine[];
  /** Lines of an approved order; absent or empty for anything else. */
  readonly orders?: readonly OrderLine[];
  /** When it was composed, business time. */
  readonly composedAt: Date;
  /** Where people look at alerts, without a slash at its end; null = the message holds no links. */
  readonly dashboardUrl: string | null;
}

/** Where a message goes. */
export interface ChannelTarget {
  /** What is no secret, by kind. */
  readonly settings: unknown;
  /** JSON of the secrets, by kind; null = there are none. Never logged, never shown. */
  readonly secrets: string | null;
  /** The one recipient of a mail or an SMS, or those whom a group message calls. */
  readonly recipients: readonly Recipient[];
}

/** What the provider said to a message that it took. */
export interface DeliveryReceipt {
  /** The provider's words, short, without secrets. */
  readonly answer: string;
}

/** A rate that belongs to an address at the provider, whoever sends there. */
export interface RateBucket extends Bucket {
  readonly key: string;
}

/** Rates that are set for a channel; null = the platform's. */
export interface OwnRates {
  readonly perMinuteMax: number | null;
  readonly perSecondMax: number | null;
  /** To one mobile number. */
  readonly perDayMax: number | null;
}

/** What somebody entered for a channel. */
export interface EnteredChannel {
  readonly kind: ChannelKind;
  /** What was given, by kind; absent fields stay as they are stored. */
  readonly entered: Readonly<Record<string, string | null>>;
}

/** Settings that were checked and divided. */
export interface PreparedChannel {
  readonly settings: Readonly<Record<string, string | null>>;
  /** JSON of the secrets; null = none were given, so that stored ones stay. */
  readonly secrets: string | null;
}

/** All ways out, behind one port. */
export interface Channels {
  /**
   * Checks what somebody entered and parts secrets from the rest. Nothing is sent.
   *
   * @param isNew - true = everything that is needed must be there
   * @throws AppError `invalid_input` with `params.field` and `params.bound`, without the value
   */
  prepare(channel: EnteredChannel, isNew: boolean): PreparedChannel;
  /**
   * Sends one message once. Success is what the provider's body says, not its status.
   *
   * @throws AppError `throttled` (pause asked for), `transient`, `deadline_exceeded` (try again), `gone` in
   *   `params.reason` with `permanent` when the address no longer exists, `permanent`, `forbidden` (the guard refused
   *   the address), `invalid_configuration`. `params.provider` is the provider's own code. No message holds a secret
   */
  deliver(
    kind: ChannelKind,
    target: ChannelTarget,
    message: ChannelMessage,
    signal: AbortSignal,
  ): Promise<DeliveryReceipt>;
  /** The provider's rates for an address, to be taken from before each message. */
  rates(kind: ChannelKind, target: ChannelTarget, own: OwnRates): RateBucket[];
  /** Ends all connections. */
  close(): Promise<void>;
}
