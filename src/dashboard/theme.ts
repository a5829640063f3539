import { useEffect, useState } from 'react';

/** Light, dark, or whatever the system says. */
export type Theme = 'system' | 'light' | 'dark';

const storageName = 'shuiwei.theme';

/** The chosen theme and how to change it; remembered in this browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const shown = document.documentElement.dataset.theme;
    return shown === 'light' || shown === 'dark' ? shown : 'system';
  });
  return [
    theme,
    (next) => {
      setTheme(next);
      if (next === 'system') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
      try {
        localStorage.setItem(storageName, next);
      } catch {
        // Storage is switched off: the choice holds until the page is left.
      }
    },
  ];
}

/** Grows whenever the colours of the page change, so that what is painted can be painted anew. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const grow = () => setVersion((before) => before + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(grow);
    system.addEventListener('change', grow);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      system.removeEventListener('change', grow);
      observer.disconnect();
    };
  }, []);
  return version;
}
