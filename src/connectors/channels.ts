import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Bucket, bucketWithin, channelLimits } from '../domain/notification/limits.ts';
import type { ChannelKind } from '../domain/notification/notice.ts';
import { AppError, assertNever } from '../shared/errors.ts';
import { type Clock, dayMs, secondMs, systemClock } from '../shared/time.ts';
import { assertUserChosenUrl } from './address-guard.ts';
import { aliyunSmsUrl, sendAliyunSms } from './aliyun-sms.ts';
import type { Channels, ChannelTarget, OwnRates, RateBucket } from './channel.ts';
import { type CheckUrl, prepareChannel } from './channel-settings.ts';
import { sendToDingtalk } from './dingtalk.ts';
import { sendEmail } from './email.ts';
import { sendToFeishu } from './feishu.ts';
import { createHttpClient, type HttpClientOptions } from './http.ts';
import { callWebhook } from './webhook.ts';
import { sendToWecom } from './wecom.ts';

/** What the ways out are made from. */
export interface ChannelsOptions {
  /** The installation's mail server; null = every mail channel brings its own. */
  readonly smtpUrl: string | null;
  /** Real time, for signatures. */
  readonly clock?: Clock;
  /** Stands in for the guard of addresses that users choose; for tests against servers of their own. */
  readonly checkUrl?: CheckUrl;
  /** Stands in for the guarded connections, for the same tests. */
  readonly http?: Partial<HttpClientOptions>;
  /** Stands in for the SMS service, for the same tests. */
  readonly smsUrl?: string;
  /** Length of a minute of the providers' limits, s; for doubles with shorter windows. Default 60. */
  readonly minuteSeconds?: number;
}

/** A webhook answers at once or queues the work itself. */
const sendTimeoutMs = 5 * secondMs;
/** An answer is a code and a sentence. */
const answerBytesMax = 64 * 1024;

const secretModels = {
  EMAIL: z.object({ smtpUrl: z.string() }).partial(),
  SMS: z.object({ accessKeySecret: z.string() }),
  DINGTALK: z.object({ webhookUrl: z.string(), signSecret: z.string().nullable().default(null) }),
  WECOM: z.object({ webhookUrl: z.string() }),
  FEISHU: z.object({ webhookUrl: z.string(), signSecret: z.string().nullable().default(null) }),
  WEBHOOK: z.object({ url: z.string(), signSecret: z.string() }),
};
const emailSettings = z.object({ from: z.string() });
const smsSettings = z.object({ accessKeyId: z.string(), signName: z.string(), templateCode: z.string() });

/** Makes all ways out; whoever makes them closes them. */
export function createChannels(options: ChannelsOptions): Channels {
  const clock = options.clock ?? systemClock;
  const checkUrl = options.checkUrl ?? assertUserChosenUrl;
  const bounds = {
    timeoutMs: sendTimeoutMs,
    maxBodyBytes: answerBytesMax,
    publicOnly: true,
    ...options.http,
  };
  const robots = createHttpClient(bounds);
  // A webhook's status says all: of a long or endless body no more than the beginning is read.
  const webhooks = createHttpClient({ ...bounds, isBodyCut: true });
  return {
    prepare: (channel, isNew) => prepareChannel(channel, isNew, checkUrl),
    async deliver(kind, target, message, signal) {
      const now = clock.now();
      switch (kind) {
        case 'EMAIL': {
          const own = readSecrets('EMAIL', target).smtpUrl;
          const url = own ?? options.smtpUrl;
          if (url === null) throw new AppError('invalid_configuration', 'SMTP_URL is not set');
          const server = { url, isTrusted: own === undefined };
          return sendEmail(server, emailSettings.parse(target.settings).from, target, message, signal);
        }
        case 'SMS': {
          const { accessKeySecret } = readSecrets('SMS', target);
          const settings = smsSettings.parse(target.settings);
          const serviceUrl = options.smsUrl ?? aliyunSmsUrl;
          return sendAliyunSms(robots, serviceUrl, target, settings, accessKeySecret, message, now, signal);
        }
        case 'DINGTALK':
          return sendToDingtalk(
            robots,
            target,
            readSecrets('DINGTALK', target),
            message,
            now.getTime(),
            signal,
          );
        case 'WECOM':
          return sendToWecom(robots, target, readSecrets('WECOM', target), message, signal);
        case 'FEISHU':
          return sendToFeishu(robots, target, readSecrets('FEISHU', target), message, now.getTime(), signal);
        case 'WEBHOOK':
          return callWebhook(webhooks, readSecrets('WEBHOOK', target), message, now.getTime(), signal);
        case 'INBOX':
          return { answer: '' };
        default:
          return assertNever(kind);
      }
    },
    rates: (kind, target, own) => rates(kind, target, own, options.minuteSeconds ?? 60),
    async close() {
      await Promise.all([robots.close(), webhooks.close()]);
    },
  };
}

/** One set of buckets per address at the provider, whichever channel or organization writes there. */
function rates(kind: ChannelKind, target: ChannelTarget, own: OwnRates, minuteSeconds: number): RateBucket[] {
  const limits = channelLimits[kind];
  const perMinute = own.perMinuteMax ?? limits.perMinute;
  const perSecond = own.perSecondMax ?? limits.perSecond;
  const perDay = own.perDayMax ?? limits.perDay;
  if (perMinute === null) return [];
  const address = createHash('sha256')
    .update(target.secrets ?? JSON.stringify(target.settings))
    .digest('hex')
    .slice(0, 32);
  const key = `notify:${kind}:${address}`;
  const buckets: RateBucket[] = [{ key: `${key}:minute`, ...bucketWithin(perMinute, minuteSeconds) }];
  if (perSecond !== null) {
    buckets.push({ key: `${key}:second`, ...bucketWithin(perSecond, minuteSeconds / 60) });
  }
  const number = target.recipients[0]?.address ?? null;
  if (perDay !== null && number !== null) {
    const hash = createHash('sha256').update(number).digest('hex').slice(0, 32);
    buckets.push({ key: `${key}:day:${hash}`, ...dayBucket(perDay) });
  }
  return buckets;
}

/** A good part of a day's messages may come at once, the rest is filled up over the day: together the limit. */
function dayBucket(perDay: number): Bucket {
  const burst = Math.max(1, Math.floor(perDay * 0.25));
  return { burst, perSecond: Math.max(perDay - burst, 0.5) / (dayMs / secondMs) };
}

function readSecrets<Kind extends keyof typeof secretModels>(
  kind: Kind,
  target: ChannelTarget,
): z.infer<(typeof secretModels)[Kind]> {
  const parsed = secretModels[kind].safeParse(JSON.parse(target.secrets ?? '{}'));
  if (!parsed.success) {
    throw new AppError(
      'invalid_configuration',
      `the ${kind} channel has no complete secrets; enter them again`,
    );
  }
  return parsed.data as z.infer<(typeof secretModels)[Kind]>;
}
