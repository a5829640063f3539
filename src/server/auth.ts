import type { IncomingMessage } from 'node:http';
import type { LocaleName, Viewer } from '../graphql/context.ts';
import { brandId, type OrganizationId } from '../shared/ids.ts';
import { isScope } from '../shared/scopes.ts';
import { minuteMs } from '../shared/time.ts';
import { hashKeyText, isKeyTextOf, parseKeyPrefix } from './api-key.ts';
import { parseLocale } from './locale.ts';
import { type Refusal, refusals } from './refusal.ts';

/** An API key as it is stored; real time. */
export interface StoredKey {
  readonly keyId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly secretSha256: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Port: where keys are looked up. */
export interface KeyStore {
  /** The key with this prefix; null = none. */
  find(prefix: string): Promise<StoredKey | null>;
  /** Notes that a key was used; may be skipped or repeated. */
  touch(keyId: string): Promise<void>;
  /** Language of an organization's texts, for requests that name none. */
  localeOf(organizationId: OrganizationId): Promise<LocaleName>;
}

/** A caller whose credentials were checked. */
export interface Session {
  readonly viewer: Viewer;
  /** The API key used; null = the anonymous visitor of the demo on this machine. */
  readonly keyId: string | null;
}

/** What a caller presents. */
export interface Credentials {
  /** `Bearer sw_…`; undefined = none was sent. */
  readonly authorization: string | undefined;
  /** The language asked for; null = the organization's. */
  readonly locale: LocaleName | null;
}

/** Checks credentials; one for HTTP, server-sent events and websockets. */
export interface Authenticator {
  /** Who presents these credentials. */
  authenticate(credentials: Credentials): Promise<Session | Refusal>;
  /** Whether a session's key still holds; asked again during long connections. */
  isStillValid(session: Session): Promise<boolean>;
}

/** A hash that no key has, so that an unknown prefix costs the same comparison as a wrong secret. */
const nobodysSha256 = hashKeyText('');

/**
 * Makes the authenticator.
 *
 * @param anonymous - who a caller without a key is; null = nobody gets in without one
 * @param now - real time
 */
export function createAuthenticator(
  store: KeyStore,
  anonymous: Viewer | null,
  now: () => Date = () => new Date(),
): Authenticator {
  /** By which prefix a session's key is found again. */
  const prefixes = new WeakMap<Session, string>();
  const touched = new Map<string, number>();

  const isUsable = (key: StoredKey) =>
    key.revokedAt === null && (key.expiresAt === null || key.expiresAt.getTime() > now().getTime());

  const touch = (keyId: string) => {
    const at = now().getTime();
    if (at - (touched.get(keyId) ?? Number.NEGATIVE_INFINITY) < minuteMs) return;
    touched.set(keyId, at);
    // A missed note of use harms nobody.
    store.touch(keyId).catch(() => touched.delete(keyId));
  };

  return {
    async authenticate({ authorization, locale }) {
      if (authorization === undefined) {
        if (anonymous === null) return refusals.keyMissing;
        return { viewer: { ...anonymous, locale: locale ?? anonymous.locale }, keyId: null };
      }
      const text = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1];
      const prefix = text === undefined ? null : parseKeyPrefix(text);
      if (text === undefined || prefix === null) return refusals.keyWrong;
      const key = await store.find(prefix);
      const isSecretRight = isKeyTextOf(text, key?.secretSha256 ?? nobodysSha256);
      if (key === null || !isSecretRight || !isUsable(key)) return refusals.keyWrong;
      const organizationId = brandId<OrganizationId>(key.organizationId);
      const viewer: Viewer = {
        organizationId,
        scopes: new Set(key.scopes.filter(isScope)),
        locale: locale ?? (await store.localeOf(organizationId)),
        keyName: key.name,
        isAnonymous: false,
      };
      const session: Session = { viewer, keyId: key.keyId };
      prefixes.set(session, prefix);
      touch(key.keyId);
      return session;
    },
    async isStillValid(session) {
      const prefix = prefixes.get(session);
      if (prefix === undefined) return session.keyId === null;
      const key = await store.find(prefix);
      return key !== null && key.keyId === session.keyId && isUsable(key);
    },
  };
}

/** The credentials of an HTTP request. */
export function credentialsOf(request: IncomingMessage): Credentials {
  return {
    authorization: request.headers.authorization,
    locale: parseLocale(request.headers['accept-language']),
  };
}

/**
 * The credentials of a websocket's first message, else of its upgrade request. Never of the address, which ends up
 * in logs.
 */
export function credentialsOfSocket(
  request: IncomingMessage,
  connectionParams: Readonly<Record<string, unknown>> | undefined,
): Credentials {
  const authorization = connectionParams?.authorization ?? connectionParams?.Authorization;
  const locale = connectionParams?.locale;
  const ofUpgrade = credentialsOf(request);
  return {
    authorization: typeof authorization === 'string' ? authorization : ofUpgrade.authorization,
    locale: typeof locale === 'string' ? parseLocale(locale) : ofUpgrade.locale,
  };
}
