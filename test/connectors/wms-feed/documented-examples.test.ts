import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stream } from '../../../src/connectors/marketplace.ts';
import { fakeSession } from '../fake-session.ts';
import { json, raw } from '../scripted-server.ts';
import { type FeedRig, startFeedRig } from './rig.ts';

let rig: FeedRig;
beforeEach(async () => {
  rig = await startFeedRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

const page = await readFile(new URL('../../../docs/wms-feed.md', import.meta.url), 'utf8');

/** The examples of one resource, as the document prints them. */
function examplesOf(resource: string): { json: string; csv: string } {
  const section = page.split('\n## `GET /').find((part) => part.startsWith(resource)) ?? '';
  const block = (language: string) => section.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';
  return { json: block('json'), csv: block('csv') };
}

describe('the examples of docs/wms-feed.md', () => {
  it.each<[string, Stream, object]>([
    [
      'warehouses',
      'warehouses',
      {
        kind: 'warehouse',
        code: 'HZ1',
        name: '杭州一号仓',
        timeZone: 'Asia/Shanghai',
        latitude: 30.2741,
        longitude: 120.1551,
      },
    ],
    [
      'stock-levels',
      'stock_levels',
      {
        kind: 'stock_level',
        warehouseCode: 'HZ1',
        sku: 'CUP-RED',
        title: '红色马克杯',
        onHand: '120',
        reserved: '7',
        damaged: '1',
        incoming: '300',
        available: '112',
        observedAt: new Date('2026-09-01T00:30:00Z'),
      },
    ],
    [
      'stock-movements',
      'stock_movements',
      {
        kind: 'stock_movement',
        movementId: 'mv-90817',
        warehouseCode: 'HZ1',
        sku: 'CUP-RED',
        movement: 'SHIPPED',
        quantity: '3',
        occurredAt: new Date('2026-09-01T00:12:44Z'),
        reference: '193441303243969811',
      },
    ],
    [
      'inbound-shipments',
      'inbound_shipments',
      {
        kind: 'inbound_shipment',
        shipmentId: 'PO-771',
        warehouseCode: 'HZ1',
        supplierName: '景德镇瓷厂',
        status: 'SHIPPED',
        orderedAt: new Date('2026-08-20T02:00:00Z'),
        shippedAt: new Date('2026-08-28T08:00:00Z'),
        expectedAt: new Date('2026-09-03T04:00:00Z'),
        receivedAt: null,
        modifiedAt: new Date('2026-08-28T08:02:10Z'),
        lines: [
          {
            lineId: '1',
            productId: null,
            specId: null,
            cargoNumber: null,
            sku: 'CUP-RED',
            title: '红色马克杯',
            quantity: '300',
            receivedQuantity: '0',
          },
        ],
      },
    ],
  ])('%s mean the same as JSON and as CSV', async (resource, stream, expected) => {
    const examples = examplesOf(resource);
    rig.server.script.push(
      json(examples.json),
      raw(
        200,
        {
          'content-type': 'text/csv; charset=utf-8',
          'content-length': String(Buffer.byteLength(examples.csv)),
        },
        examples.csv,
      ),
    );
    const request = {
      stream,
      modifiedFrom: null,
      modifiedTo: new Date('2026-09-02T00:00:00Z'),
      cursor: null,
    };
    for (let round = 0; round < 2; round++) {
      const read = await rig.connector.fetchPage(fakeSession(), request);
      expect(read).toMatchObject({ observations: [expected], rejected: [] });
      expect(rig.server.seen.at(-1)?.path).toBe(`/feed/v1/${resource}`);
    }
  });

  it('account names the merchant', async () => {
    rig.server.script.push(json(examplesOf('account').json));
    expect(await rig.connector.fetchAccount(fakeSession())).toEqual({ memberId: 'm-1001', name: '示例商行' });
  });
});
