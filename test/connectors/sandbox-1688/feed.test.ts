import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultScript } from '../../../src/connectors/sandbox-1688/wire/faults.ts';
import { dayMs } from '../../../src/shared/time.ts';
import { startAt, startTestGateway } from './support.ts';

interface Page {
  rows: Record<string, string & { [name: string]: unknown }[]>[];
  nextCursor: string | null;
  totalRows: number;
}

let started: Awaited<ReturnType<typeof startTestGateway>>;
const faults = createFaultScript();

beforeEach(async () => {
  faults.clear();
  started = await startTestGateway({ faults, merchants: 2 });
});
afterEach(() => started.gateway.close());

async function get(path: string, token = 'feed-token') {
  const response = await fetch(`${started.gateway.feedUrl}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, headers: response.headers, page: (await response.json()) as Page };
}

async function readAll(path: string, limit: number): Promise<Page['rows']> {
  const rows: Page['rows'] = [];
  const join = path.includes('?') ? '&' : '?';
  let cursor: string | null = null;
  do {
    const { page } = await get(`${path}${join}limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`);
    rows.push(...page.rows);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

describe('the warehouse feed', () => {
  it('wants its token, and each merchant sees the own goods', async () => {
    expect((await get('/warehouses', 'nonsense')).status).toBe(401);
    expect((await get('/nothing')).status).toBe(404);
    const { page } = await get('/warehouses');
    expect(page.rows.map(({ code }) => code)).toEqual(['YW', 'GZ', 'CD', 'WH', 'TJ']);
    const first = (await get('/stock-levels')).page.totalRows;
    const second = (await get('/stock-levels', 'feed-token-2')).page.totalRows;
    expect(second).toBeLessThan(first);
  });

  it.each([3, 50, 500])('shows all levels as they truly are, in pages of %i', async (limit) => {
    const rows = await readAll('/stock-levels', limit);
    const truth = started.gateway.truth(startAt).levels;
    expect(
      rows.map(({ warehouseCode, sku, onHand, reserved, damaged, incoming, available, observedAt }) => [
        warehouseCode,
        sku,
        onHand,
        reserved,
        damaged,
        incoming,
        available,
        observedAt,
      ]),
    ).toEqual(
      truth.map((level) => [
        level.warehouseCode,
        level.sku,
        String(level.onHand),
        String(level.reserved),
        String(level.damaged),
        String(level.incoming),
        String(level.available),
        startAt.toISOString(),
      ]),
    );
  });

  it('parts movements into half-open windows without loss or repetition', async () => {
    const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
    const now = startAt.getTime();
    const all = await readAll(`/stock-movements?modifiedTo=${iso(now)}`, 500);
    const border = Date.parse(all[Math.floor(all.length / 2)]?.occurredAt ?? '');
    const before = await readAll(`/stock-movements?modifiedTo=${iso(border)}`, 100);
    const after = await readAll(`/stock-movements?modifiedFrom=${iso(border)}&modifiedTo=${iso(now)}`, 7);
    expect([...before, ...after]).toEqual(all);
    expect(new Set(all.map(({ movementId }) => movementId)).size).toBe(all.length);
  });

  it('never tells what has not happened yet', async () => {
    const later = encodeURIComponent(new Date(startAt.getTime() + dayMs).toISOString());
    started.clock.advance(2 * dayMs);
    await get('/stock-levels');
    started.clock.advance(-2 * dayMs);
    for (const { occurredAt } of await readAll(`/stock-movements?modifiedTo=${later}`, 500)) {
      expect(Date.parse(occurredAt ?? '')).toBeLessThanOrEqual(startAt.getTime());
    }
    for (const shipment of await readAll(`/inbound-shipments?modifiedTo=${later}`, 500)) {
      expect(Date.parse(shipment.modifiedAt ?? '')).toBeLessThanOrEqual(startAt.getTime());
    }
  });

  it('shows shipments before they arrive, and again when something about them changed', async () => {
    const later = (days: number) =>
      encodeURIComponent(new Date(startAt.getTime() + days * dayMs).toISOString());
    const now = await readAll(`/inbound-shipments?modifiedTo=${later(0)}`, 500);
    const waiting = now.filter(({ status }) => status !== 'RECEIVED');
    expect(waiting.length).toBeGreaterThan(0);
    started.clock.advance(40 * dayMs);
    const changed = await readAll(`/inbound-shipments?modifiedFrom=${later(0)}&modifiedTo=${later(40)}`, 500);
    const received = new Map(changed.map((shipment) => [shipment.shipmentId, shipment.status]));
    for (const { shipmentId } of waiting) expect(received.get(shipmentId)).toBe('RECEIVED');
  });

  it('does not count a purchase twice: those made on 1688 are not in the feed', async () => {
    const ids = new Set((await readAll('/inbound-shipments', 500)).map(({ shipmentId }) => shipmentId));
    const incoming = (await readAll('/stock-levels', 500)).map((row) => Number(row.incoming));
    const open = (await readAll('/inbound-shipments', 500))
      .filter(({ status }) => status !== 'RECEIVED')
      .flatMap(({ lines }) => lines as unknown as { quantity: string }[])
      .reduce((sum, { quantity }) => sum + Number(quantity), 0);
    expect(ids.size).toBeGreaterThan(0);
    expect(incoming.reduce((sum, units) => sum + units, 0)).toBe(open);
  });

  it('refuses cursors and windows that are none', async () => {
    expect((await get('/stock-levels?cursor=abc')).status).toBe(400);
    expect((await get('/stock-movements?cursor=abc')).status).toBe(400);
    expect((await get('/stock-movements?modifiedFrom=yesterday')).status).toBe(400);
  });

  it('throttles with 429, and shows zeros, halves and broken rows when told to', async () => {
    faults.add({ api: 'feed:/stock-levels' }, { kind: 'throttle', retryAfter: '7' });
    const refused = await get('/stock-levels');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    faults.add({ api: 'feed:/stock-levels' }, { kind: 'zero_stock' });
    const zero = await get('/stock-levels');
    expect(new Set(zero.page.rows.map(({ available }) => available))).toEqual(new Set(['0']));
    const whole = await get('/stock-levels?limit=10');
    faults.add({ api: 'feed:/stock-levels' }, { kind: 'half_page' });
    expect((await get('/stock-levels?limit=10')).page.rows).toHaveLength(5);
    faults.add({ api: 'feed:/stock-levels' }, { kind: 'bad_rows' });
    const bad = await get('/stock-levels?limit=10');
    expect(bad.page.rows[0]?.available).toBe('damaged');
    expect(bad.page.rows.slice(1)).toEqual(whole.page.rows.slice(1));
  });
});
