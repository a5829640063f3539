import { isOver, type NoticeFacts } from './message.ts';
import { type MessageLocale, messageWords } from './words.ts';

/** The zone that goes without saying in a Chinese message. */
const chinaZone = 'Asia/Shanghai';

/**
 * Since when an alert has been firing, or when it ended, by the clock of its place.
 *
 * @param facts - instants, and the IANA zone of the place
 * @returns a few words; with the zone unless it is China's in a Chinese message. Of a zone that nobody knows by UTC: a
 *   message without its time is better than none
 * @see IANA Time Zone Database and CLDR, as Node's ICU carries them; a message that waited for the morning must say so
 * @example nameSince(facts, 'zh-CN') // '3月10日 18:00 起'
 */
export function nameSince(facts: NoticeFacts, locale: MessageLocale): string {
  const isChinese = locale === 'zh-CN';
  const moment = isOver(facts) ? facts.changedAt : facts.openedAt;
  const word = messageWords[isOver(facts) ? 'until' : 'since'][locale];
  const text = formatOf(facts.timeZone, locale).format(moment);
  return isChinese ? `${text} ${word}` : `${word} ${text}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, locale: MessageLocale): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  let format = formats.get(key);
  if (format === undefined) {
    try {
      format = makeFormat(timeZone, locale);
    } catch {
      format = makeFormat('UTC', locale);
    }
    formats.set(key, format);
  }
  return format;
}

function makeFormat(timeZone: string, locale: MessageLocale): Intl.DateTimeFormat {
  const isChinese = locale === 'zh-CN';
  return new Intl.DateTimeFormat(isChinese ? 'zh-CN' : 'en-GB', {
    timeZone,
    month: isChinese ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(isChinese && timeZone === chinaZone ? {} : { timeZoneName: 'short' as const }),
  });
}
