import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '../shared/errors.ts';

/** Finds all addresses of a host name; `dns.lookup` behind it, a stub in tests. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

/**
 * IPv4 networks that no public service lives in: IANA IPv4 Special-Purpose Address Registry, and multicast
 * (224.0.0.0/4). One list per family, because a v4-mapped network in a common list would match every IPv4
 * address.
 */
const closedV4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  closedV4.addSubnet(network, prefix, 'ipv4');
}

/**
 * IPv6 is refused outside 2000::/3, the only range handed out for public use, and inside it where it carries
 * another address (6to4, Teredo) or is reserved: IANA IPv6 Special-Purpose Address Registry. That covers
 * loopback, v4-mapped, NAT64, unique local, link-local and multicast.
 */
const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');
const closedV6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  closedV6.addSubnet(network, prefix, 'ipv6');
}

/**
 * Whether an address belongs to the public internet, so that a user may name it as a target.
 *
 * @param address - IPv4 or IPv6 in text form, without brackets; anything else is not public
 * @example isPublicAddress('::ffff:127.0.0.1') // false
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closedV4.check(address, 'ipv4');
  return family === 6 && publicV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6');
}

/**
 * Checks the spelling of an address that a user chose: https, port 443 or 8443, no user name or password, no number of
 * an inner network. Where a name leads to is checked at every connect by {@link guardConnect}.
 *
 * @throws AppError `invalid_input` naming the rule that is broken
 */
export function assertUserChosenUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new AppError('invalid_input', 'not an absolute URL; use https://host/path');
  if (url.protocol !== 'https:') throw new AppError('invalid_input', 'the URL must begin with https://');
  if (url.username !== '' || url.password !== '') {
    throw new AppError('invalid_input', 'the URL must not contain a user name or password');
  }
  if (url.port !== '' && url.port !== '8443') {
    throw new AppError('invalid_input', 'the port of the URL must be 443 or 8443');
  }
  const address = hostOf(url);
  if (isIP(address) !== 0 && !isPublicAddress(address)) {
    throw new AppError('invalid_input', 'the URL must not lead to an inner network');
  }
  return url;
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: { readonly hostname: string }): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

const resolveByDns: ResolveHost = async (hostname) =>
  (await lookup(hostname, { all: true })).map((found) => found.address);

/**
 * An address of a host that may be connected to, for protocols that do not go through {@link guardConnect}: connect
 * to the answer, not to the name, so that a name which changes its answer gains nothing.
 *
 * @throws AppError `forbidden` when one of its addresses is not public
 */
export async function pickCheckedAddress(
  hostname: string,
  resolve: ResolveHost = resolveByDns,
): Promise<string> {
  const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname];
  const [first] = addresses;
  if (first === undefined || !addresses.every(isPublicAddress)) {
    throw new AppError('forbidden', `${hostname} does not lead to the public internet only; not connected`);
  }
  return first;
}

/**
 * Wraps a connect function so that it only reaches public addresses. It stands in the connect function and not
 * in the name lookup, because literals such as `127.0.0.1` are never looked up; and it connects to the very
 * address that was checked, so that a name which changes its answer gains nothing. One forbidden address
 * among several refuses the host.
 *
 * @param connect - does the connecting; undici's own by default
 */
export function guardConnect(
  connect: buildConnector.connector = buildConnector({ timeout: 5_000 }),
  resolve: ResolveHost = resolveByDns,
): buildConnector.connector {
  return (options, callback) => {
    const hostname = hostOf(options);
    pickCheckedAddress(hostname, resolve).then(
      (address) => {
        const servername = options.servername ?? (isIP(hostname) === 0 ? hostname : undefined);
        connect(
          { ...options, hostname: address, ...(servername === undefined ? {} : { servername }) },
          callback,
        );
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}
