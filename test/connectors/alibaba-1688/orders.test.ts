import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeSession } from '../fake-session.ts';
import { json } from '../scripted-server.ts';
import { line, order, orderPage, pageOf, type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

const read = (body: ReturnType<typeof json>) => {
  rig.server.script.push(body);
  return rig.connector.fetchPage(fakeSession(), pageOf('sales_orders'));
};

describe('a customer order', () => {
  it('is taken whole', async () => {
    const head = {
      status: 'success',
      allDeliveredTime: '20260830200000000+0800',
      completeTime: '20260831172608000+0800',
      totalAmount: 70.3,
      closeReason: '',
      refundStatus: null,
    };
    const lines = [
      line('11', {
        specId: 'ab',
        skuID: 3315536521048,
        cargoNumber: '',
        productCargoNumber: '666',
        name: '杯子',
      }),
      line('12', {
        quantity: '0.125',
        price: '9.90',
        status: 'success',
        refundStatus: 'WAIT_SELLER_AGREE',
        skuID: 0,
      }),
    ];
    const page = await read(orderPage([order('1', head, lines)], 1));
    expect(page.rejected).toEqual([]);
    expect(page.observations).toEqual([
      {
        kind: 'sales_order',
        orderId: '1',
        status: 'success',
        createdAt: new Date('2026-08-30T09:26:07Z'),
        paidAt: new Date('2026-08-30T09:27:00Z'),
        modifiedAt: new Date('2026-08-31T09:26:08Z'),
        shippedAt: new Date('2026-08-30T12:00:00Z'),
        completedAt: new Date('2026-08-31T09:26:08Z'),
        closeReason: null,
        refundStatus: null,
        totalAmountYuan: '70.3',
        lines: [
          {
            lineId: '11',
            productId: '570959966604',
            specId: 'ab',
            skuId: '3315536521048',
            cargoNumber: '666',
            title: '杯子',
            quantity: '11',
            unitPriceYuan: '9',
            status: null,
            refundStatus: null,
          },
          {
            lineId: '12',
            productId: '570959966604',
            specId: null,
            skuId: null,
            cargoNumber: null,
            title: null,
            quantity: '0.125',
            unitPriceYuan: '9.9',
            status: 'success',
            refundStatus: 'WAIT_SELLER_AGREE',
          },
        ],
      },
    ]);
  });

  it('asks for the window in China time and for no personal data', async () => {
    await read(orderPage([], 0));
    expect(rig.server.seen[0]?.form).toMatchObject({
      modifyStartTime: '20260831080000000+0800',
      modifyEndTime: '20260901080000000+0800',
      page: '1',
      pageSize: '20',
      isHis: 'false',
      needBuyerAddressAndPhone: 'false',
      needMemoInfo: 'false',
    });
  });

  it('keeps every digit of its ids, from the text twin or the number alone', async () => {
    const int64 = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
    await fc.assert(
      fc.asyncProperty(int64, int64, fc.boolean(), async (orderId, lineId, hasTwin) => {
        // The number beside a text twin is already rounded in the platform's own sample.
        const ids = hasTwin ? `"id":1,"idOfStr":"${orderId}"` : `"id":${orderId}`;
        const lineIds = hasTwin ? `"subItemID":1,"subItemIDString":"${lineId}"` : `"subItemID":${lineId}`;
        const page = await read(
          json(
            `{"totalRecord":1,"result":[{"baseInfo":{${ids},"status":"cancel","createTime":"20260830172607000+0800"},` +
              `"productItems":[{${lineIds},"productID":1,"quantity":1}]}]}`,
          ),
        );
        expect(page.observations).toMatchObject([
          { orderId: String(orderId), lines: [{ lineId: String(lineId) }] },
        ]);
      }),
      { numRuns: 40, examples: [[2n ** 63n - 1n, 2n ** 53n + 1n, false]] },
    );
  });

  it('keeps its good lines when another names no goods or cannot be read', async () => {
    const lines = [
      line('1'),
      line('2', { productID: null, name: '运费' }),
      line('3', { quantity: 'many' }),
      line('4', { productID: 0 }),
      line('1'),
      { productID: 5, quantity: 1 },
    ];
    const page = await read(orderPage([order('9', {}, lines)], 1));
    expect(page.observations).toMatchObject([{ orderId: '9', lines: [{ lineId: '1' }] }]);
    expect(page.rejected.map(({ rowKey, reason }) => [rowKey, reason])).toEqual([
      ['9/2', 'productItems[1].productID: is missing; the line names no goods'],
      ['9/#2', 'productItems[2].quantity: expected a number, got "many"'],
      ['9/4', 'productItems[3].productID: is missing; the line names no goods'],
      ['9/1', 'productItems[4].subItemIDString: stands twice in this order'],
      ['9/#5', 'productItems[5].subItemIDString: is missing'],
    ]);
  });

  it('is put aside whole without id, status or date, or from the future', async () => {
    const page = await read(
      orderPage(
        [
          order('1', { modifyTime: '20260901080501000+0800' }),
          order('2', { modifyTime: '20260901080500000+0800' }),
          order('3', { createTime: 'yesterday' }),
          order('4', { status: null }),
          { ...order('5'), baseInfo: 'damaged' },
          order('', { id: null }),
        ],
        6,
      ),
    );
    expect(page.observations).toMatchObject([{ orderId: '2' }]);
    expect(page.rejected.map(({ rowKey, reason }) => [rowKey, reason])).toEqual([
      ['1', expect.stringContaining('baseInfo.modifyTime: 2026-09-01T00:05:01.000Z lies in the future')],
      ['3', 'baseInfo.createTime: expected a date, got "yesterday"'],
      ['4', 'baseInfo.status: is missing'],
      [null, expect.stringContaining('baseInfo')],
      [null, 'baseInfo.idOfStr: is missing'],
    ]);
  });
});

describe('a window', () => {
  it('that reaches back for months is read from the table of old orders too', async () => {
    const session = fakeSession();
    const request = pageOf('sales_orders', { modifiedFrom: null });
    rig.server.script.push(orderPage([order('1')], 1), orderPage([order('2')], 1));
    const first = await rig.connector.fetchPage(session, request);
    const second = await rig.connector.fetchPage(session, { ...request, cursor: first.nextCursor });
    expect(second).toMatchObject({ observations: [{ orderId: '2' }], nextCursor: null });
    expect(rig.server.seen.map((seen) => seen.form.isHis)).toEqual(['false', 'true']);
    expect(rig.server.seen[0]?.form).not.toHaveProperty('modifyStartTime');
  });

  it.each(['{}', '[1,2]', 'x', '{"page":0,"direction":"up","isHistory":false}'])(
    'refuses the foreign cursor %j',
    async (cursor) => {
      const sent = rig.connector.fetchPage(fakeSession(), pageOf('sales_orders', { cursor }));
      await expect(sent).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );

  it('uses the configured API and its twins', async () => {
    await rig[Symbol.asyncDispose]();
    rig = await startRig({ sellerOrderApi: 'alibaba.trade.ec.getOrderList.sellerView' });
    rig.server.script.push(
      orderPage([], 0),
      json('{"result":null}'),
      json('{"errorCode":"500_2","errorMessage":"x"}'),
    );
    await rig.connector.fetchPage(fakeSession(), pageOf('sales_orders'));
    await rig.connector.fetchSalesOrder(fakeSession(), '1');
    await rig.connector.fetchSalesOrderPackages(fakeSession(), '1');
    expect(rig.server.seen.map((seen) => seen.path.split('/').at(-2))).toEqual([
      'alibaba.trade.ec.getOrderList.sellerView',
      'alibaba.trade.ec.getOrder.sellerView',
      'alibaba.trade.ec.getLogisticsInfos.sellerView',
    ]);
  });
});

describe('one order read again', () => {
  it('learns from its parcels when it was shipped', async () => {
    const nativeLogistics = {
      logisticsItems: [
        { deliveredTime: '20260830200000000+0800' },
        { deliveredTime: '20260831080000000+0800' },
      ],
    };
    const shipped = { ...order('7', { status: 'waitbuyerreceive' }), nativeLogistics };
    rig.server.script.push(json(JSON.stringify({ success: 'true', result: shipped })));
    const page = await rig.connector.fetchSalesOrder(fakeSession(), '7');
    expect(page.observations).toMatchObject([{ orderId: '7', shippedAt: new Date('2026-08-31T00:00:00Z') }]);
    expect(rig.server.seen).toHaveLength(1);
  });

  it('asks the logistics where the detail does not say', async () => {
    rig.server.script.push(
      json(JSON.stringify({ result: order('7', { status: 'success' }) })),
      json(
        '{"success":true,"result":[{"logisticsId":"BX1","status":"SIGN"},{"logisticsId":"BX2","status":"SIGN"}]}',
      ),
      json(
        '{"logisticsTrace":[{"logisticsId":"BX1","logisticsSteps":[{"acceptTime":"2026-08-30 10:00:00"},{"acceptTime":"2026-08-31 11:00:00"}]},' +
          '{"logisticsId":"BX2","orderId":188983797838441800,"logisticsSteps":[{"acceptTime":"2026-08-30 12:00:00"}]}]}',
      ),
    );
    const page = await rig.connector.fetchSalesOrder(fakeSession(), '7');
    expect(page.observations).toMatchObject([{ shippedAt: new Date('2026-08-30T04:00:00Z') }]);
  });

  it.each([
    '{"errorCode":"ORDER_NOT_EXIST","errorMessage":"x"}',
    '{"success":false,"errorMessage":"订单不存在"}',
    '{"result":null}',
  ])('that the platform does not know is no observation: %s', async (body) => {
    rig.server.script.push(json(body));
    expect((await rig.connector.fetchSalesOrder(fakeSession(), '7')).observations).toEqual([]);
  });

  it('that cannot be read for another reason is a failure', async () => {
    rig.server.script.push(json('{"errorCode":"SYSTEM_BUSY","errorMessage":"later"}'));
    await expect(rig.connector.fetchSalesOrder(fakeSession(), '7')).rejects.toMatchObject({
      code: 'permanent',
    });
  });
});

describe('an order the merchant placed', () => {
  const buy = async (
    head: Record<string, unknown>,
    lines?: unknown[],
    more: ReturnType<typeof json>[] = [],
  ) => {
    rig.server.script.push(orderPage([order('5', head, lines)], 1), ...more);
    return rig.connector.fetchPage(fakeSession(), pageOf('purchase_orders'));
  };

  it('is ordered, and its parcels are not asked for, until it is shipped', async () => {
    const page = await buy({ status: 'waitsellersend', sellerLoginId: '瓷厂' }, [
      line('51', { logisticsStatus: 1 }),
      line('52', { status: 'cancel' }),
    ]);
    expect(page.observations).toMatchObject([
      {
        kind: 'inbound_shipment',
        shipmentId: '5',
        supplierName: '瓷厂',
        status: 'ORDERED',
        orderedAt: new Date('2026-08-30T09:26:07Z'),
        shippedAt: null,
        receivedAt: null,
        lines: [{ lineId: '51', quantity: '11', receivedQuantity: '0' }],
      },
    ]);
    expect(rig.server.seen).toHaveLength(1);
  });

  it('is under way while a parcel is', async () => {
    const parcels =
      '{"success":true,"result":[{"logisticsId":"A","status":"SIGN"},{"logisticsId":"B","status":"TRANSPORT"}]}';
    const head = { status: 'waitbuyerreceive', allDeliveredTime: '20260831080000000+0800' };
    const page = await buy(head, [line('51', { logisticsStatus: 2 })], [json(parcels)]);
    expect(page.observations).toMatchObject([
      { status: 'SHIPPED', shippedAt: new Date('2026-08-31T00:00:00Z'), lines: [{ receivedQuantity: '0' }] },
    ]);
    expect(rig.server.seen).toHaveLength(2);
  });

  it('is received when the carrier handed over the last parcel', async () => {
    const page = await buy({ status: 'waitbuyerreceive' }, undefined, [
      json('{"success":true,"result":[{"logisticsId":"A","status":"SIGN"}]}'),
      json(
        '{"logisticsTrace":[{"logisticsId":"A","logisticsSteps":[{"acceptTime":"2026-08-30 10:00:00"},{"acceptTime":"2026-08-31 16:00:00"}]}]}',
      ),
    ]);
    expect(page.observations).toMatchObject([
      {
        status: 'RECEIVED',
        shippedAt: new Date('2026-08-30T02:00:00Z'),
        receivedAt: new Date('2026-08-31T08:00:00Z'),
        lines: [{ receivedQuantity: '11' }],
      },
    ]);
  });

  it.each([
    ['success', 'RECEIVED'],
    ['cancel', 'CANCELLED'],
    ['terminated', 'CANCELLED'],
    ['waitbuyerpay', 'ORDERED'],
    ['something_new', 'ORDERED'],
  ])('with status %s is %s', async (status, expected) => {
    const page = await buy({ status });
    expect(page.observations).toMatchObject([{ status: expected }]);
  });

  it.each([
    '{"errorCode":"500_2","errorMessage":"not shipped"}',
    '{"error_code":"gw.APIACLDecline","error_message":"no"}',
  ])('is read without its parcels: %s', async (body) => {
    const page = await buy({ status: 'waitbuyerreceive' }, undefined, [json(body)]);
    expect(page.observations).toMatchObject([{ status: 'SHIPPED' }]);
  });

  it('stops the page when the platform throttles the parcels', async () => {
    const busy = json('{"error_code":"gw.QosRequestLimit","error_message":"slow"}');
    await expect(buy({ status: 'waitbuyerreceive' }, undefined, [busy])).rejects.toMatchObject({
      code: 'throttled',
    });
  });
});
