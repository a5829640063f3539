import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import type { Session } from '../../src/server/auth.ts';
import { limitsDefault } from '../../src/server/limits.ts';
import { createSocketCounts } from '../../src/server/socket-counts.ts';

const limits = { ...limitsDefault, socketsPerKeyMax: 2, socketsPerAddressMax: 3 };
const from = (remoteAddress: string) => ({ socket: { remoteAddress } }) as IncomingMessage;
const keyed = (keyId: string | null) => ({ keyId }) as Session;

test('an address has its bound, this machine has none', () => {
  const counts = createSocketCounts(limits);
  const far = from('203.0.113.7');
  const seats = [1, 2, 3].map(() => counts.take(far));
  for (let n = 0; n < 10; n += 1) counts.take(from('127.0.0.1'));
  expect([
    counts.isFullFor(far),
    counts.isFullFor(from('203.0.113.8')),
    counts.isFullFor(from('127.0.0.1')),
  ]).toEqual([true, false, false]);
  // A socket that is gone no longer knows its address.
  Object.assign(far.socket, { remoteAddress: undefined });
  for (const seat of seats) seat.leave();
  expect(counts.isFullFor(from('203.0.113.7'))).toBe(false);
});

test('a key has its bound; a socket that left gives its place back once, and takes none any more', () => {
  const counts = createSocketCounts(limits);
  const [first, second, third] = [1, 2, 3].map(() => counts.take(from('203.0.113.7')));
  expect([first, second, third].map((seat) => seat?.claimKey(keyed('k')))).toEqual([true, true, false]);
  first?.leave();
  first?.leave();
  expect(first?.claimKey(keyed('k'))).toBe(false);
  expect([third?.claimKey(keyed('k')), counts.take(from('::1')).claimKey(keyed('k'))]).toEqual([true, false]);
  expect(third?.claimKey(keyed(null))).toBe(true);
});
