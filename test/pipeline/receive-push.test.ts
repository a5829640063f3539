import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PushMessage } from '../../src/connectors/marketplace.ts';
import { createPushReceiver, replayMissedPushes } from '../../src/pipeline/receive-push.ts';
import { AppError } from '../../src/shared/errors.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const now = new Date('2026-03-01T08:00:00Z');
const organizationId = randomUUID();
const shopId = randomUUID();
let database: TestDatabase;
let ports: Parameters<typeof createPushReceiver>[0];

const message = (messageId: string, hints: PushMessage['hints'], memberId = 'b2b-1'): PushMessage => ({
  messageId,
  memberId,
  topic: 'ORDER_PAY',
  sentAt: now,
  hints,
});

beforeAll(async () => {
  database = await createTestDatabase();
  ports = { db: database.db, clock: { now: () => now }, log: silentLog };
  const { sql } = database;
  await sql`insert into organization values (${organizationId}, 'Test', 'en', ${now})`;
  await sql`
    insert into shop (organization_id, shop_id, platform, member_id, name, state, observed_at, recorded_at)
    values (${organizationId}, ${shopId}, 'alibaba-1688', 'b2b-1', 'Shop', 'ACTIVE', ${now}, ${now})`;
  await sql`
    insert into shop_lease (shop_id, organization_id, platform, member_id, next_due_at)
    values (${shopId}, ${organizationId}, 'alibaba-1688', 'b2b-1', clock_timestamp() + interval '1 day')`;
});
afterAll(() => database.drop());

const hints = () =>
  database.sql`select kind, external_id, priority from read_hint order by kind, external_id`;

test('keeps the message, notes what to read and wakes the shop before it answers; twice is once', async () => {
  const orderId = '2937324938624554509';
  const receive = createPushReceiver(ports, () => message('1', [{ kind: 'order_changed', orderId }]));
  expect(await receive(Buffer.from('message=…'))).toEqual({ status: 200, body: 'success' });
  expect(await receive(Buffer.from('message=…'))).toEqual({ status: 200, body: 'success' });
  expect(await hints()).toEqual([{ kind: 'ORDER', external_id: orderId, priority: 20 }]);
  expect(await database.sql`select message_id, body from push_message`).toEqual([
    { message_id: '1', body: 'message=…' },
  ]);
  const [lease] = await database.sql`select next_due_at <= clock_timestamp() as due from shop_lease`;
  expect(lease).toEqual({ due: true });
});

test('the same message again wakes the shop: whoever stored it may have ended before', async () => {
  await database.sql`update shop_lease set next_due_at = clock_timestamp() + interval '1 day'`;
  const receive = createPushReceiver(ports, () => message('1', []));
  expect(await receive(Buffer.from('message=…'))).toMatchObject({ status: 200 });
  const [lease] = await database.sql`select next_due_at <= clock_timestamp() as due from shop_lease`;
  expect(lease).toEqual({ due: true });
});

test('refuses what is not signed or not readable, and keeps nothing of it', async () => {
  const failing = (code: 'forbidden' | 'invalid_input') =>
    createPushReceiver(ports, () => {
      throw new AppError(code, 'no');
    })(Buffer.from('x'));
  expect(await failing('forbidden')).toMatchObject({ status: 401 });
  expect(await failing('invalid_input')).toMatchObject({ status: 400 });
  const [count] = await database.sql`select count(*)::int as count from push_message`;
  expect(count).toEqual({ count: 1 });
});

test('a message for nobody here is answered, so that it does not come again', async () => {
  const receive = createPushReceiver(ports, () => message('2', [], 'b2b-unknown'));
  expect(await receive(Buffer.from('x'))).toMatchObject({ status: 200 });
});

test('missed messages are stored before they are confirmed, page after page', async () => {
  const waiting = ['10', '11', '12'].map((id) => message(id, [{ kind: 'product_changed', productId: id }]));
  const confirmed: string[] = [];
  const count = await replayMissedPushes(ports, {
    async fetch() {
      const page = waiting.filter((each) => !confirmed.includes(each.messageId)).slice(0, 2);
      return { messages: page, rejected: [], messageIds: page.map((each) => each.messageId) };
    },
    async confirm(ids) {
      const stored = await database.sql`select from push_message where message_id = any(${[...ids]})`;
      expect(stored).toHaveLength(ids.length);
      confirmed.push(...ids);
    },
  });
  expect(count).toBe(3);
  expect((await hints()).map((hint) => hint.external_id)).toEqual(expect.arrayContaining(['10', '11', '12']));
});

test('missed messages that cannot be read are put aside for their shop before they are confirmed', async () => {
  const rejected = [
    { rowKey: '20', reason: 'type: missing', raw: '{"msgId":20}', memberId: 'b2b-1' },
    { rowKey: '21', reason: 'userInfo: missing', raw: '{"msgId":21}', memberId: null },
  ];
  let isConfirmed = false;
  await replayMissedPushes(ports, {
    async fetch() {
      if (isConfirmed) return { messages: [], rejected: [], messageIds: [] };
      return { messages: [], rejected, messageIds: ['20', '21'] };
    },
    async confirm() {
      const kept = await database.sql`select shop_id, stream, row_key, reason, raw from quarantined_row`;
      const { rowKey: row_key, reason, raw } = rejected[0]!;
      expect(kept).toEqual([{ shop_id: shopId, stream: 'push_messages', row_key, reason, raw }]);
      isConfirmed = true;
    },
  });
  expect(isConfirmed).toBe(true);
});

test('a fault loses no missed message: what is not confirmed is fetched again', async () => {
  const waiting = new Set(['30', '31']);
  let calls = 0;
  const source = {
    async fetch() {
      calls += 1;
      if (calls === 2) throw new AppError('deadline_exceeded', 'slow');
      const page = [...waiting].slice(0, 1).map((id) => message(id, []));
      return { messages: page, rejected: [], messageIds: page.map((each) => each.messageId) };
    },
    async confirm(ids: readonly string[]) {
      for (const id of ids) waiting.delete(id);
    },
  };
  await expect(replayMissedPushes(ports, source)).rejects.toMatchObject({ code: 'deadline_exceeded' });
  expect([...waiting]).toEqual(['31']);
  expect(await replayMissedPushes(ports, source)).toBe(1);
  expect(await database.sql`select from push_message where message_id in ('30', '31')`).toHaveLength(2);
});

test('a missed message that the database refuses is put aside, and the others are stored', async () => {
  const waiting = new Map(['40', '41'].map((id) => [id, message(id, [])]));
  waiting.set('40', { ...waiting.get('40')!, topic: 'a topic with \0' });
  await replayMissedPushes(ports, {
    async fetch() {
      return { messages: [...waiting.values()], rejected: [], messageIds: [...waiting.keys()] };
    },
    async confirm(ids) {
      for (const id of ids) waiting.delete(id);
    },
  });
  expect(waiting.size).toBe(0);
  expect(await database.sql`select message_id from push_message where message_id in ('40', '41')`).toEqual([
    { message_id: '41' },
  ]);
  expect(await database.sql`select reason from quarantined_row where row_key = '40'`).toEqual([
    { reason: 'the database refuses the message (22021)' },
  ]);
});

test('a page of messages that cannot be confirmed hides no later ones', async () => {
  const waiting = new Set(['50', '51']);
  const unreadable = { rowKey: null, reason: 'msgId: missing', raw: '{}', memberId: null };
  const source = {
    async fetch(_from: Date, _to: Date, pageNumber: number) {
      if (pageNumber === 1) return { messages: [], rejected: [unreadable], messageIds: [] };
      const page = pageNumber === 2 ? [...waiting].slice(0, 1) : [];
      return { messages: page.map((id) => message(id, [])), rejected: [], messageIds: page };
    },
    async confirm(ids: readonly string[]) {
      for (const id of ids) waiting.delete(id);
    },
  };
  expect(await replayMissedPushes(ports, source)).toBe(2);
});
