import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventLogEntry } from '../../src/db/queries/event-log.ts';
import { decodeEventCursor, encodeEventCursor } from '../../src/events/cursor.ts';
import { findGaps, readEventPage } from '../../src/events/log-reader.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';

const organizationId = brandId<OrganizationId>('11111111-1111-4111-8111-111111111111');
const epoch = '0b9d4c1e-8a52-4d4f-9f3a-2f1c6c1f7a10';

test('the example of findGaps', () => {
  expect(findGaps([{ number: 3n }, { number: 6n }], 2n, 7n)).toEqual([
    { from: 2n, to: 2n },
    { from: 4n, to: 5n },
    { from: 7n, to: 7n },
  ]);
});

test('gaps and entries together are exactly the numbers asked for', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (kept) => {
      const entries = kept.sort((left, right) => left - right).map((number) => ({ number: BigInt(number) }));
      const missing = findGaps(entries, 1n, 60n).flatMap(({ from, to }) =>
        Array.from({ length: Number(to - from) + 1 }, (_, n) => Number(from) + n),
      );
      expect([...missing, ...kept].sort((left, right) => left - right)).toEqual(
        Array.from({ length: 60 }, (_, n) => n + 1),
      );
    }),
  );
});

test('a cursor is read back as it was written, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }), (id, number) => {
      expect(decodeEventCursor(encodeEventCursor(id, number))).toEqual({ epoch: id, number });
    }),
  );
  const text = (plain: string) => Buffer.from(plain).toString('base64url');
  for (const wrong of [
    '',
    'begin',
    epoch,
    text(`${epoch}:`),
    text(`${epoch}:-1`),
    text(`${epoch}:01`),
    text(`${epoch}:1 `),
    text(`${epoch.toUpperCase()}:1`),
    text(`${epoch}:12345678901234567890`),
    text(`${'-'.repeat(36)}:1`),
  ]) {
    expect([wrong, decodeEventCursor(wrong)]).toEqual([wrong, null]);
  }
});

/** A log with some numbers missing and everything before `oldest` removed. */
function logOf(numbers: readonly bigint[], last: bigint, oldest = 1n) {
  return async (_organization: OrganizationId, after: bigint, limit: number) => ({
    head: { epoch, last, oldest },
    entries: numbers
      .filter((number) => number > after && number >= oldest)
      .slice(0, limit)
      .map((number): EventLogEntry => ({ number, topic: 'STOCK_ALERT', syncRunId: null })),
  });
}

test('a page reaches to the head when it is not full, else to its last entry', async () => {
  const load = logOf([1n, 2n, 3n, 4n], 4n);
  const part = await readEventPage(load, organizationId, 0n, 3);
  const rest = await readEventPage(load, organizationId, 3n, 3);
  expect([part.page.through, rest.page.through]).toEqual([3n, 4n]);
});

test('numbers that retention removed are no gap, others are, also at the end', async () => {
  const { page } = await readEventPage(logOf([1n, 2n, 5n, 7n], 9n, 5n), organizationId, 0n, 10);
  expect(page.gaps).toEqual([
    { from: 6n, to: 6n },
    { from: 8n, to: 9n },
  ]);
});

test('what is shared on a page is loaded once, and again after a failure', async () => {
  const { page } = await readEventPage(logOf([1n], 1n), organizationId, 0n, 10);
  let loads = 0;
  const failing = () => {
    loads += 1;
    return Promise.reject(new Error('away'));
  };
  await expect(page.share('rows', failing)).rejects.toThrow('away');
  const load = async () => {
    loads += 1;
    return loads;
  };
  expect(await Promise.all([page.share('rows', load), page.share('rows', load)])).toEqual([2, 2]);
  expect(loads).toBe(2);
});
