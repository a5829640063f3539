import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageRequest, Stream } from '../../../src/connectors/marketplace.ts';
import { createWmsFeedConnector } from '../../../src/connectors/wms-feed/connector.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { fakeSession } from '../fake-session.ts';
import { json, raw, type Step } from '../scripted-server.ts';
import { businessNow, type FeedRig, startFeedRig } from './rig.ts';

let rig: FeedRig;
beforeEach(async () => {
  rig = await startFeedRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

function pageOf(stream: Stream, overrides: Partial<PageRequest> = {}): PageRequest {
  return {
    stream,
    modifiedFrom: new Date('2026-08-31T00:00:00Z'),
    modifiedTo: new Date('2026-09-01T00:00:00.500Z'),
    cursor: null,
    ...overrides,
  };
}

const rows = (...list: unknown[]) => json(JSON.stringify({ rows: list }));
const read = async (stream: Stream, step: Step) => {
  rig.server.script.push(step);
  return rig.connector.fetchPage(fakeSession(), pageOf(stream));
};
const csv = (body: string, headers: Record<string, string> = {}) =>
  raw(
    200,
    { 'content-type': 'text/csv', 'content-length': String(Buffer.byteLength(body)), ...headers },
    body,
  );
const level = (more: Record<string, unknown> = {}) => ({
  warehouseCode: 'HZ1',
  sku: 'A',
  onHand: 3,
  observedAt: '2026-09-01T08:30:00+08:00',
  ...more,
});

describe('a request', () => {
  it('carries token, form, limit, window and the cursor of the source', async () => {
    rig.server.script.push(json('{"rows":[],"nextCursor":"b3&x=1","totalRows":"7"}'), rows());
    const session = fakeSession();
    const first = await rig.connector.fetchPage(session, pageOf('stock_movements'));
    expect(first).toMatchObject({ observations: [], totalRows: 7, nextCursor: expect.any(String) });
    const last = await rig.connector.fetchPage(
      session,
      pageOf('stock_movements', { cursor: first.nextCursor }),
    );
    expect(last).toMatchObject({ nextCursor: null, totalRows: null });
    expect(rig.server.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer token-0001',
      accept: 'application/json, text/csv;q=0.9',
    });
    expect(rig.server.seen.map((seen) => Object.fromEntries(seen.query))).toEqual([
      { modifiedFrom: '2026-08-31T00:00:00.000Z', modifiedTo: '2026-09-01T00:00:00.500Z', limit: '500' },
      {
        modifiedFrom: '2026-08-31T00:00:00.000Z',
        modifiedTo: '2026-09-01T00:00:00.500Z',
        limit: '500',
        cursor: 'b3&x=1',
      },
    ]);
    expect(session.taken).toBe(2);
  });

  it('has no window where the resource is read whole', async () => {
    await read('stock_levels', rows());
    expect(Object.fromEntries(rig.server.seen[0]?.query ?? [])).toEqual({ limit: '500' });
  });
});

describe('quantities', () => {
  it.each([
    [{ onHand: '10', reserved: '2', damaged: '1.5' }, '6.5'],
    [{ onHand: 0.3, reserved: 0.1 }, '0.2'],
    [{ onHand: '3', reserved: '5' }, '-2'],
    [{ onHand: null, available: '4.50' }, '4.5'],
    [{ onHand: 10, available: -1 }, '-1'],
  ])('%j leave %s available', async (quantities, available) => {
    const page = await read('stock_levels', rows(level(quantities)));
    expect(page).toMatchObject({ observations: [{ available }], rejected: [] });
  });

  it('that are not reported are null, not zero', async () => {
    const page = await read('stock_levels', rows(level({ reserved: '' })));
    expect(page.observations).toMatchObject([
      { reserved: null, damaged: null, incoming: null, available: '3' },
    ]);
  });
});

describe('a bad row', () => {
  it('is put aside with its key and reason', async () => {
    const levels = await read(
      'stock_levels',
      rows(
        level({ sku: 9007 }),
        level({ onHand: 'ten' }),
        level({ onHand: -1 }),
        level({ onHand: null }),
        level({ observedAt: '2026-09-01 08:30:00' }),
        level({ observedAt: '2026-09-03T00:05:01Z' }),
        level({ sku: 'nul\u0000' }),
        'row',
      ),
    );
    expect(levels.observations).toHaveLength(1);
    expect(levels.rejected.map(({ rowKey, reason }) => [rowKey, reason])).toEqual([
      ['HZ1/A', 'onHand: expected a number, got "ten"'],
      ['HZ1/A', 'onHand: must not be negative, got -1'],
      ['HZ1/A', 'available and onHand: one of them is needed'],
      ['HZ1/A', 'observedAt: expected a date, got "2026-09-01 08:30:00"'],
      ['HZ1/A', expect.stringContaining('observedAt: 2026-09-03T00:05:01.000Z lies in the future')],
      ['HZ1/?', 'sku: contains a NUL character, which cannot be stored'],
      [null, expect.stringContaining('expected object')],
    ]);
    const movement = {
      movementId: 'm',
      warehouseCode: 'H',
      sku: 'A',
      quantity: 1,
      occurredAt: '2026-09-01T00:00:00Z',
    };
    const movements = await read(
      'stock_movements',
      rows({ ...movement, movement: 'STOLEN' }, { ...movement, movement: 'SHIPPED', quantity: 0 }),
    );
    expect(movements.rejected.map(({ reason }) => reason)).toEqual([
      'movement: is not one of the movements of the feed',
      'quantity: must be above 0',
    ]);
  });

  it('in a shipment costs only its line', async () => {
    const shipment = { shipmentId: 'PO-1', status: 'ORDERED', modifiedAt: '2026-09-01T00:00:00Z' };
    const good = { lineId: '1', cargoNumber: '666', quantity: '5' };
    const page = await read(
      'inbound_shipments',
      rows(
        { ...shipment, lines: [good, { lineId: '2', quantity: 1 }, { ...good, quantity: 'x' }, good] },
        { ...shipment, shipmentId: 'PO-2', lines: [] },
        { ...shipment, shipmentId: 'PO-3', status: 'LOST', lines: [good] },
      ),
    );
    expect(page.observations).toMatchObject([{ shipmentId: 'PO-1', lines: [{ lineId: '1' }] }]);
    expect(page.rejected.map(({ rowKey, reason }) => [rowKey, reason])).toEqual([
      ['PO-1/2', 'lines[1].sku: one of sku, productId and cargoNumber is needed'],
      ['PO-1/1', 'lines[2].quantity: expected a number, got "x"'],
      ['PO-1/1', 'lines[3].lineId: stands twice in this shipment'],
      ['PO-2', 'lines: at least one is needed'],
      ['PO-3', 'status: must be ORDERED, SHIPPED, RECEIVED or CANCELLED'],
    ]);
  });

  it('of a warehouse loses only what cannot be right', async () => {
    const page = await read(
      'warehouses',
      rows(
        { code: '007', name: 'Lager', timeZone: 'Europe/Berlin', latitude: '52.5', longitude: 999 },
        { code: 'X', name: 'Y', timeZone: 'Mars/Olympus', latitude: 'north' },
        { code: 'Z' },
      ),
    );
    expect(page.observations).toMatchObject([
      { code: '007', timeZone: 'Europe/Berlin', latitude: 52.5, longitude: null },
      { code: 'X', timeZone: null, latitude: null, longitude: null },
    ]);
    expect(page.rejected).toMatchObject([{ rowKey: 'Z', reason: 'name: is missing' }]);
  });
});

describe('CSV', () => {
  it('has its cursor and total in headers, columns in any order, quotes and a byte order mark', async () => {
    const body =
      '\ufeffextra,sku,onHand,warehouseCode,observedAt\r\nx,"A, ""red""",007.50,HZ1,2026-09-01T00:00:00Z\r\n';
    const page = await read('stock_levels', csv(body, { 'x-next-cursor': 'c2', 'x-total-rows': '9' }));
    expect(page).toMatchObject({
      observations: [{ sku: 'A, "red"', onHand: '7.5' }],
      totalRows: 9,
      nextCursor: expect.any(String),
    });
  });

  it('puts the records of one shipment together', async () => {
    const head = 'shipmentId,status,modifiedAt,lineId,sku,quantity\n';
    const at = '2026-09-01T00:00:00Z';
    const body = `${head}P1,ORDERED,${at},1,A,5\nP1,ORDERED,${at},2,B,6\nP2,SHIPPED,${at},1,C,7\n`;
    const page = await read('inbound_shipments', csv(body, { 'x-total-rows': '2' }));
    expect(page.observations).toMatchObject([
      { shipmentId: 'P1', lines: [{ sku: 'A' }, { sku: 'B' }] },
      { shipmentId: 'P2', lines: [{ sku: 'C', quantity: '7' }] },
    ]);
  });

  it('whose end cannot be known is refused, since half a page would look whole', async () => {
    const open: Step = (response) => {
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { 'content-type': 'text/csv', connection: 'close' });
      response.end('sku\nA\n');
    };
    await expect(read('stock_levels', open)).rejects.toMatchObject({ code: 'permanent' });
  });

  it.each(['', 'a,b\n"1,2', 'a,b\n1,2,3\n'])('that is broken is read again: %j', async (body) => {
    rig.server.script.push(csv(body), csv('sku\n'));
    const page = await rig.connector.fetchPage(fakeSession(), pageOf('stock_levels'));
    expect(page.observations).toEqual([]);
    expect(rig.server.seen).toHaveLength(2);
  });
});

describe('failures', () => {
  it.each<[string, Step]>([
    ['502', raw(502, {}, '<html>')],
    ['HTML under 200', raw(200, { 'content-type': 'text/html' }, '<html>')],
    ['truncated JSON', json('{"rows":[{"code":')],
    ['fewer rows than announced', json('{"rows":[],"totalRows":1}')],
  ])('%s is bridged, and never an empty page', async (_, fault) => {
    rig.server.script.push(fault, rows(level()));
    const page = await rig.connector.fetchPage(fakeSession(), pageOf('stock_levels'));
    expect(page.observations).toHaveLength(1);
    rig.server.fallback = fault;
    const sent = rig.connector.fetchPage(fakeSession(), pageOf('stock_levels'));
    await expect(sent).rejects.toMatchObject({ code: 'transient' });
  });

  it.each<[string, Step]>([
    ['a list', json('[]')],
    ['no rows', json('{"nextCursor":null}')],
    ['rows that are none', json('{"rows":{}}')],
    ['400', json('{"error":{"code":"window_too_long","message":"at most 31 days"}}', 400)],
  ])('%s is for good', async (_, fault) => {
    await expect(read('stock_levels', fault)).rejects.toMatchObject({ code: 'permanent' });
    expect(rig.server.seen).toHaveLength(1);
  });

  it('show the words of the source, without secrets', async () => {
    const said = '{"error":{"code":"window_too_long","message":"at most 31 days for Bearer hush-hush"}}';
    const error = await read('stock_levels', json(said, 400)).catch((caught: Error) => caught);
    expect(String(error)).toContain('HTTP 400, window_too_long at most 31 days');
    expect(String(error)).not.toContain('hush');
  });

  it.each([
    [429, '30', 30_000],
    [503, '5', 5_000],
    [429, undefined, null],
  ])('HTTP %i with Retry-After %s pauses all workers', async (status, after, expected) => {
    const session = fakeSession();
    rig.server.script.push(raw(status, after === undefined ? {} : { 'retry-after': after }));
    const sent = rig.connector.fetchPage(session, pageOf('stock_levels'));
    await expect(sent).rejects.toMatchObject({ code: 'throttled', retryAfterMs: expected });
    expect(session.pauses).toEqual([expected]);
  });

  it('401 asks once for a newer token', async () => {
    const session = fakeSession(['old-token', 'new-token']);
    rig.server.script.push(raw(401, {}), rows());
    await rig.connector.fetchPage(session, pageOf('stock_levels'));
    expect(rig.server.seen.map((seen) => seen.headers.authorization)).toEqual([
      'Bearer old-token',
      'Bearer new-token',
    ]);
    rig.server.fallback = raw(401, {});
    const refused = rig.connector.fetchPage(fakeSession(), pageOf('stock_levels'));
    await expect(refused).rejects.toMatchObject({ code: 'authorization_expired' });
  });

  it.each([403, 404])('HTTP %i means that the resource is not to be had', async (status) => {
    await expect(read('warehouses', raw(status, {}))).rejects.toMatchObject({ code: 'permission_missing' });
  });

  it('a cursor that stands still, or is too long, or foreign, ends the pass', async () => {
    const first = await read('stock_levels', json('{"rows":[],"nextCursor":"same"}'));
    const again = pageOf('stock_levels', { cursor: first.nextCursor });
    rig.server.script.push(json('{"rows":[],"nextCursor":"same"}'));
    await expect(rig.connector.fetchPage(fakeSession(), again)).rejects.toMatchObject({ code: 'permanent' });
    const long = json(JSON.stringify({ rows: [], nextCursor: 'x'.repeat(1_500) }));
    await expect(read('stock_levels', long)).rejects.toMatchObject({ code: 'permanent' });
    for (const cursor of ['same', '[0,"x"]', '[10001,"x"]']) {
      const foreign = rig.connector.fetchPage(fakeSession(), pageOf('stock_levels', { cursor }));
      await expect(foreign).rejects.toMatchObject({ code: 'invalid_input' });
    }
    rig.server.script.push(json('{"rows":[],"nextCursor":"on and on"}'));
    const endless = rig.connector.fetchPage(fakeSession(), pageOf('stock_levels', { cursor: '[10000,"x"]' }));
    await expect(endless).rejects.toMatchObject({ code: 'permanent' });
  });
});

describe('the feed', () => {
  it('offers what a warehouse system has, and neither listings nor orders', async () => {
    expect(rig.connector.streams).toEqual([
      'warehouses',
      'stock_levels',
      'stock_movements',
      'inbound_shipments',
    ]);
    expect([...rig.connector.windowedStreams]).toEqual(['stock_movements', 'inbound_shipments']);
    expect((await rig.connector.fetchListings(fakeSession(), ['1'])).observations).toEqual([]);
    expect((await rig.connector.fetchSalesOrder(fakeSession(), '1')).observations).toEqual([]);
    const sent = rig.connector.fetchPage(fakeSession(), pageOf('listings'));
    await expect(sent).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('shows which resources are there', async () => {
    rig.server.fallback = (response, request) => {
      const step = request.path.endsWith('/stock-movements')
        ? raw(404, {})
        : request.path.endsWith('/inbound-shipments')
          ? raw(500, {})
          : rows();
      step(response, request);
    };
    const capabilities = await rig.connector.probeCapabilities(fakeSession());
    expect(capabilities).toEqual([
      { api: 'GET /warehouses', stream: 'warehouses', state: 'AVAILABLE', code: null },
      { api: 'GET /stock-levels', stream: 'stock_levels', state: 'AVAILABLE', code: null },
      { api: 'GET /stock-movements', stream: 'stock_movements', state: 'DENIED', code: '404' },
      { api: 'GET /inbound-shipments', stream: 'inbound_shipments', state: 'UNKNOWN', code: '500' },
    ]);
  });

  it('without an account is known by its address', async () => {
    rig.server.script.push(raw(404, {}));
    const { host } = new URL(rig.server.url);
    expect(await rig.connector.fetchAccount(fakeSession())).toEqual({
      memberId: `${host}/feed/v1`,
      name: host,
    });
  });

  it('at an address that a user chose is never on an inner network', async () => {
    const deps = { clock: { now: () => businessNow }, log: silentLog };
    const make = (baseUrl: string) => createWmsFeedConnector({ baseUrl, isUserChosen: true }, deps);
    expect(() => make(rig.server.url)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    expect(() => make('https://127.0.0.1:8443/feed')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
    const inside = make('https://localhost:8443/feed');
    const sent = inside.fetchPage(fakeSession(), pageOf('stock_levels'));
    await expect(sent).rejects.toMatchObject({ code: 'forbidden' });
    await inside.close();
  });
});
