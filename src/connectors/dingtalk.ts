import { createHmac } from 'node:crypto';
import { toMarkdownText } from '../domain/notification/limits.ts';
import { isMobile } from '../domain/notification/recipient.ts';
import { minuteMs } from '../shared/time.ts';
import type { ChannelMessage, ChannelTarget, DeliveryReceipt } from './channel.ts';
import { toChatBody } from './chat-body.ts';
import type { HttpClient } from './http.ts';
import { type AnswerReading, postJson, readAnswer } from './provider-answer.ts';

/** What must be known to write to a group. */
export interface DingtalkSecrets {
  /** With its access token. */
  readonly webhookUrl: string;
  /** Of the signature mode; null = the robot is kept by keyword or IP list. */
  readonly signSecret: string | null;
}

/** 310000: signature, keyword or IP list; 300001 and 300005: no such token; 130101 and 90030: too fast; −1: busy. */
const reading: AnswerReading = {
  provider: 'DingTalk',
  codeFields: ['errcode'],
  messageFields: ['errmsg'],
  pauseMs: 10 * minuteMs,
  meaningOf(code) {
    if (code === '0') return 'sent';
    if (code === '130101' || code === '90030') return 'throttled';
    if (code === '-1') return 'transient';
    return code === '300001' || code === '300005' ? 'gone' : 'permanent';
  },
};

/**
 * Writes to a DingTalk group through a custom robot: markdown, signed, with mentions.
 *
 * @param nowMs - real time; the platform refuses signatures older than an hour
 * @throws AppError as the port says
 */
export async function sendToDingtalk(
  http: HttpClient,
  target: ChannelTarget,
  secrets: DingtalkSecrets,
  message: ChannelMessage,
  nowMs: number,
  signal: AbortSignal,
): Promise<DeliveryReceipt> {
  const url = new URL(secrets.webhookUrl);
  const accessToken = url.searchParams.get('access_token');
  if (secrets.signSecret !== null) {
    url.searchParams.set('timestamp', String(nowMs));
    url.searchParams.set('sign', signDingtalk(secrets.signSecret, nowMs));
  }
  const answer = await postJson(http, url.href, composeDingtalk(target, message), signal);
  return readAnswer(answer, reading, [accessToken, secrets.signSecret, secrets.webhookUrl]);
}

/** HMAC-SHA-256 over timestamp and secret, with the secret as key, in base64. */
function signDingtalk(secret: string, timestampMs: number): string {
  return createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');
}

/** The body: markdown, with the mentions both in the text and beside it, as the platform wants them. */
function composeDingtalk(target: ChannelTarget, message: ChannelMessage): string {
  const mobiles = target.recipients.flatMap(({ userId, address }) =>
    userId === null && address !== null && isMobile(address) ? [address] : [],
  );
  const userIds = target.recipients.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const calls = [...mobiles, ...userIds].map((id) => `@${id}`).join(' ');
  const { sections, link } = toChatBody(message);
  // Blocks stand apart by an empty line: a single line break is no break on every client.
  const blocks = [
    `#### ${toMarkdownText(message.title)}`,
    ...sections.flatMap(({ heading, items }) => [
      ...(heading === null ? [] : [`**${toMarkdownText(heading)}**`]),
      ...(heading === null
        ? items.map(toMarkdownText)
        : [items.map((item) => `- ${toMarkdownText(item)}`).join('\n')]),
    ]),
    ...(link === null ? [] : [`[${link.text}](${link.url})`]),
    calls,
  ];
  return JSON.stringify({
    msgtype: 'markdown',
    markdown: { title: message.title, text: blocks.filter((block) => block !== '').join('\n\n') },
    at: { atMobiles: mobiles, atUserIds: userIds, isAtAll: false },
  });
}
