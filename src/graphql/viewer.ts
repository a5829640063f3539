import { loadOrganization } from '../db/queries/access.ts';
import { builder } from './builder.ts';
import type { RateBudget } from './context.ts';
import { AccessScope, Locale } from './enums.ts';

const Organization = builder.objectRef<{ name: string; locale: 'zh-CN' | 'en' }>('Organization').implement({
  description: 'The tenant: everything in an answer belongs to it.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name for people.' }),
    locale: t.field({
      type: Locale,
      description: 'Language of texts when a request names none.',
      resolve: (organization) => organization.locale,
    }),
  }),
});

const RateBudgetType = builder.objectRef<RateBudget>('RateBudget').implement({
  description:
    'What is left of the budget of query cost, in points. A field costs one, a page as many times as it has rows.',
  fields: (t) => ({
    capacity: t.exposeFloat('capacity', {
      description: 'Points that may be spent at once; the budget is filled up every 10 s.',
    }),
    remaining: t.exposeFloat('remaining', {
      description: 'Points left after this request was charged, from 0.',
    }),
    restorePerSecond: t.exposeFloat('restorePerSecond', {
      description: 'Points that come back per second in the long run.',
    }),
  }),
});

const Viewer = builder.objectRef<object>('Viewer').implement({
  description: 'Who asks, for whom, and with which rights.',
  fields: (t) => ({
    organization: t.field({
      type: Organization,
      description: 'The organization that the key belongs to.',
      resolve: (_viewer, _args, context) => context.read((scope) => loadOrganization(scope)),
    }),
    scopes: t.field({
      type: [AccessScope],
      description: 'What the key may do.',
      resolve: (_viewer, _args, context) => [...context.viewer.scopes],
    }),
    locale: t.field({
      type: Locale,
      description: 'Language of messages in this request.',
      resolve: (_viewer, _args, context) => context.viewer.locale,
    }),
    keyName: t.string({
      nullable: true,
      description: 'Name of the key; null for the anonymous visitor of the demo.',
      resolve: (_viewer, _args, context) => context.viewer.keyName,
    }),
    isAnonymous: t.boolean({
      description: 'True for the visitor of the demo on this machine.',
      resolve: (_viewer, _args, context) => context.viewer.isAnonymous,
    }),
    rateBudget: t.field({
      type: RateBudgetType,
      nullable: true,
      description:
        'What is left of the key’s budget of query cost, on this server process; null = not limited, as the visitor of the demo.',
      resolve: (_viewer, _args, context) => context.rateBudget,
    }),
    businessTime: t.field({
      type: 'DateTime',
      description: 'Business time of this answer: real time, or in the sandbox the simulated one.',
      resolve: (_viewer, _args, context) => context.now,
    }),
    clockSpeed: t.float({
      description: 'Business seconds in one real second; 1 outside the sandbox.',
      resolve: (_viewer, _args, context) => context.clockSpeed(),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({ type: Viewer, description: 'Who asks. Needs no scope.', resolve: () => ({}) }),
);
