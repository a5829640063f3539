import {
  type MessageSection,
  type NoticeFacts,
  nameItem,
  nameNews,
  toSections,
} from '../domain/notification/message.ts';
import { listNumbers, type NamedNumber } from '../domain/notification/numbers.ts';
import { nameSince } from '../domain/notification/since.ts';
import { linkTo } from '../domain/notification/words.ts';
import type { ChannelMessage } from './channel.ts';
import { toChatBody } from './chat-body.ts';
import { mailStyle } from './email-style.ts';

const words = {
  'zh-CN': {
    foot: '此邮件由水位自动发送，请勿直接回复。',
    id: '投递编号（重复收到时只需处理一次）：',
  },
  en: {
    foot: 'Sent automatically by Shuiwei, please do not reply.',
    id: 'Delivery id (handle each once): ',
  },
} as const;

/** The mail as plain text. */
export function composeMailText(message: ChannelMessage): string {
  const { foot, id } = words[message.locale];
  const sections = toSections(message.alerts, message.locale).map(
    ({ heading, items, lines }) =>
      `${heading}\n${items.map((item, index) => `- ${item}${sinceOf(lines[index], message)}`).join('\n')}`,
  );
  const body = sections.length === 0 ? message.texts.join('\n') : sections.join('\n\n');
  const { link } = toChatBody(message);
  return `${body}${link === null ? '' : `\n\n${link.text}${message.locale === 'zh-CN' ? '：' : ': '}${link.url}`}\n\n-- \n${foot}\n${id}${message.deliveryId}\n`;
}

/**
 * The mail as HTML: a card that is as wide as a phone, styles in place because many mail programs drop a style sheet,
 * and a sheet for those that know dark colours and small screens. Nothing is loaded from elsewhere.
 */
export function composeMailHtml(message: ChannelMessage): string {
  const { locale, title } = message;
  const { link } = toChatBody(message);
  const sections = toSections(message.alerts, locale);
  const body =
    sections.length === 0
      ? message.texts.map((text) => `<p class="t" style="${mailStyle.text}">${escapeHtml(text)}</p>`).join('')
      : sections.map((section) => composeSection(section, message)).join('');
  const button =
    link === null
      ? ''
      : `<p style="margin:24px 0 0"><a class="b" style="${mailStyle.button}" href="${escapeHtml(link.url)}">${link.text}</a></p>`;
  const preview = sections[0]?.items.slice(0, 3).join(locale === 'zh-CN' ? '；' : '; ') ?? '';
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(title)}</title><style>${mailStyle.sheet}</style></head>`,
    `<body class="o" style="${mailStyle.body}"><div style="${mailStyle.preview}">${escapeHtml(preview)}</div>`,
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>',
    '<td class="p" align="center" style="padding:24px 12px">',
    `<table role="presentation" class="c" width="100%" cellpadding="0" cellspacing="0" border="0" style="${mailStyle.card}">`,
    `<tr><td class="i" style="padding:28px 32px"><h1 class="t" style="${mailStyle.title}">${escapeHtml(title)}</h1>${body}${button}`,
    `<p class="m f" style="${mailStyle.foot}">${words[locale].foot}<br>${words[locale].id}${message.deliveryId}</p>`,
    '</td></tr></table></td></tr></table></body></html>',
  ].join('');
}

function composeSection({ mark, subject, severity, lines }: MessageSection, message: ChannelMessage): string {
  const tone = severity ?? 'OVER';
  const rows = lines.map((facts) => composeRow(facts, tone, message)).join('');
  return [
    `<h2 class="t" style="${mailStyle.heading}"><span class="x${tone}" style="${mailStyle.badge(tone)}">${mark}</span>`,
    `${escapeHtml(subject)}</h2>`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`,
  ].join('');
}

/** Left the goods and since when, right the numbers; one below the other where there is no room. */
function composeRow(facts: NoticeFacts, tone: Tone, message: ChannelMessage): string {
  const { locale, dashboardUrl } = message;
  const name = facts.sku === null ? (facts.shopName ?? facts.warehouseName ?? '') : nameItem(facts);
  const goods =
    dashboardUrl === null || facts.sku === null
      ? `<span class="t">${escapeHtml(name)}</span>`
      : `<a class="t" style="${mailStyle.link}" href="${escapeHtml(linkTo(dashboardUrl, facts.sku))}">${escapeHtml(name)}</a>`;
  const [first, ...rest] = listNumbers(facts, locale);
  const since = [nameSince(facts, locale), nameNews(facts, locale)]
    .filter((text) => text !== null)
    .join(' · ');
  const numbers =
    first === undefined
      ? ''
      : `<td class="l n" align="right" style="${mailStyle.numbers}"><span class="t" style="${mailStyle.number}">${first.name} <b class="y${tone}" style="${mailStyle.strong(tone)}">${escapeHtml(first.value.replaceAll(' ', '\u00a0'))}</b></span>${
          rest.length === 0
            ? ''
            : `<br class="k"><span class="m" style="${mailStyle.muted}">${escapeHtml(rest.map(holdTogether).join(' · '))}</span>`
        }</td>`;
  return `<tr><td class="l" style="${mailStyle.cell}">${goods}<br><span class="m" style="${mailStyle.muted}">${escapeHtml(since)}</span></td>${numbers}</tr>`;
}

/** A line may break between numbers, not within one. */
function holdTogether({ name, value }: NamedNumber): string {
  return `${name} ${value}`.replaceAll(' ', '\u00a0');
}

/** How bad, or over. */
type Tone = NoticeFacts['severity'] | 'OVER';

function sinceOf(facts: NoticeFacts | undefined, { locale }: ChannelMessage): string {
  return facts === undefined ? '' : `${locale === 'zh-CN' ? '，' : ', '}${nameSince(facts, locale)}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
