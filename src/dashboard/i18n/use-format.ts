import { useMemo } from 'react';
import { useBusinessTime } from '../live/business-time.tsx';
import { createFormat, type Format } from './format.ts';
import { useLocale } from './locale-context.tsx';

/** Numbers and times in the user's language. */
export function useFormat(): Format {
  const { locale } = useLocale();
  const { timeZone } = useBusinessTime();
  return useMemo(() => createFormat(locale, timeZone), [locale, timeZone]);
}
