import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertEventFacts, ChannelFacts, Route } from '../../../src/domain/notification/notice.ts';
import { planNotices, planRepeat } from '../../../src/domain/notification/plan-notices.ts';

const ten = new Date('2026-03-10T10:00:00Z');
const recipients = [
  { name: 'Wang', role: 'BUYER', address: 'wang@example.com', userId: null },
  { name: 'Li', role: 'OWNER', address: 'li@example.com', userId: null },
  { name: 'Zhao', role: null, address: null, userId: 'zhao' },
] as const;
const mail: ChannelFacts = { channelId: 'mail', kind: 'EMAIL', isEnabled: true, recipients };
const chat: ChannelFacts = { channelId: 'chat', kind: 'DINGTALK', isEnabled: true, recipients };
const route: Route = {
  routeId: 'route',
  isEnabled: true,
  kinds: null,
  severityMin: 'INFO',
  warehouseIds: null,
  categories: null,
  channelIds: ['chat'],
  roles: [],
  recipientNames: [],
  tellsResolved: true,
  digestMinutes: 0,
  timeZone: 'Asia/Shanghai',
  quietHours: null,
  quietExceptSeverity: null,
  repeatMinutes: null,
  escalation: [],
};
const opened: AlertEventFacts = {
  eventNumber: 7n,
  alertId: 'alert',
  kind: 'LOW_STOCK',
  reason: 'OPENED',
  state: 'FIRING',
  previousState: null,
  severity: 'WARNING',
  previousSeverity: null,
  warehouseId: 'north',
  category: 'cups',
  occurredAt: ten,
};
const plan = (event: Partial<AlertEventFacts>, changes: Partial<Route> = {}, channels = [mail, chat]) =>
  planNotices({ ...opened, ...event }, [{ ...route, ...changes }], channels);

describe('planning', () => {
  it('tells a fresh alert, and reminds', () => {
    const { notices } = planNotices(opened, [{ ...route, repeatMinutes: 60 }], [chat]);
    expect(notices.map((notice) => notice.cause)).toEqual(['EVENT', 'REPEAT']);
    expect(planRepeat({ ...route, repeatMinutes: 60 }, 'WARNING', ten, 1).dueAt).toEqual(
      new Date('2026-03-10T11:00:00Z'),
    );
  });

  it('writes to every recipient with an address, or to those of a role or name', () => {
    const names = (changes: Partial<Route>) =>
      plan({}, { channelIds: ['mail'], ...changes }).notices.map((notice) => notice.recipient);
    expect(names({})).toEqual(['Wang', 'Li']);
    expect(names({ roles: ['BUYER'] })).toEqual(['Wang']);
    expect(names({ roles: ['BUYER'], recipientNames: ['Li', 'Zhao'] })).toEqual(['Wang', 'Li']);
    expect(names({ roles: ['OPERATIONS'] })).toEqual([]);
  });

  it('mentions in a group only those who are named', () => {
    expect(plan({}).notices).toMatchObject([{ recipient: '', mentions: [] }]);
    expect(plan({}, { roles: ['OWNER'] }).notices).toMatchObject([{ mentions: ['Li'] }]);
  });

  it.each<[string, Partial<AlertEventFacts>, Partial<Route>, number]>([
    ['another kind', {}, { kinds: ['OVERSTOCK'] }, 0],
    ['its kind', {}, { kinds: ['LOW_STOCK'] }, 1],
    ['too mild', { severity: 'INFO' }, { severityMin: 'WARNING' }, 0],
    ['just bad enough', {}, { severityMin: 'WARNING' }, 1],
    ['another warehouse', {}, { warehouseIds: ['south'] }, 0],
    ['no warehouse', { warehouseId: null }, { warehouseIds: ['north'] }, 0],
    ['its category', {}, { categories: ['cups'] }, 1],
    ['no category', { category: null }, { categories: ['cups'] }, 0],
    ['a route that is off', {}, { isEnabled: false }, 0],
    ['pending', { state: 'PENDING' }, {}, 0],
    ['a little better', { reason: 'DEESCALATED', previousState: 'FIRING' }, {}, 0],
    ['worse', { reason: 'ESCALATED', previousState: 'FIRING' }, { repeatMinutes: 5 }, 1],
    ['still firing, whatever happened to it', { reason: 'MARKED_STALE', previousState: 'FIRING' }, {}, 0],
    [
      'fires again: somebody’s word has expired',
      { previousState: 'ACKNOWLEDGED', reason: 'ACKNOWLEDGEMENT_EXPIRED' },
      {},
      1,
    ],
    ['fires again within its window', { previousState: 'RESOLVED', reason: 'REOPENED' }, {}, 1],
    ['over', { state: 'RESOLVED', previousState: 'FIRING' }, { repeatMinutes: 5 }, 1],
    ['over, not wanted', { state: 'RESOLVED', previousState: 'FIRING' }, { tellsResolved: false }, 0],
    [
      'a stronger one took its place',
      { state: 'RESOLVED', previousState: 'FIRING', reason: 'SUPERSEDED' },
      {},
      0,
    ],
    ['over before it fired', { state: 'RESOLVED', previousState: 'PENDING' }, {}, 0],
  ])('%s', (_name, event, changes, count) => {
    expect(plan(event, changes).notices).toHaveLength(count);
  });

  it('tells a channel that is off nothing', () => {
    expect(plan({}, {}, [{ ...chat, isEnabled: false }]).notices).toEqual([]);
  });

  it('ends what is needless', () => {
    expect(plan({ state: 'ACKNOWLEDGED', reason: 'ACKNOWLEDGED' }).cancels).toBe('CHAIN');
    expect(plan({ state: 'RESOLVED', previousState: 'FIRING' }).cancels).toBe('CHAIN');
    expect(plan({ state: 'SNOOZED', reason: 'SNOOZED' }).cancels).toBe('ALL');
    expect(plan({}).cancels).toBe('NONE');
  });

  it('begins with reminders and chain where an alert comes only by getting worse, and nowhere twice', () => {
    const worse: Partial<AlertEventFacts> = {
      ...{ reason: 'ESCALATED', previousState: 'FIRING', severity: 'CRITICAL', previousSeverity: 'WARNING' },
    };
    const chain = [{ afterMinutes: 15, channelIds: ['mail'], roles: ['OWNER'], recipientNames: [] }] as const;
    const changes: Partial<Route> = { repeatMinutes: 30, escalation: chain };
    const causes = (more: Partial<Route>) =>
      plan(worse, { ...changes, ...more }).notices.map(({ cause }) => cause);
    expect(causes({ severityMin: 'CRITICAL' })).toEqual(['EVENT', 'REPEAT', 'ESCALATION']);
    expect(causes({ severityMin: 'WARNING' })).toEqual(['EVENT']);
  });

  it('keeps a Feishu group out of the rush, and nobody else', () => {
    const feishu: ChannelFacts = { ...chat, channelId: 'feishu', kind: 'FEISHU' };
    const dueOf = (channelId: string, digestMinutes: number) =>
      plan({ occurredAt: new Date('2026-03-10T10:01:00Z') }, { channelIds: [channelId], digestMinutes }, [
        feishu,
        chat,
      ]).notices.map(({ dueAt }) => dueAt.toISOString().slice(11, 16));
    expect(dueOf('feishu', 60)).toEqual(['11:03']);
    expect(dueOf('chat', 60)).toEqual(['11:00']);
    expect(dueOf('feishu', 20)).toEqual(['10:20']);
    // At once is at once.
    expect(dueOf('feishu', 0)).toEqual(['10:01']);
  });

  it('escalates step by step', () => {
    const escalation = [
      { afterMinutes: 15, channelIds: ['mail'], roles: ['BUYER'], recipientNames: [] },
      { afterMinutes: 60, channelIds: ['mail'], roles: ['OWNER'], recipientNames: [] },
    ] as const;
    const steps = plan({}, { escalation }).notices.filter((notice) => notice.cause === 'ESCALATION');
    expect(steps.map(({ recipient, ordinal, dueAt }) => [recipient, ordinal, dueAt])).toEqual([
      ['Wang', 1, new Date('2026-03-10T10:15:00Z')],
      ['Li', 2, new Date('2026-03-10T11:00:00Z')],
    ]);
  });

  it('tells one address once, however many routes lead there', () => {
    const some = fc.array(fc.constantFrom('mail', 'chat'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (lists) => {
        const routes = lists.map((channelIds, index) => ({ ...route, routeId: `r${index}`, channelIds }));
        const { notices } = planNotices(opened, routes, [mail, chat]);
        const keys = notices.map(({ channelId, recipient }) => `${channelId}/${recipient}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
