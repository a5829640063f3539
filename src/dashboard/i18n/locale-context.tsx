import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { zhCn } from './zh-cn.ts';

/** A language that the dashboard speaks. */
type LocaleCode = 'zh-CN' | 'en';

interface Locale {
  readonly locale: LocaleCode;
  setLocale(locale: LocaleCode): void;
  readonly t: Messages;
}

const LocaleContext = createContext<Locale>({ locale: 'zh-CN', setLocale() {}, t: zhCn });

const storageName = 'shuiwei.locale';

/** Speaks the remembered language, else the browser's, else Chinese. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(readLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const value = useMemo<Locale>(
    () => ({
      locale,
      setLocale(next) {
        setLocale(next);
        try {
          localStorage.setItem(storageName, next);
        } catch {
          // Storage is switched off: the choice holds until the page is left.
        }
      },
      t: locale === 'en' ? en : zhCn,
    }),
    [locale],
  );
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

/** The language in use, its texts and how to change it. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}

function readLocale(): LocaleCode {
  let remembered: string | null = null;
  try {
    remembered = localStorage.getItem(storageName);
  } catch {
    // Storage is switched off.
  }
  if (remembered === 'en' || remembered === 'zh-CN') return remembered;
  const wanted = navigator.languages.find((name) => /^(zh|en)\b/i.test(name));
  return wanted === undefined || /^zh/i.test(wanted) ? 'zh-CN' : 'en';
}
