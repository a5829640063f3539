import { createHmac } from 'node:crypto';
import { minuteMs, secondMs } from '../shared/time.ts';
import type { ChannelMessage, ChannelTarget, DeliveryReceipt } from './channel.ts';
import { toChatBody } from './chat-body.ts';
import type { HttpClient } from './http.ts';
import { type AnswerReading, postJson, readAnswer } from './provider-answer.ts';

/** What must be known to write to a group. */
export interface FeishuSecrets {
  /** With its token as last part of the path. */
  readonly webhookUrl: string;
  /** Null = the robot asks for no signature. */
  readonly signSecret: string | null;
}

/** 11232: too frequent, also of the platform as a whole; 19001: no such token; 19021: signature or its age. */
const reading: AnswerReading = {
  provider: 'Feishu',
  codeFields: ['code', 'StatusCode'],
  messageFields: ['msg', 'StatusMessage'],
  pauseMs: minuteMs,
  meaningOf(code) {
    if (code === '0') return 'sent';
    if (code === '11232' || code === '99991400') return 'throttled';
    if (code === '-1') return 'transient';
    return code === '19001' ? 'gone' : 'permanent';
  },
};

/**
 * Writes to a Feishu group through a custom robot: rich text, signed.
 *
 * @param nowMs - real time; the platform refuses signatures older than an hour
 * @throws AppError as the port says
 */
export async function sendToFeishu(
  http: HttpClient,
  target: ChannelTarget,
  secrets: FeishuSecrets,
  message: ChannelMessage,
  nowMs: number,
  signal: AbortSignal,
): Promise<DeliveryReceipt> {
  const timestamp = Math.floor(nowMs / secondMs);
  const signature =
    secrets.signSecret === null
      ? {}
      : { timestamp: String(timestamp), sign: signFeishu(secrets.signSecret, timestamp) };
  const body = JSON.stringify({ ...signature, ...composeFeishu(target, message) });
  const answer = await postJson(http, secrets.webhookUrl, body, signal);
  const token = new URL(secrets.webhookUrl).pathname.split('/').at(-1) ?? null;
  return readAnswer(answer, reading, [token, secrets.signSecret, secrets.webhookUrl]);
}

/** HMAC-SHA-256 over nothing, with timestamp and secret as key, in base64. */
function signFeishu(secret: string, timestampSeconds: number): string {
  return createHmac('sha256', `${timestampSeconds}\n${secret}`).digest('base64');
}

/** The body without its signature: rich text takes no markup from the lines, so nothing in them can mention. */
function composeFeishu({ recipients }: ChannelTarget, message: ChannelMessage): object {
  const calls = recipients.flatMap(({ userId }) => (userId === null ? [] : [{ tag: 'at', user_id: userId }]));
  const { sections, link } = toChatBody(message);
  const content: object[][] = sections.flatMap(({ heading, items }) => [
    ...(heading === null ? [] : [[{ tag: 'text', text: heading }]]),
    ...items.map((item) => [{ tag: 'text', text: heading === null ? item : `· ${item}` }]),
  ]);
  if (link !== null) content.push([{ tag: 'a', text: link.text, href: link.url }]);
  if (calls.length > 0) content.push(calls);
  const language = message.locale === 'zh-CN' ? 'zh_cn' : 'en_us';
  return { msg_type: 'post', content: { post: { [language]: { title: message.title, content } } } };
}
