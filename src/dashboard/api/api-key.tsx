import { createContext, useContext } from 'react';

/** The key that this browser presents. */
export interface ApiKey {
  readonly text: string;
}

/** How pages change the key. */
export interface ApiKeyActions {
  /** Null = none is presented: the demo on this machine needs none. */
  readonly key: ApiKey | null;
  /** @param isRemembered - false = only until the window is closed */
  use(text: string, isRemembered: boolean): void;
  forget(): void;
}

/** The key in use and its actions. */
export const ApiKeyContext = createContext<ApiKeyActions>({ key: null, use() {}, forget() {} });

/** The key in use and its actions. */
export function useApiKey(): ApiKeyActions {
  return useContext(ApiKeyContext);
}

const storageName = 'shuiwei.key';

/** The key that was kept; null = none, or the browser keeps nothing. */
export function readApiKey(): ApiKey | null {
  try {
    const text = sessionStorage.getItem(storageName) ?? localStorage.getItem(storageName);
    return text === null ? null : { text };
  } catch {
    return null;
  }
}

/** Keeps the key for this window, or for this browser. */
export function saveApiKey(text: string, isRemembered: boolean): ApiKey {
  try {
    forgetApiKey();
    (isRemembered ? localStorage : sessionStorage).setItem(storageName, text);
  } catch {
    // Storage is switched off: the key holds until the page is left.
  }
  return { text };
}

/** Removes every kept key. */
export function forgetApiKey(): void {
  try {
    sessionStorage.removeItem(storageName);
    localStorage.removeItem(storageName);
  } catch {
    // Storage is switched off: nothing was kept.
  }
}
