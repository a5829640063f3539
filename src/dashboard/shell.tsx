import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useApiKey } from './api/api-key.tsx';
import { useSurroundings } from './boot.tsx';
import { useLocale } from './i18n/locale-context.tsx';
import { useFormat } from './i18n/use-format.ts';
import { useBusinessNow, useBusinessTime } from './live/business-time.tsx';
import { ConnectionMark } from './parts/connection-mark.tsx';
import { Icon, type IconName } from './parts/icon.tsx';
import { type Theme, useTheme } from './theme.ts';

const places: readonly {
  path: string;
  name: 'overview' | 'alerts' | 'items' | 'suggestions' | 'warehouses' | 'connections';
  icon: IconName;
}[] = [
  { path: '/', name: 'overview', icon: 'gauge' },
  { path: '/alerts', name: 'alerts', icon: 'bell' },
  { path: '/items', name: 'items', icon: 'box' },
  { path: '/suggestions', name: 'suggestions', icon: 'cart' },
  { path: '/warehouses', name: 'warehouses', icon: 'warehouse' },
  { path: '/connections', name: 'connections', icon: 'plug' },
];

/** Frame of every page: navigation, clock, connection, preferences. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useLocale();
  const { viewer } = useSurroundings();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t.nav.skip}
      </a>
      <header className="top">
        <Link href="/" className="brand" aria-label={`${t.appName}: ${t.nav.overview}`}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>{t.appName}</span>
        </Link>
        <span className="organization">{viewer.organization.name}</span>
        <Clock />
        <ConnectionMark />
      </header>
      <Navigation />
      <main id="content" className="content" tabIndex={-1}>
        {children}
        <footer className="foot">
          <Preferences />
        </footer>
      </main>
    </div>
  );
}

function Navigation() {
  const { t } = useLocale();
  const [location] = useLocation();
  return (
    <nav className="side" aria-label={t.nav.main}>
      <ul>
        {places.map(({ path, name, icon }) => {
          const isHere = path === '/' ? location === '/' : location.startsWith(path);
          return (
            <li key={path}>
              <Link href={path} aria-current={isHere ? 'page' : undefined}>
                <Icon name={icon} />
                <span className="long">{t.nav[name]}</span>
                <span className="short">{t.navShort[name]}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <Preferences />
    </nav>
  );
}

function Preferences() {
  const { t, locale, setLocale } = useLocale();
  const [theme, setTheme] = useTheme();
  const { key, forget } = useApiKey();
  return (
    <div className="preferences">
      <label>
        <span>{t.shell.language}</span>
        <select
          value={locale}
          name="language"
          onChange={(event) => setLocale(event.target.value === 'en' ? 'en' : 'zh-CN')}
        >
          <option value="zh-CN" lang="zh-CN">
            简体中文
          </option>
          <option value="en" lang="en">
            English
          </option>
        </select>
      </label>
      <label>
        <span>{t.shell.theme}</span>
        <select value={theme} name="theme" onChange={(event) => setTheme(event.target.value as Theme)}>
          <option value="system">{t.shell.themeSystem}</option>
          <option value="light">{t.shell.themeLight}</option>
          <option value="dark">{t.shell.themeDark}</option>
        </select>
      </label>
      <a href="/graphql" className="quiet">
        {t.shell.api}
      </a>
      {key !== null && (
        <button type="button" className="plain" onClick={forget}>
          {t.shell.signOut}
        </button>
      )}
    </div>
  );
}

function Clock() {
  const { t } = useLocale();
  const format = useFormat();
  const { speed, timeZone } = useBusinessTime();
  const now = useBusinessNow(1_000);
  return (
    <span className="clock" title={`${t.shell.clock} · ${t.shell.timeZone(timeZone)}`}>
      {speed !== 1 && <span className="sandbox">{t.shell.sandbox(speed)}</span>}
      <time dateTime={new Date(now).toISOString()}>{format.dateTime(now)}</time>
    </span>
  );
}
