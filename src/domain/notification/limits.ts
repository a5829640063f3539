import type { ChannelKind } from './notice.ts';

/** What a channel takes. */
export interface ChannelLimits {
  /** Messages in any minute; null = no limit is known. */
  readonly perMinute: number | null;
  /** Messages in any second; null = no limit is known. */
  readonly perSecond: number | null;
  /** UTF-8 bytes of one message as it is sent, envelope included. */
  readonly messageBytes: number;
}

/**
 * What each channel takes, unless its settings say otherwise. Robots: DingTalk 20 a minute, then blocked for ten
 * minutes, 20,000 bytes (juejin.cn/post/7129698690297495583); WeCom 20 a minute, markdown 4,096 bytes
 * (developer.work.weixin.qq.com/document/path/91770); Feishu 100 a minute and 5 a second, 20 KB
 * (open.larkoffice.com/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN.md). The others are bounds of our own: a mail or a
 * webhook body that somebody still reads, a page of the inbox. An SMS is always one sentence.
 */
export const channelLimits: Readonly<Record<ChannelKind, ChannelLimits>> = {
  EMAIL: { perMinute: 600, perSecond: null, messageBytes: 200_000 },
  SMS: { perMinute: 300, perSecond: null, messageBytes: 100_000 },
  DINGTALK: { perMinute: 20, perSecond: null, messageBytes: 20_000 },
  WECOM: { perMinute: 20, perSecond: null, messageBytes: 4_096 },
  FEISHU: { perMinute: 100, perSecond: 5, messageBytes: 20_000 },
  WEBHOOK: { perMinute: 600, perSecond: null, messageBytes: 200_000 },
  INBOX: { perMinute: null, perSecond: null, messageBytes: 20_000 },
};

/** A WeCom text, the only form that can mention by mobile number: same source as {@link channelLimits}. */
export const wecomTextBytesMax = 2_048;

/** Length of a text in UTF-8: a Chinese character has three bytes. @example utf8Length('水位') // 6 */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The beginning of a text that fits into so many bytes, never cutting a character in two.
 *
 * @param bytesMax - >= 3
 * @returns the text itself when it fits, else its beginning with `…` (3 bytes) at the end
 * @example cutToBytes('库存不足', 9) // '库存…'
 */
export function cutToBytes(text: string, bytesMax: number): string {
  if (utf8Length(text) <= bytesMax) return text;
  let cut = '';
  let length = 3;
  for (const character of text) {
    length += utf8Length(character);
    if (length > bytesMax) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Characters that a chat's markdown would take for its own, and what stands for them: a mention, a link, code. */
const markdownLookalikes: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '`': '｀',
  '*': '＊',
  '#': '＃',
  '@': '＠',
};

/** A text in which no markdown and no mention is left; backslashes are not understood by every robot. */
export function toMarkdownText(text: string): string {
  return text.replace(/[<>[\]`*#@]/g, (character) => markdownLookalikes[character] ?? character);
}

/** Bytes around the lines: title, mentions, names of fields, part numbers. */
const envelopeBytes: Readonly<Record<ChannelKind, number>> = {
  EMAIL: 4_000,
  SMS: 0,
  DINGTALK: 1_500,
  WECOM: 700,
  FEISHU: 1_500,
  WEBHOOK: 1_000,
  INBOX: 500,
};
/** Bytes around each line: list marks, tags, an alert's fields in JSON. */
const lineBytes: Readonly<Record<ChannelKind, number>> = {
  EMAIL: 200,
  SMS: 0,
  DINGTALK: 8,
  WECOM: 8,
  FEISHU: 40,
  WEBHOOK: 600,
  INBOX: 2,
};

/**
 * Divides lines into messages that the channel takes, in order.
 *
 * @param kind - whose way of writing counts: markdown is longer than the bare text, JSON escapes quotes
 * @param lines - at least one; a line longer than a whole message is a programming error of whoever composed it
 * @param messageBytes - bytes of one message, envelope included
 * @returns positions of lines, message by message; an SMS keeps all in one, it is a summary
 * @see limits counted in bytes, not characters: alertmanager#2750, PrometheusAlert#318
 * @example splitIntoMessages('WECOM', ['甲', '乙'], 4_096) // [[0, 1]]
 */
export function splitIntoMessages(
  kind: ChannelKind,
  lines: readonly string[],
  messageBytes: number,
): number[][] {
  if (kind === 'SMS') return [lines.map((_line, index) => index)];
  const room = messageBytes - envelopeBytes[kind];
  const parts: number[][] = [];
  let free = 0;
  lines.forEach((line, index) => {
    const size = utf8Length(JSON.stringify(toMarkdownText(line))) + lineBytes[kind];
    const part = parts.at(-1);
    if (part === undefined || size > free) {
      parts.push([index]);
      free = room - size;
    } else {
      part.push(index);
      free -= size;
    }
  });
  return parts;
}

/** A token bucket. */
export interface Bucket {
  /** Messages a second in the long run. */
  readonly perSecond: number;
  /** Messages at once after a rest. */
  readonly burst: number;
}

/**
 * A bucket that never lets more through than a limit within any window of that length, wherever it begins: what may
 * come at once and what is filled up within a window stay below the limit together, with a tenth to spare for
 * messages that arrive closer together than they were sent. Little may come at once: what a burst would take is
 * missing from the steady rate, which is what a storm needs, and a single alert needs no burst.
 *
 * @param limit - messages in a window, >= 1
 * @param windowSeconds - > 0
 * @returns a bucket of at least one message
 * @see the sliding windows of the robots in {@link channelLimits}
 * @example bucketWithin(20, 60) // { burst: 2, perSecond: 16 / 60 }: at most 18 in any minute
 */
export function bucketWithin(limit: number, windowSeconds: number): Bucket {
  const burst = Math.max(1, Math.floor(limit * 0.1));
  const perSecond = Math.max(limit * 0.9 - burst, limit * 0.1) / windowSeconds;
  return { burst, perSecond };
}
