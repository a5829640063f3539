import { isOver, type NoticeFacts } from './message.ts';
import { type MessageLocale, messageWords } from './words.ts';

/** The zone that goes without saying in a Chinese message. */
const chinaZone = 'Asia/Shanghai';

/**
 * Since when an alert has been firing, or when it ended, by the clock of its place.
 *
 * @param facts - instants, and the IANA zone of the place
 * @returns a few words; with the zone unless it is China's in a Chinese message
 * @throws RangeError if the zone is unknown
 * @see IANA Time Zone Database and CLDR, as Node's ICU carries them; a message that waited for the morning must say so
 * @example nameSince(facts, 'zh-CN') // '3月10日 18:00 起'
 */
export function nameSince(facts: NoticeFacts, locale: MessageLocale): string {
  const isChinese = locale === 'zh-CN';
  const moment = isOver(facts) ? facts.changedAt : facts.openedAt;
  const word = messageWords[isOver(facts) ? 'until' : 'since'][locale];
  const text = new Intl.DateTimeFormat(isChinese ? 'zh-CN' : 'en-GB', {
    timeZone: facts.timeZone,
    month: isChinese ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(isChinese && facts.timeZone === chinaZone ? {} : { timeZoneName: 'short' as const }),
  }).format(moment);
  return isChinese ? `${text} ${word}` : `${word} ${text}`;
}
