import { createHmac, timingSafeEqual } from 'node:crypto';

function hmac(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text, 'utf8').digest('hex').toUpperCase();
}

function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given.toUpperCase());
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * True when the signature belongs to this path, these parameters and this secret. Clients sort either the
 * joined `name+value` texts or the names; the platform's documents are at odds, so both are accepted.
 *
 * @param path - from the protocol on: `param2/1/{namespace}/{name}/{appKey}`
 * @param params - decoded; `_aop_signature` itself is left out
 */
export function isSignatureValid(
  path: string,
  params: ReadonlyMap<string, string>,
  secret: string,
  given: string,
): boolean {
  const entries = [...params].filter(([name]) => name !== '_aop_signature');
  const byText = entries
    .map(([name, value]) => name + value)
    .sort(compareCodeUnits)
    .join('');
  const byName = entries
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .map(([name, value]) => name + value)
    .join('');
  return isSame(hmac(secret, path + byText), given) || isSame(hmac(secret, path + byName), given);
}

/** Signature of a push message: no path, the one field `message` with the exact text that is sent. */
export function signPushMessage(message: string, secret: string): string {
  return hmac(secret, `message${message}`);
}
