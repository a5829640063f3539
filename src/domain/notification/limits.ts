import type { ChannelKind } from './notice.ts';

/** What a channel takes. */
export interface ChannelLimits {
  /** Messages in any minute; null = no limit is known. */
  readonly perMinute: number | null;
  /** Messages in any second; null = no limit is known. */
  readonly perSecond: number | null;
  /** Messages in a day to one mobile number; null = no limit is known. */
  readonly perDay: number | null;
  /** UTF-8 bytes of one message as it is sent, envelope included. */
  readonly messageBytes: number;
}

/**
 * What each channel takes, unless its settings say otherwise. Robots: DingTalk 20 a minute, then blocked for ten
 * minutes, 20,000 bytes (juejin.cn/post/7129698690297495583); WeCom 20 a minute, markdown 4,096 bytes
 * (developer.work.weixin.qq.com/document/path/91770); Feishu 100 a minute and 5 a second, 20 KB
 * (open.larkoffice.com/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN.md); Aliyun SMS about fifty a day to one number by one
 * template, a tenth below (developer.aliyun.com/ask/474934). The others are bounds of our own: a mail that mail programs
 * still show whole, a webhook body, a page of the inbox. An SMS is always one sentence.
 */
export const channelLimits: Readonly<Record<ChannelKind, ChannelLimits>> = {
  EMAIL: { perMinute: 600, perSecond: null, perDay: null, messageBytes: 100_000 },
  SMS: { perMinute: 300, perSecond: null, perDay: 45, messageBytes: 100_000 },
  DINGTALK: { perMinute: 20, perSecond: null, perDay: null, messageBytes: 20_000 },
  WECOM: { perMinute: 20, perSecond: null, perDay: null, messageBytes: 4_096 },
  FEISHU: { perMinute: 100, perSecond: 5, perDay: null, messageBytes: 20_000 },
  WEBHOOK: { perMinute: 600, perSecond: null, perDay: null, messageBytes: 200_000 },
  INBOX: { perMinute: null, perSecond: null, perDay: null, messageBytes: 20_000 },
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
  ']': '］',
  '`': '｀',
  '*': '＊',
  '#': '＃',
  '@': '＠',
};

/** A text in which no markdown and no mention is left; backslashes are not understood by every robot. */
export function toMarkdownText(text: string): string {
  // A bracket makes a link only before a parenthesis.
  return text.replace(/[<>`*#@]|\](?=\()/g, (character) => markdownLookalikes[character] ?? character);
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
