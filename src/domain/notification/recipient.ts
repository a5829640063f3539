/**
 * Whether an address is a mobile number of mainland China, the only kind that chat robots mention.
 *
 * @see mobile numbers have eleven digits beginning with 1 in the Chinese numbering plan
 * @example isMobile('13800138000') // true
 */
export function isMobile(address: string): boolean {
  return /^1\d{10}$/.test(address);
}
