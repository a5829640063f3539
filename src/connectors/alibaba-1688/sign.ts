import { createHmac, timingSafeEqual } from 'node:crypto';

function compareByCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Signature of a call: HMAC-SHA1 over the path and all parameters, as the platform's own clients compute it.
 *
 * @param path - from the protocol on: `param2/1/{namespace}/{name}/{appKey}`
 * @param params - raw values, as they are before form encoding; `_aop_signature` is left out. The joined
 *   `name+value` texts are sorted by code unit, never by locale
 * @returns 40 upper-case hexadecimal digits
 * @example
 * signCall('param2/1/system/currentTime/1000000', { b: '2', a: '1' }, 'test123')
 * // '33E54F4F7B989E3E0E912D3FBD2F1A03CA7CCE88'
 */
export function signCall(path: string, params: Readonly<Record<string, string>>, secret: string): string {
  const joined = Object.entries(params)
    .filter(([name]) => name !== signatureField)
    .map(([name, value]) => name + value)
    .sort(compareByCodeUnit)
    .join('');
  return createHmac('sha1', secret)
    .update(path + joined, 'utf8')
    .digest('hex')
    .toUpperCase();
}

/** Name of the parameter that carries the signature. */
export const signatureField = '_aop_signature';

/**
 * Checks the signature of a push: the same rule without a path, over the exact bytes of all other fields.
 * Takes the same time wherever the difference lies.
 *
 * @param fields - form fields decoded to bytes, never parsed and written again
 */
export function isPushSignatureValid(
  fields: readonly { name: Buffer; value: Buffer }[],
  secret: string,
  given: string,
): boolean {
  const joined = fields
    .filter(({ name }) => name.toString() !== signatureField)
    .map(({ name, value }) => Buffer.concat([name, value]))
    .sort(Buffer.compare);
  const expected = createHmac('sha1', secret).update(Buffer.concat(joined)).digest();
  if (!/^[0-9a-f]{40}$/i.test(given)) return false;
  return timingSafeEqual(expected, Buffer.from(given, 'hex'));
}
