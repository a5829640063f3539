import { describe, expect, test } from 'vitest';
import type { EventLogEntry } from '../../src/db/queries/event-log.ts';
import { encodeEventCursor } from '../../src/events/cursor.ts';
import { createEventHub } from '../../src/events/hub.ts';
import type { LoadEventLogPage } from '../../src/events/log-reader.ts';
import type { EventReader } from '../../src/events/reader.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';

const organizationId = brandId<OrganizationId>('11111111-1111-4111-8111-111111111111');
const epoch = '0b9d4c1e-8a52-4d4f-9f3a-2f1c6c1f7a10';

/** A log in memory, whose reads can be counted and made to fail. */
function createLog() {
  const state = { last: 0n, oldest: 1n, epoch, reads: 0, isAway: false };
  const listeners = new Set<() => void>();
  const load: LoadEventLogPage = async (_organization, after, limit) => {
    state.reads += 1;
    if (state.isAway) throw new Error('away');
    const first = after + 1n > state.oldest ? after + 1n : state.oldest;
    const count = Math.max(0, Math.min(limit, Number(state.last - first) + 1));
    return {
      head: { epoch: state.epoch, last: state.last, oldest: state.oldest },
      entries: Array.from(
        { length: count },
        (_, n): EventLogEntry => ({ number: first + BigInt(n), topic: 'STOCK_ALERT', syncRunId: null }),
      ),
    };
  };
  const hub = createEventHub({
    load,
    log: silentLog,
    pollEveryMs: 3_600_000,
    wakeup: {
      announce() {},
      subscribe(onWake) {
        listeners.add(onWake);
        return () => listeners.delete(onWake);
      },
      stop() {},
    },
  });
  return {
    state,
    hub,
    wake: () => {
      for (const listener of listeners) listener();
    },
    append(count: number) {
      state.last += BigInt(count);
      this.wake();
    },
    async open(startAt: string | null): Promise<EventReader> {
      const reader = await hub.open(organizationId, startAt);
      if ('kind' in reader) throw new Error(reader.kind);
      return reader;
    },
  };
}

async function readUntil(reader: EventReader, last: bigint): Promise<bigint[]> {
  const numbers: bigint[] = [];
  while ((numbers.at(-1) ?? 0n) < last) {
    const reading = await reader.next();
    if (reading.kind !== 'page') throw new Error(reading.kind);
    for (const { number } of reading.page.entries) if (number > reading.after) numbers.push(number);
  }
  return numbers;
}

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, n) => BigInt(first + n));

describe('readers', () => {
  test('get everything from their place on, whatever that place is', async () => {
    const log = createLog();
    log.append(1_000);
    const places = [0, 1, 199, 200, 201, 999, 1_000];
    const readers = await Promise.all(places.map((n) => log.open(encodeEventCursor(epoch, BigInt(n)))));
    const reading = readers.map((reader) => readUntil(reader, 1_300n));
    log.append(300);
    expect(await Promise.all(reading)).toEqual(places.map((n) => upTo(1_300, n + 1)));
    log.hub.stop();
  });

  test('a thousand at the same place cost the reads of one', async () => {
    const log = createLog();
    const readers = await Promise.all(Array.from({ length: 1_000 }, () => log.open(null)));
    log.state.reads = 0;
    const reading = readers.map((reader) => readUntil(reader, 50n));
    log.append(50);
    await Promise.all(reading);
    expect(log.state.reads).toBeLessThanOrEqual(2);
    log.hub.stop();
  });

  test('that resume at a thousand different places share the pages of the past', async () => {
    const log = createLog();
    log.append(1_000);
    const readers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => log.open(encodeEventCursor(epoch, BigInt(n)))),
    );
    log.state.reads = 0;
    await Promise.all(readers.map((reader) => readUntil(reader, 1_000n)));
    expect(log.state.reads).toBeLessThanOrEqual(10);
    log.hub.stop();
  });

  test('that read slowly find everything later, and hold up nobody', async () => {
    const log = createLog();
    const slow = await log.open(null);
    const quick = await log.open(null);
    for (let round = 1; round <= 60; round += 1) {
      log.append(100);
      await readUntil(quick, BigInt(round * 100));
    }
    expect(await readUntil(slow, 6_000n)).toEqual(upTo(6_000));
    log.hub.stop();
  });

  test('that are ended while they wait answer at once, and leave nothing behind', async () => {
    const log = createLog();
    const reader = await log.open(null);
    const waiting = reader.next();
    reader.end();
    reader.end();
    expect([await waiting, await reader.next()]).toEqual([{ kind: 'ended' }, { kind: 'ended' }]);
    expect(log.hub.readerCount()).toBe(0);
    const other = await log.open(null);
    log.hub.stop();
    expect(await other.next()).toEqual({ kind: 'ended' });
  });

  test('outlive a database that is away', async () => {
    const log = createLog();
    log.append(10);
    const reader = await log.open('begin');
    log.state.isAway = true;
    const reading = readUntil(reader, 10n);
    await expect.poll(() => log.state.reads).toBeGreaterThan(1);
    log.state.isAway = false;
    expect(await reading).toEqual(upTo(10));
    log.hub.stop();
  });

  test('that fall behind retention are told so', async () => {
    const log = createLog();
    log.append(10);
    const reader = await log.open('begin');
    log.state.oldest = 6n;
    expect(await reader.next()).toEqual({ kind: 'expired', oldestCursor: encodeEventCursor(epoch, 5n) });
    expect(await reader.next()).toEqual({ kind: 'ended' });
    log.hub.stop();
  });
});

test('a cursor is right up to the place before the oldest event, and up to the head', async () => {
  const log = createLog();
  log.append(10);
  log.state.oldest = 4n;
  const kindAt = async (number: bigint) => {
    const opened = await log.hub.open(organizationId, encodeEventCursor(epoch, number));
    return 'kind' in opened ? opened.kind : 'open';
  };
  expect([await kindAt(2n), await kindAt(3n), await kindAt(10n), await kindAt(11n)]).toEqual([
    'expired',
    'open',
    'open',
    'unknown',
  ]);
  log.hub.stop();
});

test('a reader that cannot be opened leaves nothing behind', async () => {
  const log = createLog();
  log.state.isAway = true;
  await expect(log.hub.open(organizationId, null)).rejects.toThrow('away');
  expect(log.hub.readerCount()).toBe(0);
  log.hub.stop();
});
