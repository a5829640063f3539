import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A new key: shown once to whoever asked for it, then only its prefix and hash are kept. */
export interface NewKeyText {
  /** The whole key, `sw_<prefix>_<secret>_<checksum>`. */
  readonly text: string;
  /** Its visible start, by which it is found: `sw_<prefix>`. */
  readonly prefix: string;
  /** SHA-256 of the whole key, hex. Random keys need no slow hash. */
  readonly sha256: string;
}

const keyPattern = /^(sw_[0-9a-f]{12})_([A-Za-z0-9_-]{43})_([0-9a-f]{8})$/;

/**
 * Makes an API key: a prefix of 6 random bytes, a secret of 32 and a checksum that tells a mistyped key
 * from a wrong one without asking the database.
 */
export function generateKeyText(): NewKeyText {
  const prefix = `sw_${randomBytes(6).toString('hex')}`;
  const body = `${prefix}_${randomBytes(32).toString('base64url')}`;
  const text = `${body}_${checksumOf(body)}`;
  return { text, prefix, sha256: hashKeyText(text) };
}

/** The prefix of a well-formed key; null when the text cannot be one (shape or checksum). */
export function parseKeyPrefix(text: string): string | null {
  const match = keyPattern.exec(text);
  if (match?.[1] === undefined) return null;
  const body = text.slice(0, text.lastIndexOf('_'));
  return checksumOf(body) === match[3] ? match[1] : null;
}

/** SHA-256 of a key, hex, as it is stored. */
export function hashKeyText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares a presented key with a stored hash in a time that does not depend on where they differ. */
export function isKeyTextOf(text: string, sha256: string): boolean {
  const presented = Buffer.from(hashKeyText(text), 'hex');
  const stored = Buffer.from(sha256, 'hex');
  return presented.length === stored.length && timingSafeEqual(presented, stored);
}

function checksumOf(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
