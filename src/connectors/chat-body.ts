import { isOver, type MessageSection, toBody } from '../domain/notification/message.ts';
import { linkTo, linkToSuggestions, messageWords } from '../domain/notification/words.ts';
import type { ChannelMessage } from './channel.ts';

/** What stands below the title of a message to a chat. */
export interface ChatBody {
  readonly sections: readonly MessageSection[];
  /** Where to look at it; null = the installation has not said where its pages are, or it is not about alerts. */
  readonly link: { readonly text: string; readonly url: string } | null;
}

/** Sections and link of a message: of one alert what to order or its item's page, of more the board. */
export function toChatBody({ kind, alerts, texts, locale, dashboardUrl }: ChannelMessage): ChatBody {
  const [only] = alerts;
  const sections =
    only === undefined
      ? [{ heading: null, mark: '', subject: '', severity: null, items: texts, lines: [] }]
      : toBody(alerts, locale);
  // Suppliers and storefronts have no business there.
  const isForUsers = kind === 'ALERTS' || kind === 'TEST';
  if (dashboardUrl === null || !isForUsers) return { sections, link: null };
  const sku = alerts.length === 1 && only !== undefined ? only.sku : null;
  if (sku !== null && only?.order !== undefined && !isOver(only)) {
    return {
      sections,
      link: { text: messageWords.openSuggestions[locale], url: linkToSuggestions(dashboardUrl, sku) },
    };
  }
  const text = messageWords[sku === null ? 'openAlerts' : 'openItem'][locale];
  return { sections, link: { text, url: linkTo(dashboardUrl, sku) } };
}
