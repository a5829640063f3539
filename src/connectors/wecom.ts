import { cutToBytes, toMarkdownText, wecomTextBytesMax } from '../domain/notification/limits.ts';
import type { MessageSection } from '../domain/notification/message.ts';
import { isMobile } from '../domain/notification/recipient.ts';
import { minuteMs } from '../shared/time.ts';
import type { ChannelMessage, ChannelTarget, DeliveryReceipt } from './channel.ts';
import { toChatBody } from './chat-body.ts';
import type { HttpClient } from './http.ts';
import { type AnswerReading, postJson, readAnswer } from './provider-answer.ts';

/** What must be known to write to a group. */
export interface WecomSecrets {
  /** With its key. */
  readonly webhookUrl: string;
}

/** 45009: too many calls; 93000: no such webhook; −1: busy. */
const reading: AnswerReading = {
  provider: 'WeCom',
  codeFields: ['errcode'],
  messageFields: ['errmsg'],
  pauseMs: minuteMs,
  meaningOf(code) {
    if (code === '0') return 'sent';
    if (code === '45009' || code === '45033') return 'throttled';
    if (code === '-1') return 'transient';
    return code === '93000' ? 'gone' : 'permanent';
  },
};

/**
 * Writes to a WeCom group through a robot.
 *
 * @throws AppError as the port says
 */
export async function sendToWecom(
  http: HttpClient,
  target: ChannelTarget,
  secrets: WecomSecrets,
  message: ChannelMessage,
  signal: AbortSignal,
): Promise<DeliveryReceipt> {
  const answer = await postJson(http, secrets.webhookUrl, composeWecom(target, message), signal);
  const key = new URL(secrets.webhookUrl).searchParams.get('key');
  return readAnswer(answer, reading, [key, secrets.webhookUrl]);
}

/** The three colours that a robot's markdown knows: orange, grey, green. */
const colors = { CRITICAL: 'warning', WARNING: 'warning', INFO: 'comment' } as const;

/** Markdown with mentions by user id; a text when somebody can only be mentioned by mobile number and it fits. */
function composeWecom({ recipients }: ChannelTarget, message: ChannelMessage): string {
  const mobiles = recipients.flatMap(({ userId, address }) =>
    userId === null && address !== null && isMobile(address) ? [address] : [],
  );
  const userIds = recipients.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const { sections, link } = toChatBody(message);
  if (mobiles.length > 0) {
    const lines = sections.flatMap(({ heading, items }) => [
      ...(heading === null ? [] : [heading]),
      ...items.map((item) => `· ${item}`),
    ]);
    const text = [message.title, ...lines, ...(link === null ? [] : [`${link.text} ${link.url}`])].join('\n');
    return JSON.stringify({
      msgtype: 'text',
      text: {
        content: cutToBytes(text, wecomTextBytesMax),
        mentioned_list: userIds,
        mentioned_mobile_list: mobiles,
      },
    });
  }
  const lines = sections.flatMap(({ heading, severity, items }) => [
    ...(heading === null ? [] : [paint(heading, severity)]),
    ...items.map((item) => `> ${toMarkdownText(item)}`),
  ]);
  const calls = userIds.map((id) => `<@${id}>`).join(' ');
  const content = [
    `**${toMarkdownText(message.title)}**`,
    ...lines,
    ...(link === null ? [] : [`[${link.text}](${link.url})`]),
    ...(calls === '' ? [] : [calls]),
  ].join('\n');
  return JSON.stringify({ msgtype: 'markdown', markdown: { content } });
}

function paint(heading: string, severity: MessageSection['severity']): string {
  return `<font color="${severity === null ? 'info' : colors[severity]}">${toMarkdownText(heading)}</font>`;
}
