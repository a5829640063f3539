import type { QueryScope } from '../db/queries/collection.ts';
import { loadChannelFacts } from '../db/queries/notification-plan.ts';
import { findKnownWarehouses, notificationRoutes, saveRoute } from '../db/queries/notification-route.ts';
import type { Audience, ChannelFacts } from '../domain/notification/notice.ts';
import { listAddressees } from '../domain/notification/plan-notices.ts';
import { builder } from './builder.ts';
import { type Checks, startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { NotificationRoute, RecipientRole } from './notification-refs.ts';
import { userError } from './user-error.ts';

const stepsMax = 5;
/** Where nearly all merchants of this platform work. */
const timeZoneDefault = 'Asia/Shanghai';
const listMax = 200;
const dayMinutes = 1_440;
const weekMinutes = 10_080;

const QuietHoursInput = builder.inputType('QuietHoursInput', {
  description: 'Hours of the day in which people are left alone.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'Local time HH:MM at which they begin.' }),
    to: t.string({
      required: true,
      description: 'Local time HH:MM at which they end; earlier than from = on the next day.',
    }),
    timeZone: t.string({ required: true, description: 'IANA name, such as Asia/Shanghai.' }),
    exceptSeverity: t.field({
      type: AlertSeverity,
      description: 'Alerts at least this bad are told all the same; null = none is.',
    }),
  }),
});

const NotificationEscalationStepInput = builder.inputType('NotificationEscalationStepInput', {
  description: 'Whom to tell when nobody has acknowledged for so long.',
  fields: (t) => ({
    afterMinutes: t.int({
      required: true,
      description: 'Since the alert fired, business time, 1 to 10,080 minutes.',
    }),
    channelIds: t.idList({ required: true, description: 'By which channels, at least one.' }),
    roles: t.field({
      type: [RecipientRole],
      description: 'Recipients with one of these roles; null = none.',
    }),
    recipientNames: t.stringList({ description: 'These by name; null = none. Without both: everybody.' }),
  }),
});

const NotificationRouteUpsertInput = builder.inputType('NotificationRouteUpsertInput', {
  description:
    'A route as it shall be; the one with this name is replaced. What is left out takes its default.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name for people, 1 to 100 characters; unique.' }),
    isEnabled: t.boolean({ description: 'Whether it tells anything; null = true.' }),
    kinds: t.field({ type: [StockAlertKind], description: 'Alerts of these kinds; null = of every kind.' }),
    severityMin: t.field({
      type: AlertSeverity,
      description: 'This bad, or worse; null = INFO, that is all.',
    }),
    warehouseIds: t.idList({ description: 'Alerts about these; null = about all, and those about none.' }),
    categories: t.stringList({ description: 'Goods of these categories; null = all.' }),
    channelIds: t.idList({ required: true, description: 'By which channels, at least one.' }),
    roles: t.field({
      type: [RecipientRole],
      description: 'Recipients with one of these roles; null = none.',
    }),
    recipientNames: t.stringList({
      description: 'These by name; null = none. Without both: everybody the channels reach.',
    }),
    tellsResolved: t.boolean({ description: 'Whether the end of an alert is told too; null = true.' }),
    digestMinutes: t.int({
      description:
        'Gather over windows of so many minutes, counted from 08:00 by `timeZone`, business time, 0 to 1,440; null = 0, at once.',
    }),
    timeZone: t.string({
      description:
        'IANA zone by whose clock the windows are counted; null = that of the quiet hours, else Asia/Shanghai.',
    }),
    quietHours: t.field({ type: QuietHoursInput, description: 'When people are left alone; null = never.' }),
    repeatMinutes: t.int({
      description:
        'Tell again every so many minutes while it fires, business time, 5 to 10,080; null = once.',
    }),
    escalation: t.field({
      type: [NotificationEscalationStepInput],
      description: `The chain, up to ${stepsMax} steps, each later than the one before; null = none.`,
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationRouteUpsertPayload = definePayload<{ routeId: string }>(
  'NotificationRouteUpsertPayload',
  'The route as it is now.',
  (t) => ({
    notificationRoute: t.field({
      type: NotificationRoute,
      nullable: true,
      description: 'The route.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, notificationRoutes, result.routeId),
    }),
  }),
);

type RouteInput = typeof NotificationRouteUpsertInput.$inferInput;

builder.mutationField('notificationRouteUpsert', (t) =>
  t.field({
    type: NotificationRouteUpsertPayload,
    authScopes: { scope: 'write:notifications' },
    description:
      'Makes a route, or replaces the one with this name. Reminders and chain begin with alerts that fire from now on; those that the route no longer has end. Refused when it would tell nobody: a name that no channel has, or mail and SMS without recipients.',
    args: { input: t.arg({ type: NotificationRouteUpsertInput, required: true, description: 'The route.' }) },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'notificationRouteUpsert', input, (scope) => upsert(context, scope, input)),
  }),
);

async function upsert(
  context: GraphqlContext,
  { sql, now }: QueryScope,
  input: RouteInput,
): Promise<{ routeId: string }> {
  const checks = startChecks();
  const toKeys = (ids: readonly string[], type: 'NotificationChannel' | 'Warehouse') =>
    ids.map((id) => requireId(context, id, type)[0] ?? '');
  const channelIds = toKeys(input.channelIds, 'NotificationChannel');
  const steps = (input.escalation ?? []).map((step) => ({
    afterMinutes: step.afterMinutes,
    channelIds: toKeys(step.channelIds, 'NotificationChannel'),
    roles: step.roles ?? [],
    recipientNames: step.recipientNames ?? [],
  }));
  checkRoute(checks, input);
  const warehouseIds = input.warehouseIds == null ? null : toKeys(input.warehouseIds, 'Warehouse');
  const channels = new Map((await loadChannelFacts(sql)).map((channel) => [channel.channelId, channel]));
  const known = await findKnownWarehouses(sql, warehouseIds ?? []);
  checkKnown(checks, known, warehouseIds ?? [], ['input', 'warehouseIds']);
  const audience = { channelIds, roles: input.roles ?? [], recipientNames: input.recipientNames ?? [] };
  checkAudience(checks, channels, audience, ['input']);
  steps.forEach((step, index) => {
    checkAudience(checks, channels, step, ['input', 'escalation', index]);
  });
  checks.refuseIfAny();
  const { quietHours } = input;
  const routeId = await saveRoute(sql, {
    organizationId: context.viewer.organizationId,
    name: input.name,
    isEnabled: input.isEnabled ?? true,
    kinds: input.kinds ?? null,
    severityMin: input.severityMin ?? 'INFO',
    warehouseIds,
    categories: input.categories ?? null,
    channelIds,
    roles: input.roles ?? [],
    recipientNames: input.recipientNames ?? [],
    tellsResolved: input.tellsResolved ?? true,
    digestMinutes: input.digestMinutes ?? 0,
    timeZone: input.timeZone ?? quietHours?.timeZone ?? timeZoneDefault,
    quietFrom: quietHours?.from ?? null,
    quietTo: quietHours?.to ?? null,
    quietTimeZone: quietHours?.timeZone ?? null,
    quietExceptSeverity: quietHours?.exceptSeverity ?? null,
    repeatMinutes: input.repeatMinutes ?? null,
    escalation: steps,
    at: now,
  });
  return { routeId };
}

function checkRoute(checks: Checks, input: RouteInput): void {
  checks.text(input.name, ['input', 'name'], 100);
  checkRange(checks, input.digestMinutes, ['input', 'digestMinutes'], 0, dayMinutes);
  checkRange(checks, input.repeatMinutes, ['input', 'repeatMinutes'], 5, weekMinutes);
  for (const field of ['warehouseIds', 'categories', 'recipientNames', 'channelIds'] as const) {
    if ((input[field]?.length ?? 0) > listMax) {
      checks.add(userError('OUT_OF_RANGE', ['input', field], { bound: `0–${listMax}` }));
    }
  }
  const { quietHours, escalation } = input;
  if (input.timeZone != null && !isTimeZone(input.timeZone)) {
    checks.add(userError('INVALID', ['input', 'timeZone'], { bound: 'IANA, Asia/Shanghai' }));
  }
  if (quietHours != null) {
    for (const field of ['from', 'to'] as const) {
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(quietHours[field])) {
        checks.add(userError('INVALID', ['input', 'quietHours', field], { bound: 'HH:MM' }));
      }
    }
    if (!isTimeZone(quietHours.timeZone)) {
      checks.add(userError('INVALID', ['input', 'quietHours', 'timeZone'], { bound: 'IANA, Asia/Shanghai' }));
    }
  }
  if ((escalation?.length ?? 0) > stepsMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'escalation'], { bound: `0–${stepsMax}` }));
  }
  escalation?.forEach((step, index) => {
    const before = escalation[index - 1]?.afterMinutes ?? 0;
    const path = ['input', 'escalation', index, 'afterMinutes'];
    checkRange(checks, step.afterMinutes, path, before + 1, weekMinutes);
  });
}

function checkRange(
  checks: Checks,
  value: number | null | undefined,
  path: readonly (string | number)[],
  min: number,
  max: number,
): void {
  if (value != null && (value < min || value > max)) {
    checks.add(userError('OUT_OF_RANGE', path, { bound: `${min}–${max}` }));
  }
}

/** Channels that there are, recipients that one of them has, and at least one address that it all leads to. */
function checkAudience(
  checks: Checks,
  channels: ReadonlyMap<string, ChannelFacts>,
  audience: Audience,
  path: readonly (string | number)[],
): void {
  const { channelIds, recipientNames } = audience;
  const before = checks.errors.length;
  if (channelIds.length === 0) {
    checks.add(userError('REQUIRED', [...path, 'channelIds'], { what: 'NotificationChannel' }));
  }
  checkKnown(checks, channels, channelIds, [...path, 'channelIds']);
  const names = channelIds.flatMap((id) => channels.get(id)?.recipients.map(({ name }) => name) ?? []);
  checkKnown(checks, new Set(names), recipientNames, [...path, 'recipientNames']);
  // Whether a channel is switched on now says nothing about tomorrow.
  const all = new Map([...channels].map(([id, channel]) => [id, { ...channel, isEnabled: true }]));
  if (checks.errors.length === before && listAddressees(audience, all).length === 0) {
    checks.add(userError('NOT_FOUND', [...path, audience.roles.length > 0 ? 'roles' : 'channelIds']));
  }
}

function checkKnown(
  checks: Checks,
  known: Pick<ReadonlySet<string>, 'has'>,
  ids: readonly string[],
  path: readonly (string | number)[],
): void {
  ids.forEach((id, index) => {
    if (!known.has(id)) checks.add(userError('NOT_FOUND', [...path, index]));
  });
}

function isTimeZone(name: string): boolean {
  try {
    return (
      (name === 'UTC' || name.includes('/')) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
    );
  } catch {
    return false;
  }
}
