import { toMarkdownText, utf8Length, wecomTextBytesMax } from './limits.ts';
import { type MessageLine, toSections } from './message.ts';
import type { ChannelKind, Recipient } from './notice.ts';
import { isMobile } from './recipient.ts';
import type { MessageLocale } from './words.ts';

/** What takes room in every message beside its lines. */
export interface MessageRoom {
  /** UTF-8 bytes of one message as it is sent, envelope included. */
  readonly messageBytes: number;
  readonly locale: MessageLocale;
  /** Where people look at alerts; null = messages hold no links. */
  readonly dashboardUrl: string | null;
  /** Bytes of the mentions: {@link mentionBytes}. */
  readonly mentionBytes: number;
}

/** How a channel writes: bytes around a message of several lines, a heading, a line. */
interface Markup {
  readonly envelope: number;
  readonly heading: number;
  readonly line: number;
  /** How often the dashboard's address stands around a message, and around a line. */
  readonly links: number;
  readonly lineLinks: number;
  sizeOf(text: string): number;
}

const jsonSize = (text: string) => utf8Length(JSON.stringify(toMarkdownText(text)));
const htmlSize = (text: string) => utf8Length(text) + 4 * (text.match(/[&<>"']/g)?.length ?? 0);

/** Measured on what the channels compose, with a tenth to spare; a test compares them with what is sent. */
const markups: Readonly<Record<Exclude<ChannelKind, 'SMS' | 'WEBHOOK'>, Markup>> = {
  DINGTALK: { envelope: 700, heading: 12, line: 6, links: 1, lineLinks: 0, sizeOf: jsonSize },
  WECOM: {
    envelope: 300,
    heading: 40,
    line: 4,
    links: 1,
    lineLinks: 0,
    sizeOf: (text) => utf8Length(toMarkdownText(text)),
  },
  FEISHU: { envelope: 700, heading: 40, line: 40, links: 1, lineLinks: 0, sizeOf: jsonSize },
  // HTML and text.
  EMAIL: {
    envelope: 7_000,
    heading: 500,
    line: 950,
    links: 2,
    lineLinks: 1,
    sizeOf: (text) => 2 * htmlSize(text),
  },
  INBOX: { envelope: 300, heading: 0, line: 60, links: 0, lineLinks: 0, sizeOf: jsonSize },
};
/** Envelope of a webhook's JSON, whose lines are measured themselves. */
const webhookEnvelope = 700;

/**
 * Divides lines into messages that the channel takes, in order.
 *
 * @param kind - whose way of writing counts: markdown is longer than the bare text, JSON escapes quotes
 * @param lines - at least one, sorted by `compareFacts`
 * @param room - what the channel takes, and what else must be in it
 * @returns positions of lines, message by message; an SMS keeps all in one, it is a summary. A line that is longer than
 *   a whole message stands alone
 * @see limits counted in bytes, not characters: alertmanager#2750, PrometheusAlert#318
 * @example splitIntoMessages('WECOM', [first, second], { messageBytes: 4_096, ...room }) // [[0, 1]]
 */
export function splitIntoMessages(
  kind: ChannelKind,
  lines: readonly MessageLine[],
  room: MessageRoom,
): number[][] {
  if (kind === 'SMS') return [lines.map((_line, index) => index)];
  const measure = measureOf(kind, room);
  const parts: number[][] = [];
  let free = 0;
  let heading: string | null = null;
  lines.forEach((line, index) => {
    const size = measure.sizeOf(line);
    const part = parts.at(-1);
    const needed = size.line + (size.headingText === heading ? 0 : size.heading);
    if (part === undefined || needed > free) {
      parts.push([index]);
      free = room.messageBytes - measure.envelope - size.heading - size.line;
    } else {
      part.push(index);
      free -= needed;
    }
    heading = size.headingText;
  });
  return parts;
}

function measureOf(kind: Exclude<ChannelKind, 'SMS'>, room: MessageRoom) {
  const linkBytes = room.dashboardUrl === null ? 0 : htmlSize(room.dashboardUrl) + 60;
  if (kind === 'WEBHOOK') {
    return {
      envelope: webhookEnvelope,
      sizeOf: (line: MessageLine) => ({
        headingText: null,
        heading: 0,
        line: utf8Length(JSON.stringify(line)) + 1 + linkBytes + 3 * utf8Length(line.sku ?? ''),
      }),
    };
  }
  const markup = markups[kind];
  return {
    envelope: markup.envelope + room.mentionBytes + markup.links * linkBytes,
    sizeOf(line: MessageLine) {
      const [section] = toSections([line], room.locale);
      const headingText = section?.heading ?? null;
      const text = kind === 'INBOX' ? line.text : (section?.items[0] ?? line.text);
      const skuBytes = 3 * utf8Length(line.sku ?? '');
      return {
        headingText,
        heading: markup.heading + markup.sizeOf(headingText ?? ''),
        line: markup.line + markup.sizeOf(text) + markup.lineLinks * (linkBytes + skuBytes),
      };
    },
  };
}

/** How many bytes the mention of one recipient takes; 0 = the channel cannot mention them. */
function oneMentionBytes(kind: ChannelKind, { userId, address }: Recipient): number {
  const id = userId ?? (address !== null && isMobile(address) ? address : '');
  if (id === '') return 0;
  if (kind === 'DINGTALK') return 2 * id.length + 6;
  if (kind === 'WECOM') return userId === null ? 0 : id.length + 4;
  return kind === 'FEISHU' && userId !== null ? id.length + 28 : 0;
}

/**
 * Those who are mentioned in a message, and the bytes that it takes: the first ones, as far as a quarter of a message
 * goes.
 *
 * @param recipients - in the order in which they are mentioned
 * @param messageBytes - of one message
 * @see a message of DingTalk has 20,000 bytes, mentions included: PrometheusAlert#318
 * @example fitMentions('WECOM', [{ ...boss, userId: 'boss-1' }], 4_096) // { recipients: [boss], bytes: 10 }
 */
export function fitMentions(
  kind: ChannelKind,
  recipients: readonly Recipient[],
  messageBytes: number,
): { readonly recipients: readonly Recipient[]; readonly bytes: number } {
  const fitting: Recipient[] = [];
  let bytes = 0;
  for (const recipient of recipients) {
    const size = oneMentionBytes(kind, recipient);
    if (bytes + size > messageBytes / 4) break;
    bytes += size;
    fitting.push(recipient);
  }
  return { recipients: fitting, bytes };
}

/**
 * Bytes of a message to these: a WeCom group that is called by mobile number takes only a text.
 *
 * @param messageBytes - set for the channel, or the platform's
 * @see wecomTextBytesMax
 * @example boundMessage('WECOM', [{ ...wang, userId: null, address: '13800138000' }], 4_096) // 2048
 */
export function boundMessage(
  kind: ChannelKind,
  recipients: readonly Recipient[],
  messageBytes: number,
): number {
  const callsByMobile = recipients.some(
    ({ userId, address }) => userId === null && address !== null && isMobile(address),
  );
  return kind === 'WECOM' && callsByMobile ? Math.min(messageBytes, wecomTextBytesMax) : messageBytes;
}
