import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wireDate } from '../../../src/connectors/sandbox-1688/wire/format.ts';
import { dayMs, hourMs } from '../../../src/shared/time.ts';
import { appSecret, at, call, rowsAt, startAt, startTestGateway } from './support.ts';

interface Received {
  text: string;
  message: Record<string, unknown>;
  isSigned: boolean;
}

let receiver: Server;
let received: Received[];
let answerWith: (count: number) => number;
let pushUrl: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  received = [];
  answerWith = () => 200;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const text = form.get('message') ?? '';
      const expected = createHmac('sha1', appSecret).update(`message${text}`).digest('hex').toUpperCase();
      received.push({ text, message: JSON.parse(text), isSigned: form.get('_aop_signature') === expected });
      response.writeHead(answerWith(received.length)).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  pushUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/1688`;
});
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function start(settings: Parameters<typeof startTestGateway>[0] = {}) {
  const started = await startTestGateway({ pushUrl, ...settings });
  open.push(started.gateway);
  const { gatewayUrl, tokens } = started.gateway;
  const replay = (api: string, params: Record<string, string> = {}) =>
    call(gatewayUrl, `cn.alibaba.open:${api}`, params);
  const follow = (productId: string) =>
    call(
      gatewayUrl,
      'com.alibaba.product:alibaba.product.follow',
      { productId },
      { token: tokens.accessToken },
    );
  return { ...started, replay, follow };
}

const topics = () => new Set(received.map(({ message }) => message.type));

describe('push messages', () => {
  it('announce orders as signed forms, with exact ids, in order of time', async () => {
    const { gateway, clock } = await start();
    clock.advance(6 * hourMs);
    await gateway.pushNow();
    expect(received.length).toBeGreaterThan(5);
    expect(received.every(({ isSigned }) => isSigned)).toBe(true);
    expect(topics()).toContain('ORDER_BUYER_MAKE');
    expect(topics()).toContain('ORDER_PAY');
    expect(topics()).toContain('ORDER_ANNOUNCE_SENDGOODS');
    const known = new Set(gateway.truth(clock.now()).orders.map(({ orderId }) => orderId));
    for (const { message, text } of received.filter(({ message }) =>
      String(message.type).startsWith('ORDER'),
    )) {
      expect(message.userInfo).toBe(gateway.memberId);
      expect(known.has(String(message.bizKey))).toBe(true);
      expect(text).toContain(`"orderId":${message.bizKey},`);
      expect(message.gmtBorn).toBeGreaterThan(startAt.getTime());
    }
  });

  it('tell of stock only for products that were followed', async () => {
    const { gateway, clock, follow } = await start();
    clock.advance(dayMs);
    await gateway.pushNow();
    const topic = 'PRODUCT_PRODUCT_INVENTORY_CHANGE';
    expect(topics()).not.toContain(topic);
    const before = received.length;
    expect((await follow('1')).body.code).toBe(404);
    for (const { productId } of gateway.truth(startAt).pools)
      expect((await follow(productId)).body.code).toBe(0);
    clock.advance(dayMs);
    await gateway.pushNow();
    const changes = received.slice(before).filter(({ message }) => message.type === topic);
    expect(changes.length).toBeGreaterThan(5);
    for (const { message } of changes) {
      const row = at(message, 'data', 'OfferInventoryChangeList', 0) as Record<string, number>;
      const offer = gateway
        .truth(new Date(Number(row.bizTime)))
        .pools.filter((p) => p.productId === String(row.offerId));
      expect(row.offerOnSale).toBe(offer.reduce((sum, { available }) => sum + available, 0));
      expect('skuId' in row).toBe(offer[0]?.specId !== null);
      if ('skuOnSale' in row) expect(offer.map(({ available }) => available)).toContain(row.skuOnSale);
    }
  });

  it('have the same id for the same event in a gateway that was started again', async () => {
    const ids = async () => {
      const { gateway, clock } = await start();
      clock.advance(6 * hourMs);
      await gateway.pushNow();
      return received.splice(0).map(({ message }) => message.msgId as number);
    };
    const first = await ids();
    expect(new Set(first).size).toBe(first.length);
    expect((await ids()).sort()).toEqual(first.sort());
  });

  it('come again when they are not taken with 200, until they are', async () => {
    answerWith = (count) => (count === 1 ? 500 : 200);
    const { gateway, clock, replay } = await start();
    clock.advance(hourMs);
    await gateway.pushNow();
    const refused = received[0]?.message.msgId;
    await vi.waitFor(() => {
      expect(received.filter(({ message }) => message.msgId === refused)).toHaveLength(2);
    });
    await vi.waitFor(async () => {
      expect(at((await replay('push.query.messageList')).body, 'pushMessagePage', 'totalCount')).toBe(0);
    });
  });

  it('can come twice, in the wrong order and with a wrong signature', async () => {
    const push = { duplicateEvery: 2, outOfOrder: true, badSignatureEvery: 5 };
    const { gateway, clock } = await start({ options: { push } });
    clock.advance(6 * hourMs);
    await gateway.pushNow();
    const ids = received.map(({ message }) => message.msgId);
    expect(new Set(ids).size).toBeLessThan(ids.length);
    expect(received.some(({ isSigned }) => !isSigned)).toBe(true);
    const born = received.map(({ message }) => message.gmtBorn as number);
    expect(born[0]).toBeGreaterThan(born.at(-1) ?? 0);
  });
});

describe('replay', () => {
  it('by query shows messages until they are confirmed, page by page', async () => {
    const { gateway, clock, replay } = await start({ pushUrl: null });
    clock.advance(dayMs);
    await gateway.pushNow();
    const first = await replay('push.query.messageList', { pageSize: '200' });
    const rows = rowsAt(first.body, 'pushMessagePage', 'datas');
    const total = at(first.body, 'pushMessagePage', 'totalCount') as number;
    expect(total).toBeGreaterThan(20);
    expect(rows[0]).toMatchObject({ userInfo: gateway.memberId, topicName: rows[0]?.type });
    expect(first.text).toContain(`"orderId":${rows[0]?.bizKey},`);
    const ids = rows.slice(0, 5).map(({ msgId }) => msgId);
    expect((await replay('push.message.confirm', { msgIdList: JSON.stringify(ids) })).body.isSuccess).toBe(
      true,
    );
    const second = await replay('push.query.messageList', { pageSize: '1' });
    expect(at(second.body, 'pushMessagePage', 'totalCount')).toBe(total - 5);
    // The least page is twenty.
    expect(rowsAt(second.body, 'pushMessagePage', 'datas')).toHaveLength(20);
    expect((await replay('push.message.confirm', { msgIdList: 'x' })).body.isSuccess).toBe(false);
  });

  it('by cursor confirms what it hands out', async () => {
    const { gateway, clock, replay } = await start({ pushUrl: null });
    clock.advance(dayMs);
    await gateway.pushNow();
    const seen: unknown[] = [];
    for (;;) {
      const rows = rowsAt(
        (await replay('push.cursor.messageList', { quantity: '50' })).body,
        'pushMessageList',
      );
      if (rows.length === 0) break;
      seen.push(...rows.map(({ msgId }) => msgId));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(at((await replay('push.query.messageList')).body, 'pushMessagePage', 'totalCount')).toBe(0);
  });

  it('can be asked by time, topic and member, without a token', async () => {
    const { gateway, clock, replay } = await start({ pushUrl: null, merchants: 2 });
    clock.advance(dayMs);
    await gateway.pushNow();
    const rows = async (params: Record<string, string>) =>
      rowsAt(
        (await replay('push.query.messageList', { pageSize: '200', ...params })).body,
        'pushMessagePage',
        'datas',
      );
    const paid = await rows({ type: 'ORDER_PAY' });
    expect(new Set(paid.map(({ type }) => type))).toEqual(new Set(['ORDER_PAY']));
    const member = gateway.merchants[1]?.memberId ?? '';
    expect(new Set((await rows({ userInfo: member })).map(({ userInfo }) => userInfo))).toEqual(
      new Set([member]),
    );
    expect(await rows({ createEndTime: wireDate(startAt.getTime() - dayMs) })).toEqual([]);
  });
});
