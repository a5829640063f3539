import { loadSuggestionGuard, type SuggestionGuardRow } from '../db/queries/suggestion.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { releaseReadings } from '../db/queries/suggestion-guard.ts';
import { builder } from './builder.ts';
import { actorOf } from './context.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';

const SuggestionGuard = builder.objectRef<SuggestionGuardRow>('SuggestionGuard').implement({
  description: 'Whether suggestions jump more than their history and uncertainty warrant.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    isHeld: t.exposeBoolean('isHeld', {
      description:
        'True = more than 10 % of all levels, and at least 20, jumped: the last accepted suggestions stay current until it is over or released.',
    }),
    heldCount: t.exposeInt('heldCount', { description: 'Levels that are held for themselves.' }),
    judgedCount: t.exposeInt('judgedCount', { description: 'Levels that are judged.' }),
    heldSinceAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when everything is held (business time); null = it is not.',
      resolve: (guard) => guard.heldSinceAt,
    }),
    releasedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When somebody last released everything; null = never.',
      resolve: (guard) => guard.releasedAt,
    }),
    releasedBy: t.exposeString('releasedBy', {
      nullable: true,
      description: 'Who did: name of the key; null = nobody yet.',
    }),
  }),
});

builder.queryField('suggestionGuard', (t) =>
  t.field({
    type: SuggestionGuard,
    authScopes: { scope: 'read:stock' },
    description: 'Where the guard on big jumps stands.',
    complexity: { field: 10 },
    resolve: (_root, _args, context) => context.read(loadSuggestionGuard),
  }),
);

const SuggestionGuardReleaseInput = builder.inputType('SuggestionGuardReleaseInput', {
  description: 'The release of everything that the guard holds.',
  fields: (t) => ({ idempotencyKey: t.string({ description: idempotencyKeyDescription }) }),
});

const SuggestionGuardReleasePayload = definePayload<{ releasedCount: number }>(
  'SuggestionGuardReleasePayload',
  'What was released; suggestions follow within seconds.',
  (t) => ({
    releasedCount: t.int({
      description: 'Levels that were released; 0 when refused.',
      resolve: ({ result }) => result?.releasedCount ?? 0,
    }),
  }),
);

builder.mutationField('suggestionGuardRelease', (t) =>
  t.field({
    type: SuggestionGuardReleasePayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Believes everything that the guard holds: what was held is what later runs are compared with, and suggestions are decided anew.',
    args: {
      input: t.arg({ type: SuggestionGuardReleaseInput, required: true, description: 'The release.' }),
    },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'suggestionGuardRelease', input, async ({ sql, now }) => {
        const released = await releaseReadings(sql, null, actorOf(context.viewer), now);
        await markSuggestionsDue(sql, 'all', now);
        return { releasedCount: released.length };
      }),
  }),
);
