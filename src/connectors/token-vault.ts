import { randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId, ShopId } from '../shared/ids.ts';
import type { TokenSet } from './marketplace.ts';

/** Keys for sealing, newest first: the first one seals, all of them open. */
export interface KeyRing {
  keys: readonly { keyId: string; key: Uint8Array }[];
}

/** The row a secret belongs to; a sealed text opens only for the same three. */
export interface SecretPlace {
  organizationId: OrganizationId;
  shopId: ShopId;
  /** What it is for, such as `marketplace_tokens`. */
  purpose: string;
}

/** Seals secrets for storage. Holds keys, touches no database. */
export interface TokenVault {
  /** @returns compact JWE (`dir`, `A256GCM`); another text each time */
  seal(secret: string, place: SecretPlace): Promise<string>;
  /**
   * @throws AppError `secret_unreadable` when the text was changed, belongs to another place, or its key is not in
   *   the ring; never says which secret
   */
  open(sealed: string, place: SecretPlace): Promise<string>;
  /** The tokens of a shop as one secret. */
  sealTokens(tokens: TokenSet, place: SecretPlace): Promise<string>;
  /** @throws AppError as `open` */
  openTokens(sealed: string, place: SecretPlace): Promise<TokenSet>;
  /** True when the text was sealed with another key than the newest: open it, seal it again, store it. */
  needsResealing(sealed: string): boolean;
}

const keyPattern = /^([\w-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/;

/**
 * Reads `TOKEN_KEYS`: `id:key` pairs separated by commas, newest first; a key is 32 bytes in base64 (or
 * base64url).
 *
 * @throws AppError `invalid_configuration` naming the pair by its position, never by its content
 * @example parseKeyRing('2026b:…,2026a:…') // seals with 2026b, opens both
 */
export function parseKeyRing(text: string): KeyRing {
  const seen = new Set<string>();
  const keys = text.split(',').map((pair, index) => {
    const [, keyId = '', encoded = ''] = keyPattern.exec(pair.trim()) ?? [];
    const key = Buffer.from(encoded, 'base64url');
    if (keyId === '' || key.length !== 32) {
      throw new AppError(
        'invalid_configuration',
        `TOKEN_KEYS: pair ${index + 1} must be id:key with 32 bytes in base64, such as 2026a:$(openssl rand -base64 32)`,
      );
    }
    if (seen.has(keyId)) {
      throw new AppError(
        'invalid_configuration',
        `TOKEN_KEYS: the id ${keyId} stands twice; give each key its own`,
      );
    }
    seen.add(keyId);
    return { keyId, key: new Uint8Array(key) };
  });
  return { keys };
}

/** A fresh `id:key` pair, to be stored readable by its owner only. */
export function generateTokenKey(keyId: string): string {
  return `${keyId}:${randomBytes(32).toString('base64')}`;
}

/** Makes a vault for a ring with at least one key. */
export function createTokenVault(ring: KeyRing): TokenVault {
  const [newest] = ring.keys;
  if (newest === undefined)
    throw new AppError('invalid_configuration', 'TOKEN_KEYS: at least one key is needed');
  const seal = (secret: string, place: SecretPlace) =>
    new CompactEncrypt(new TextEncoder().encode(secret))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.keyId, ...headerOf(place) })
      .encrypt(newest.key);
  const open = (sealed: string, place: SecretPlace) => openSealed(ring, sealed, place);
  return {
    seal,
    open,
    sealTokens: (tokens, place) => seal(JSON.stringify(tokens), place),
    openTokens: async (sealed, place) => readTokens(await open(sealed, place)),
    needsResealing: (sealed) => readKeyId(sealed) !== newest.keyId,
  };
}

/** The header is authenticated with the content, so none of these can be changed without the key. */
function headerOf(place: SecretPlace) {
  return { org: place.organizationId, shop: place.shopId, use_for: place.purpose };
}

function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError('secret_unreadable', `a stored secret cannot be opened: ${reason}`, { cause });
}

function readKeyId(sealed: string): string | null {
  try {
    return decodeProtectedHeader(sealed).kid ?? null;
  } catch {
    return null;
  }
}

async function openSealed(ring: KeyRing, sealed: string, place: SecretPlace): Promise<string> {
  const keyId = readKeyId(sealed);
  const held = ring.keys.find((candidate) => candidate.keyId === keyId);
  if (held === undefined) throw unreadable('its key is not in TOKEN_KEYS');
  let opened: Awaited<ReturnType<typeof compactDecrypt>>;
  try {
    opened = await compactDecrypt(sealed, held.key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
  } catch (error) {
    throw unreadable('it was changed, or the key under its id is another one', error);
  }
  const header: Readonly<Record<string, unknown>> = opened.protectedHeader;
  if (!Object.entries(headerOf(place)).every(([name, value]) => header[name] === value)) {
    throw unreadable('it belongs to another row');
  }
  return new TextDecoder().decode(opened.plaintext);
}

const storedDate = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .nullable();
const storedTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  accessExpiresAt: storedDate,
  refreshExpiresAt: storedDate,
  memberId: z.string().nullable(),
});

function readTokens(secret: string): TokenSet {
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    throw unreadable('it holds no tokens');
  }
  const parsed = storedTokens.safeParse(value);
  if (!parsed.success) throw unreadable('it holds no tokens');
  return parsed.data;
}
