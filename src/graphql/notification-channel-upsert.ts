import { randomUUID } from 'node:crypto';
import type { QueryScope } from '../db/queries/collection.ts';
import { findChannel, notificationChannels, saveChannel } from '../db/queries/notification-channel.ts';
import { isAppError } from '../shared/errors.ts';
import { builder } from './builder.ts';
import { type Checks, startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { Locale } from './enums.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { NotificationChannel, NotificationChannelKind, RecipientRole } from './notification-refs.ts';
import { Refusal, userError } from './user-error.ts';

const recipientsMax = 100;

const NotificationRecipientInput = builder.inputType('NotificationRecipientInput', {
  description: 'Somebody whom a channel reaches.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique in the channel, 1 to 100 characters.' }),
    role: t.field({ type: RecipientRole, description: 'What they do; null = reached by name only.' }),
    address: t.string({
      description: 'Mail address for EMAIL, mobile number for SMS and mentions; null = none.',
    }),
    userId: t.string({ description: 'Id on the chat platform, for mentions; null = none.' }),
  }),
});

const secret = 'A secret: never shown again. The secrets of a channel are given all together or not at all.';

const NotificationChannelSettingsInput = builder.inputType('NotificationChannelSettingsInput', {
  description:
    'Settings of a channel; only those of its kind may be given. Null = what is stored stays; a new channel needs all of its kind but the optional ones.',
  fields: (t) => ({
    from: t.string({ description: 'EMAIL: the sender, such as Shuiwei <alerts@example.com>.' }),
    smtpUrl: t.string({
      description: `EMAIL, optional: smtps://user:password@host:465 of a public mail server; else the installation’s. ${secret}`,
    }),
    accessKeyId: t.string({ description: 'SMS: access key id of the Alibaba Cloud account.' }),
    accessKeySecret: t.string({ description: `SMS: its secret. ${secret}` }),
    signName: t.string({ description: 'SMS: approved signature, without brackets.' }),
    templateCode: t.string({
      description: 'SMS: approved template, SMS_…, with the variables count and summary.',
    }),
    webhookUrl: t.string({
      description: `DINGTALK, WECOM, FEISHU: address of the robot, with its token. ${secret}`,
    }),
    signSecret: t.string({
      description: `DINGTALK, FEISHU: optional, secret of the signature mode. WEBHOOK: what calls are signed with. ${secret}`,
    }),
    url: t.string({
      description: `WEBHOOK: address to call: https, a public host, port 443 or 8443. ${secret}`,
    }),
  }),
});

const NotificationChannelReset = builder.enumType('NotificationChannelReset', {
  description: 'What of a channel can be taken back.',
  values: {
    PER_MINUTE_MAX: { description: 'Messages in any minute: the platform’s again.' },
    PER_SECOND_MAX: { description: 'Messages in any second: the platform’s again.' },
    PER_DAY_MAX: { description: 'Messages a day to one number: the platform’s again.' },
    MESSAGE_BYTES_MAX: { description: 'Bytes of one message: the platform’s again.' },
    SMTP_URL: { description: 'EMAIL: by the installation’s mail server again.' },
  } as const,
});

const limitColumns = {
  PER_MINUTE_MAX: 'per_minute_max',
  PER_SECOND_MAX: 'per_second_max',
  PER_DAY_MAX: 'per_day_max',
  MESSAGE_BYTES_MAX: 'message_bytes_max',
} as const;

const NotificationChannelUpsertInput = builder.inputType('NotificationChannelUpsertInput', {
  description: 'A way to reach people, made or changed by its name.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name for people, 1 to 100 characters; unique.' }),
    kind: t.field({
      type: NotificationChannelKind,
      required: true,
      description: 'By which way it goes out. A channel never changes its kind.',
    }),
    isEnabled: t.boolean({ description: 'Whether anything is sent; null = unchanged, true for a new one.' }),
    locale: t.field({
      type: Locale,
      description:
        'Language of its messages; null = unchanged, the organization’s request language for a new one.',
    }),
    settings: t.field({
      type: NotificationChannelSettingsInput,
      description: 'Settings of its kind; null = unchanged.',
    }),
    recipients: t.field({
      type: [NotificationRecipientInput],
      description: `Whom it reaches, all of them, up to ${recipientsMax}; null = unchanged.`,
    }),
    perMinuteMax: t.int({
      description: 'Messages in any minute, 1 to 10,000; null = unchanged, the platform’s for a new one.',
    }),
    perSecondMax: t.int({
      description: 'Messages in any second, 1 to 1,000; null = unchanged, the platform’s for a new one.',
    }),
    perDayMax: t.int({
      description:
        'Messages a day to one mobile number, 1 to 1,000; null = unchanged, the platform’s for a new one.',
    }),
    messageBytesMax: t.int({
      description:
        'UTF-8 bytes of one message, 2,048 to 1,000,000; null = unchanged, the platform’s for a new one.',
    }),
    resets: t.field({
      type: [NotificationChannelReset],
      description:
        'What is taken back, before what is given is set; null = nothing. The signature secret of a robot goes when its address is given without one.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationChannelUpsertPayload = definePayload<{ channelId: string }>(
  'NotificationChannelUpsertPayload',
  'The channel as it is now.',
  (t) => ({
    notificationChannel: t.field({
      type: NotificationChannel,
      nullable: true,
      description: 'The channel.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, notificationChannels, result.channelId),
    }),
  }),
);

type ChannelInput = typeof NotificationChannelUpsertInput.$inferInput;

builder.mutationField('notificationChannelUpsert', (t) =>
  t.field({
    type: NotificationChannelUpsertPayload,
    authScopes: { scope: 'write:notifications' },
    description:
      'Makes a channel, or changes the one with this name. Nothing is sent: try it with `notificationChannelTest`.',
    args: {
      input: t.arg({ type: NotificationChannelUpsertInput, required: true, description: 'The channel.' }),
    },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'notificationChannelUpsert', input, (scope) => upsert(context, scope, input)),
  }),
);

async function upsert(
  context: GraphqlContext,
  { sql, now }: QueryScope,
  input: ChannelInput,
): Promise<{ channelId: string }> {
  const checks = startChecks();
  checks.text(input.name, ['input', 'name'], 100);
  checkNumber(checks, input.perMinuteMax, 'perMinuteMax', 1, 10_000);
  checkNumber(checks, input.perSecondMax, 'perSecondMax', 1, 1_000);
  checkNumber(checks, input.perDayMax, 'perDayMax', 1, 1_000);
  checkNumber(checks, input.messageBytesMax, 'messageBytesMax', 2_048, 1_000_000);
  checkRecipients(checks, input);
  checks.refuseIfAny();
  const known = await findChannel(sql, input.name);
  if (known !== null && known.kind !== input.kind) {
    throw new Refusal(userError('NOT_ALLOWED_HERE', ['input', 'kind'], { what: known.kind }));
  }
  const { organizationId, locale } = context.viewer;
  const channelId = known?.channelId ?? randomUUID();
  const isNew = known === null;
  const { settings, sealed } = await prepare(context, input, channelId, isNew);
  const isSaved = await saveChannel(sql, {
    organizationId,
    channelId,
    kind: input.kind,
    name: input.name,
    isEnabled: input.isEnabled ?? null,
    locale: input.locale ?? (isNew ? locale : null),
    settings,
    recipients: input.recipients?.map(toRecipient) ?? null,
    perMinuteMax: input.perMinuteMax ?? null,
    perSecondMax: input.perSecondMax ?? null,
    perDayMax: input.perDayMax ?? null,
    messageBytesMax: input.messageBytesMax ?? null,
    resets: (input.resets ?? []).flatMap((one) => (one === 'SMTP_URL' ? [] : [limitColumns[one]])),
    sealed,
    at: now,
  });
  // Somebody made a channel of this name at the same time: their secrets are bound to another row.
  if (!isSaved) throw new Refusal(userError('STATE_CONFLICT', ['input', 'name'], { state: 'CHANGED' }));
  return { channelId };
}

async function prepare(context: GraphqlContext, input: ChannelInput, channelId: string, isNew: boolean) {
  const given = Object.entries(input.settings ?? {}).filter(([, value]) => value != null);
  const takenBack = input.resets?.includes('SMTP_URL') ? { smtpUrl: null } : {};
  try {
    return await context.ports.prepareChannel({
      organizationId: context.viewer.organizationId,
      channelId,
      kind: input.kind,
      entered: { ...takenBack, ...(Object.fromEntries(given) as Record<string, string>) },
      isNew,
    });
  } catch (error) {
    if (!isAppError(error, 'invalid_input')) throw error;
    const { field = '', bound = '' } = error.params;
    throw new Refusal(userError('INVALID', ['input', 'settings', field], { bound }));
  }
}

function toRecipient({ name, role, address, userId }: NonNullable<ChannelInput['recipients']>[number]) {
  return { name, role: role ?? null, address: address ?? null, userId: userId ?? null };
}

const addressForms: Readonly<Record<string, { pattern: RegExp; bound: string }>> = {
  EMAIL: { pattern: /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,190}$/, bound: 'name@example.com' },
  SMS: { pattern: /^1\d{10}$/, bound: '13800138000' },
};
const anyAddress = { pattern: /^\S{1,200}$/, bound: '1–200' };

function checkRecipients(checks: Checks, { kind, recipients }: ChannelInput): void {
  if (recipients == null) return;
  if (recipients.length > recipientsMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'recipients'], { bound: `0–${recipientsMax}` }));
  }
  const seen = new Map<string, number>();
  const { pattern, bound } = addressForms[kind] ?? anyAddress;
  recipients.forEach(({ name, address, userId }, index) => {
    const path = (field: string) => ['input', 'recipients', index, field];
    checks.text(name, path('name'), 100);
    if (seen.has(name)) {
      checks.add(userError('DUPLICATE', path('name'), { other: String(seen.get(name)) }));
    }
    seen.set(name, index);
    if (address != null && !pattern.test(address)) {
      checks.add(userError('INVALID', path('address'), { bound }));
    }
    if (address == null && kind in addressForms) {
      checks.add(userError('REQUIRED', path('address'), { what: bound }));
    }
    // A user id goes into a mention's markup as it stands.
    if (userId != null && !/^[\w.@-]{1,100}$/.test(userId)) {
      checks.add(userError('INVALID', path('userId'), { bound: 'A–Z a–z 0–9 . _ - @' }));
    }
  });
}

function checkNumber(
  checks: Checks,
  value: number | null | undefined,
  field: string,
  min: number,
  max: number,
): void {
  if (value != null && (value < min || value > max)) {
    checks.add(userError('OUT_OF_RANGE', ['input', field], { bound: `${min}–${max}` }));
  }
}
