import { lazy, Suspense, useMemo, useState } from 'react';
import { Provider as ApiProvider } from 'urql';
import { Route, Switch } from 'wouter';
import { type ApiKey, ApiKeyContext, forgetApiKey, readApiKey, saveApiKey } from './api/api-key.tsx';
import { createApi } from './api/client.ts';
import { Boot } from './boot.tsx';
import { LocaleProvider, useLocale } from './i18n/locale-context.tsx';
import { LiveSocketContext } from './live/live-socket.ts';
import { LoadingState, NotFoundState } from './parts/states.tsx';
import { Shell } from './shell.tsx';

const Overview = lazy(() =>
  import('./pages/overview/overview.tsx').then((page) => ({ default: page.Overview })),
);
const AlertBoard = lazy(() =>
  import('./pages/alerts/alert-board.tsx').then((page) => ({ default: page.AlertBoard })),
);
const Rules = lazy(() => import('./pages/rules/rules.tsx').then((page) => ({ default: page.Rules })));
const Items = lazy(() => import('./pages/items/items.tsx').then((page) => ({ default: page.Items })));
const ItemPage = lazy(() =>
  import('./pages/item/item-page.tsx').then((page) => ({ default: page.ItemPage })),
);
const Warehouses = lazy(() =>
  import('./pages/warehouses/warehouses.tsx').then((page) => ({ default: page.Warehouses })),
);
const Suggestions = lazy(() =>
  import('./pages/suggestions/suggestions.tsx').then((page) => ({ default: page.Suggestions })),
);
const Connections = lazy(() =>
  import('./pages/connections/connections.tsx').then((page) => ({ default: page.Connections })),
);

/** The whole dashboard. */
export function App() {
  return (
    <LocaleProvider>
      <Connected />
    </LocaleProvider>
  );
}

/** Language and key belong to the connection: when one changes, everything is read anew. */
function Connected() {
  const { locale } = useLocale();
  const [key, setKey] = useState<ApiKey | null>(readApiKey);
  const api = useMemo(() => createApi(locale, key?.text ?? null), [locale, key]);
  const keyActions = useMemo(
    () => ({
      key,
      use(text: string, isRemembered: boolean) {
        setKey(saveApiKey(text, isRemembered));
      },
      forget() {
        forgetApiKey();
        setKey(null);
      },
    }),
    [key],
  );
  return (
    <ApiKeyContext value={keyActions}>
      <LiveSocketContext value={api.socket}>
        <ApiProvider value={api.client} key={`${locale} ${key?.text ?? ''}`}>
          <Boot>
            <Shell>
              <Pages />
            </Shell>
          </Boot>
        </ApiProvider>
      </LiveSocketContext>
    </ApiKeyContext>
  );
}

function Pages() {
  return (
    <Suspense fallback={<LoadingState />}>
      <Switch>
        <Route path="/">
          <Overview />
        </Route>
        <Route path="/alerts">
          <AlertBoard />
        </Route>
        <Route path="/alerts/rules">
          <Rules />
        </Route>
        <Route path="/items">
          <Items />
        </Route>
        <Route path="/items/:sku">{({ sku }) => <ItemPage key={sku} sku={decodeURIComponent(sku)} />}</Route>
        <Route path="/warehouses">
          <Warehouses />
        </Route>
        <Route path="/suggestions">
          <Suggestions />
        </Route>
        <Route path="/connections">
          <Connections />
        </Route>
        <Route>
          <NotFoundState />
        </Route>
      </Switch>
    </Suspense>
  );
}
