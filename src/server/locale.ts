import type { LocaleName } from '../graphql/context.ts';

/** The first language of a list that Shuiwei speaks; null = it names none. Weights are not looked at. */
export function parseLocale(languages: string | undefined): LocaleName | null {
  for (const range of languages?.split(',') ?? []) {
    const language = range.trim().slice(0, 2).toLowerCase();
    if (language === 'zh') return 'zh-CN';
    if (language === 'en') return 'en';
  }
  return null;
}
