import type { ChannelMessage, Channels, ChannelTarget } from '../../../src/connectors/channel.ts';
import { type ChannelsOptions, createChannels } from '../../../src/connectors/channels.ts';
import type { ChannelKind, Recipient } from '../../../src/domain/notification/notice.ts';
import { type AppError, isAppError } from '../../../src/shared/errors.ts';
import { type RobotServer, robotSettings } from '../../support/robot-server.ts';

/** Ways out that may reach doubles on loopback, which the guard refuses. */
export function lenientChannels(
  robots: RobotServer | null,
  smtpUrl: string | null = null,
  more: Partial<ChannelsOptions> = {},
): Channels {
  return createChannels({
    ...more,
    smtpUrl,
    checkUrl: (text) => new URL(text),
    http: { publicOnly: false },
    ...(robots === null ? {} : { smsUrl: `${robots.url}/sms` }),
  });
}

/** A target as it comes out of the database. */
export function targetOf(
  channels: Channels,
  kind: ChannelKind,
  entered: Record<string, string | null>,
  recipients: Recipient[] = [],
): ChannelTarget {
  return { ...channels.prepare({ kind, entered }, true), recipients };
}

export function robotTarget(
  channels: Channels,
  robots: RobotServer,
  kind: 'DINGTALK' | 'WECOM' | 'FEISHU' | 'WEBHOOK' | 'SMS',
  changes: Record<string, string> = {},
  recipients: Recipient[] = [],
): ChannelTarget {
  return targetOf(channels, kind, { ...robotSettings(robots)[kind], ...changes }, recipients);
}

export const buyer: Recipient = { name: '王芳', role: 'BUYER', address: '13800138000', userId: null };
export const owner: Recipient = { name: '老板', role: 'OWNER', address: null, userId: 'boss-1' };

export function message(changes: Partial<ChannelMessage> = {}): ChannelMessage {
  const at = new Date('2026-03-10T04:00:00Z');
  const line = {
    alertId: 'a-1',
    kind: 'LOW_STOCK',
    state: 'FIRING',
    severity: 'CRITICAL' as const,
    cause: 'EVENT' as const,
    sku: 'A-1',
    itemTitle: '青瓷<茶杯> @all',
    unit: '件',
    warehouseName: '义乌仓',
    shopName: null,
    available: '3',
    threshold: '10',
    incoming: null,
    timeZone: 'Asia/Shanghai',
    openedAt: at,
    changedAt: at,
    text: '【紧急】低库存：A-1 青瓷<茶杯> @all（义乌仓），可用 3 件，警戒线 10 件',
  };
  return {
    deliveryId: '0b5a8c1e-0000-4000-8000-000000000001',
    kind: 'ALERTS',
    locale: 'zh-CN',
    severity: 'CRITICAL',
    title: '水位预警【紧急】低库存：A-1 青瓷<茶杯> @all（义乌仓）',
    texts: [line.text],
    alerts: [line],
    composedAt: at,
    dashboardUrl: null,
    ...changes,
  };
}

/** What a delivery throws. */
export async function failureOf(sending: Promise<unknown>): Promise<AppError> {
  try {
    await sending;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error('it was taken');
}

export const forever = new AbortController().signal;
