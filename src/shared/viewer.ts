import type { OrganizationId } from './ids.ts';

/**
 * What a caller may do, from the closed list:
 * `read` queries and subscriptions; `operate` changes stock, policies and alerts; `shops` connects shops and
 * hands over their tokens; `keys` makes and revokes API keys; `metrics` reads the process' figures.
 */
export const scopes = ['read', 'operate', 'shops', 'keys', 'metrics'] as const;

/** One permission of the closed list. */
export type Scope = (typeof scopes)[number];

/** Whether a text is one of the scopes. */
export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

/** Who is calling, once the credentials are checked. One organization, always. */
export interface Viewer {
  readonly organizationId: OrganizationId;
  readonly scopes: ReadonlySet<Scope>;
  /** The API key used; null = the anonymous visitor of the demo on this machine. */
  readonly keyId: string | null;
  /** For the record of who did what: the key's name. */
  readonly name: string;
  /** When the credentials end, real time; null = never. */
  readonly expiresAt: Date | null;
}
