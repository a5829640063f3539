import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeSession } from '../fake-session.ts';
import { json, raw } from '../scripted-server.ts';
import { pageOf, type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ retry: { attempts: 1, baseDelayMs: 1, capDelayMs: 1 } });
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('the account', () => {
  it('says whose token it is', async () => {
    rig.server.script.push(
      json('{"result":{"memberId":"b2b-1623492085","loginId":"seller","userId":1623492085}}'),
    );
    expect(await rig.connector.fetchAccount(fakeSession())).toEqual({
      memberId: 'b2b-1623492085',
      name: 'seller',
    });
  });

  it('without a member is a failure', async () => {
    rig.server.script.push(json('{"result":{}}'));
    await expect(rig.connector.fetchAccount(fakeSession())).rejects.toMatchObject({ code: 'permanent' });
  });
});

describe('the capability probe', () => {
  it('shows each API as the platform treats it', async () => {
    const denied = json(
      '{"error_code":"gw.APIACLDecline","error_message":"AppKey is not allowed(acl)"}',
      400,
    );
    rig.server.fallback = (response, request) => {
      const api = request.path.split('/').at(-2) ?? '';
      const step = api.includes('getByIdList')
        ? denied
        : api.includes('getBuyerOrderList')
          ? json('{"error_code":"gw.APIUnsupported","error_message":"unknown"}', 400)
          : api.includes('getLogisticsInfos.buyerView')
            ? raw(502, {}, '<html>')
            : api.includes('get.sellerView')
              ? json('{"errorCode":"ORDER_NOT_EXIST","errorMessage":"no such order"}')
              : api.includes('push.query')
                ? json('{"error_code":"gw.SignatureInvalid","error_message":"x"}', 400)
                : json('{"success":true,"result":[]}');
      step(response, request);
    };
    const capabilities = await rig.connector.probeCapabilities(fakeSession());
    expect(
      capabilities.map(({ api, stream, state, code }) => [api.split(':')[1], stream, state, code]),
    ).toEqual([
      ['alibaba.account.basic-1', null, 'AVAILABLE', null],
      ['alibaba.product.list.get-1', 'listings', 'AVAILABLE', null],
      ['alibaba.product.getByIdList-1', 'listings', 'DENIED', 'gw.APIACLDecline'],
      ['alibaba.trade.getSellerOrderList-1', 'sales_orders', 'AVAILABLE', null],
      ['alibaba.trade.get.sellerView-1', 'sales_orders', 'AVAILABLE', null],
      ['alibaba.trade.getLogisticsInfos.sellerView-1', 'sales_orders', 'AVAILABLE', null],
      ['alibaba.trade.getBuyerOrderList-1', 'purchase_orders', 'DENIED', 'gw.APIUnsupported'],
      ['alibaba.trade.getLogisticsInfos.buyerView-1', 'purchase_orders', 'UNKNOWN', '502'],
      ['push.query.messageList-1', null, 'UNKNOWN', 'gw.SignatureInvalid'],
    ]);
  });

  it('ends when the token is refused for good', async () => {
    rig.server.fallback = json('{"error_code":"401","error_message":"Request need user authorized"}');
    await expect(rig.connector.probeCapabilities(fakeSession())).rejects.toMatchObject({
      code: 'authorization_expired',
    });
  });
});

describe('the replay of missed pushes', () => {
  const from = new Date('2026-08-31T00:00:00Z');
  const to = new Date('2026-09-01T00:00:00Z');

  it('reads without confirming and without a token', async () => {
    rig.server.script.push(
      json(
        '{"pushMessagePage":{"totalCount":3,"datas":[' +
          '{"msgId":92705609220,"type":"ORDER_PAY","userInfo":"b2b-1","topicName":"x","data":{"orderId":2938624554509662977}},' +
          '{"msgId":92705609221,"type":"ORDER_PAY","userInfo":"b2b-1","data":"{\\"orderId\\":7}"},' +
          '{"msgId":92705609222,"userInfo":"b2b-1"}]}}',
      ),
    );
    const missed = await rig.connector.fetchMissedPushes(fakeSession(), from, to, 1);
    expect(missed).toMatchObject({
      messages: [
        { messageId: '92705609220', hints: [{ kind: 'order_changed', orderId: '2938624554509662977' }] },
        { messageId: '92705609221', hints: [{ kind: 'order_changed', orderId: '7' }] },
      ],
      rejected: [{ rowKey: '92705609222', reason: expect.stringContaining('type: is missing') }],
      messageIds: ['92705609220', '92705609221', '92705609222'],
      totalMessages: 3,
    });
    expect(rig.server.seen).toHaveLength(1);
    expect(rig.server.seen[0]?.form).toMatchObject({ page: '1', pageSize: '200' });
    expect(rig.server.seen[0]?.form).not.toHaveProperty('access_token');
  });

  it('confirms in groups of 200, bare digits', async () => {
    rig.server.fallback = json('{"isSuccess":true}');
    const ids = Array.from({ length: 201 }, (_, index) => String(9_000_000_000_000_000_000n + BigInt(index)));
    await rig.connector.confirmPushes(fakeSession(), ids);
    expect(rig.server.seen.map((seen) => seen.form.msgIdList?.split(',').length)).toEqual([200, 1]);
    expect(rig.server.seen[1]?.form.msgIdList).toBe('[9000000000000000200]');
    await expect(rig.connector.confirmPushes(fakeSession(), ['1]'])).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it.each(['{"isSuccess":true}', '{"pushMessagePage":{"datas":"x"}}'])('fails on %s', async (body) => {
    rig.server.script.push(json(body));
    const sent = rig.connector.fetchMissedPushes(fakeSession(), from, to, 1);
    await expect(sent).rejects.toMatchObject({ code: 'permanent' });
  });
});

it('has no other streams', async () => {
  expect(rig.connector.streams).toEqual(['listings', 'sales_orders', 'purchase_orders']);
  const sent = rig.connector.fetchPage(fakeSession(), pageOf('stock_levels'));
  await expect(sent).rejects.toMatchObject({ code: 'invalid_input' });
});
