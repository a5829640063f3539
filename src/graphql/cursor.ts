import { createHash } from 'node:crypto';

/**
 * Short fingerprint of everything that decides an order of rows. Two different ones share a fingerprint with a
 * chance of 2^-72.
 */
export function fingerprint(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 9).toString('base64url');
}

/** The cursor of a row: the fingerprint of its order and the row's sort values. */
export function encodeCursor(print: string, keys: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([print, ...keys]), 'utf8').toString('base64url');
}

/** What a cursor turned out to be. */
export type DecodedCursor =
  | { readonly kind: 'valid'; readonly keys: (string | null)[] }
  | { readonly kind: 'invalid' | 'mismatch' };

/**
 * Reads a cursor of the order with this fingerprint.
 *
 * @param keyCount - how many sort values the order has
 * @returns `mismatch` for a cursor of another sort or filter, `invalid` for anything else
 */
export function decodeCursor(cursor: string, print: string, keyCount: number): DecodedCursor {
  const parts = parseParts(cursor);
  if (parts === null) return { kind: 'invalid' };
  const [found, ...keys] = parts;
  if (found !== print) return { kind: 'mismatch' };
  return keys.length === keyCount ? { kind: 'valid', keys } : { kind: 'invalid' };
}

function parseParts(cursor: string): (string | null)[] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isParts =
      Array.isArray(parsed) &&
      typeof parsed[0] === 'string' &&
      parsed.every((part) => part === null || typeof part === 'string');
    return isParts ? parsed : null;
  } catch {
    return null;
  }
}
