import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPush } from '../../../src/connectors/alibaba-1688/push.ts';

const inventory =
  '{"msgId":5746327830,"type":"PRODUCT_PRODUCT_INVENTORY_CHANGE","userInfo":"b2b-1623492085","data":{"OfferInventoryChangeList":[{"offerId":584051070147,"offerOnSale":1490,"skuId":3935963888523,"skuOnSale":20,"quantity":-10,"bizTime":"1564984329147"}]},"gmtBorn":1564984329200}';
const inventorySignature = 'EEDAB6A11C63A385291C3FF8FCC68349F9598E68';
const secret = 'test123';

function form(fields: Record<string, string>): Uint8Array {
  return Buffer.from(new URLSearchParams(fields).toString());
}

function signed(message: string): Uint8Array {
  const signature = createHmac('sha1', secret).update(`message${message}`).digest('hex').toUpperCase();
  return form({ message, _aop_signature: signature });
}

function push(type: string, data: unknown): Uint8Array {
  return signed(
    `{"msgId":1,"type":"${type}","userInfo":"b2b-1","data":${JSON.stringify(data)},"gmtBorn":null}`,
  );
}

const forbidden = expect.objectContaining({ code: 'forbidden' });
const unreadable = expect.objectContaining({ code: 'invalid_input' });

describe('openPush', () => {
  it('reads a genuine message', () => {
    expect(openPush(form({ message: inventory, _aop_signature: inventorySignature }), secret)).toEqual({
      messageId: '5746327830',
      memberId: 'b2b-1623492085',
      topic: 'PRODUCT_PRODUCT_INVENTORY_CHANGE',
      sentAt: new Date(1564984329200),
      hints: [{ kind: 'product_changed', productId: '584051070147' }],
    });
  });

  it('reads the general form, where each field stands alone', () => {
    const fields = {
      msgId: '1001',
      gmtBorn: '1700000000000',
      type: 'ORDER_CHANGED',
      userInfo: 'm1',
      data: '{"k":"v"}',
      _aop_signature: '4B20205134EA09C4C8D29CCAC26F6C179EB72C8E',
    };
    expect(openPush(form(fields), 'secretXYZ')).toMatchObject({
      messageId: '1001',
      memberId: 'm1',
      hints: [],
    });
    expect(() => openPush(form({ ...fields, userInfo: 'm2' }), 'secretXYZ')).toThrow(forbidden);
  });

  it('keeps every digit of an order id', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (orderId) => {
        const message = `{"msgId":92705609220,"type":"ORDER_PAY","userInfo":"b2b-1","data":{"orderId":${orderId}}}`;
        expect(openPush(signed(message), secret).hints).toEqual([
          { kind: 'order_changed', orderId: String(orderId) },
        ]);
      }),
    );
  });

  it('verifies bytes, so spelling and signs of the message do not matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (remark) => {
        const message = ` {"userInfo":"b2b-1", "type":"X","msgId": 7,"data":{"remark":${JSON.stringify(remark)}}}`;
        expect(openPush(signed(message), secret)).toMatchObject({ messageId: '7', hints: [] });
      }),
    );
  });

  it('refuses every forged, changed or unsigned message', () => {
    const genuine = { message: inventory, _aop_signature: inventorySignature };
    expect(() => openPush(form(genuine), 'test124')).toThrow(forbidden);
    expect(() => openPush(form({ message: inventory }), secret)).toThrow(forbidden);
    expect(() => openPush(form({ ...genuine, more: '1' }), secret)).toThrow(forbidden);
    expect(() => openPush(form({ ...genuine, _aop_signature: '' }), secret)).toThrow(forbidden);
    expect(() => openPush(Buffer.alloc(0), secret)).toThrow(forbidden);
    // The same JSON written again is another message.
    const rewritten = JSON.stringify(JSON.parse(inventory), null, 1);
    expect(() => openPush(form({ ...genuine, message: rewritten }), secret)).toThrow(forbidden);
    fc.assert(
      fc.property(fc.nat({ max: inventory.length - 1 }), (index) => {
        const changed = `${inventory.slice(0, index)}~${inventory.slice(index + 1)}`;
        expect(() => openPush(form({ ...genuine, message: changed }), secret)).toThrow(forbidden);
      }),
    );
  });

  it('refuses what is signed and cannot be read', () => {
    for (const message of [
      'no json',
      '[]',
      '{"type":"X","userInfo":"b2b-1"}',
      '{"msgId":1.5,"type":"X","userInfo":"b"}',
    ]) {
      expect(() => openPush(signed(message), secret)).toThrow(unreadable);
    }
    expect(() => openPush(Buffer.alloc(300_000, 'a'), secret)).toThrow(unreadable);
  });

  it.each([
    ['PRODUCT_RELATION_VIEW_PRODUCT_EXPIRE', { productIds: '12, 34,,x' }, ['12', '34']],
    [
      'PRODUCT_PRODUCT_INVENTORY_CHANGE',
      { OfferInventoryChangeList: [{ offerId: 5 }, { offerId: '5' }, null] },
      ['5'],
    ],
    ['PRODUCT_DELETE', 'not an object', []],
  ])('%s asks to read the products again', (type, data, ids) => {
    expect(openPush(push(type, data), secret).hints).toEqual(
      ids.map((productId) => ({ kind: 'product_changed', productId })),
    );
  });

  it.each([
    ['ORDER_ORDER_SELLER_CLOSE', { orderId: 7 }, ['7']],
    [
      'LOGISTICS_MAIL_NO_CHANGE',
      { MailNoChangeModel: { orderLogsItems: [{ orderId: 8 }, { orderId: 9 }] } },
      ['8', '9'],
    ],
    ['ORDER_BUYER_VIEW_BUYER_MAKE', { orderId: 7 }, []],
  ])('%s asks to read the orders again', (type, data, ids) => {
    expect(openPush(push(type, data), secret).hints).toEqual(
      ids.map((orderId) => ({ kind: 'order_changed', orderId })),
    );
  });

  it('tells of a cancelled authorization', () => {
    expect(openPush(push('AUTHORIZATION_CANCEL', {}), secret).hints).toEqual([
      { kind: 'authorization_cancelled' },
    ]);
  });
});
