import type { QuietHours } from './quiet-hours.ts';

/** By which way a message goes out. */
export type ChannelKind = 'EMAIL' | 'SMS' | 'DINGTALK' | 'WECOM' | 'FEISHU' | 'WEBHOOK' | 'INBOX';

/** How bad an alert is, mildest first. */
export const severities = ['INFO', 'WARNING', 'CRITICAL'] as const;
/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** What somebody does in the shop. */
type RecipientRole = 'BUYER' | 'OPERATIONS' | 'OWNER';

/** Somebody whom a channel reaches. */
export interface Recipient {
  /** Unique in its channel; shown in the delivery log instead of the address. */
  readonly name: string;
  /** Null = addressed by name only. */
  readonly role: RecipientRole | null;
  /** Mail address or mobile number; null = reached by user id only. */
  readonly address: string | null;
  /** Id on the chat platform, for a mention; null = mentioned by mobile number, or not at all. */
  readonly userId: string | null;
}

/** A channel as routing sees it. */
export interface ChannelFacts {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly isEnabled: boolean;
  readonly recipients: readonly Recipient[];
}

/** Whom to tell, by which channels. Both lists empty = everybody the channel reaches, and nobody is mentioned. */
export interface Audience {
  readonly channelIds: readonly string[];
  readonly roles: readonly RecipientRole[];
  readonly recipientNames: readonly string[];
}

/** Whom to tell when nobody has acknowledged for so long. */
export interface EscalationStep extends Audience {
  /** Since the alert fired, business time, minutes, >= 1. */
  readonly afterMinutes: number;
}

/** Which alerts to whom, by which channels, when. */
export interface Route extends Audience {
  readonly routeId: string;
  readonly isEnabled: boolean;
  /** Null = every kind. */
  readonly kinds: readonly string[] | null;
  /** This bad, or worse. */
  readonly severityMin: Severity;
  /** Null = every warehouse, and alerts without one. */
  readonly warehouseIds: readonly string[] | null;
  /** Null = every category, and goods without one. */
  readonly categories: readonly string[] | null;
  /** Whether the end of an alert is told too. */
  readonly tellsResolved: boolean;
  /** Messages are gathered over windows of so many minutes, business time; 0 = told at once. */
  readonly digestMinutes: number;
  /** IANA zone by whose clock the windows are counted, from 08:00. */
  readonly timeZone: string;
  readonly quietHours: QuietHours | null;
  /** Alerts at least this bad are told in quiet hours too; null = none is. */
  readonly quietExceptSeverity: Severity | null;
  /** Told again every so many minutes while it fires, business time; null = once. */
  readonly repeatMinutes: number | null;
  readonly escalation: readonly EscalationStep[];
}

/** One event of an alert, with what routes look at. */
export interface AlertEventFacts {
  readonly eventNumber: bigint;
  readonly alertId: string;
  readonly kind: string;
  readonly reason: string;
  readonly state: string;
  readonly previousState: string | null;
  readonly severity: Severity;
  /** Of the alert's event before this one; null = it has none. */
  readonly previousSeverity: Severity | null;
  readonly warehouseId: string | null;
  readonly category: string | null;
  /** Business time. */
  readonly occurredAt: Date;
}

/** Why a notice is due when it is. */
export type NoticeReason = 'IMMEDIATE' | 'DIGEST_WINDOW' | 'QUIET_HOURS' | 'REPEAT' | 'ESCALATION';

/** One thing to tell one address at a time. */
export interface PlannedNotice {
  readonly channelId: string;
  /** Name of the one recipient of a mail or an SMS; empty for a group, a webhook or the inbox. */
  readonly recipient: string;
  readonly eventNumber: bigint;
  readonly cause: 'EVENT' | 'REPEAT' | 'ESCALATION';
  /** 0 for an event; reminders and steps count from 1. */
  readonly ordinal: number;
  readonly alertId: string;
  readonly routeId: string;
  /** Names of the recipients that a group message calls. */
  readonly mentions: readonly string[];
  /** Business time. */
  readonly dueAt: Date;
  readonly dueReason: NoticeReason;
  readonly changedAt: Date;
}
