import type { ChannelKind } from '../domain/notification/notice.ts';
import { AppError } from '../shared/errors.ts';
import { assertUserChosenUrl } from './address-guard.ts';
import type { EnteredChannel, PreparedChannel } from './channel.ts';

/** Checks an address that a user chose. @throws AppError `invalid_input` */
export type CheckUrl = (text: string) => URL;

interface Field {
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  /** What it must look like, for people. */
  readonly bound: string;
  isValid(value: string, checkUrl: CheckUrl): boolean;
}

const text = (isSecret: boolean, pattern: RegExp, bound: string, isRequired = true): Field => ({
  isSecret,
  isRequired,
  bound,
  isValid: (value) => pattern.test(value),
});
const address = (bound: string): Field => ({
  isSecret: true,
  isRequired: true,
  bound,
  isValid(value, checkUrl) {
    try {
      checkUrl(value);
      return true;
    } catch {
      return false;
    }
  },
});
const signSecret = (isRequired: boolean) =>
  text(true, /^\S{6,200}$/, '6–200 characters without blanks', isRequired);
const robotUrl = (host: string) => address(`https://${host}/…`);

/** What belongs to each kind of channel, and what of it is secret. */
const fieldsOf: Readonly<Record<ChannelKind, Readonly<Record<string, Field>>>> = {
  EMAIL: {
    from: text(
      false,
      /^(?:[^<>\r\n]{1,100} <)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?$/,
      'Name <sender@example.com>',
    ),
    smtpUrl: {
      isSecret: true,
      isRequired: false,
      bound: 'smtps://user:password@host:465',
      isValid(value) {
        const url = URL.parse(value);
        return url !== null && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '';
      },
    },
  },
  SMS: {
    accessKeyId: text(false, /^\w{10,64}$/, '10–64 letters and digits'),
    accessKeySecret: text(true, /^\S{10,128}$/, '10–128 characters'),
    signName: text(false, /^[^【】\s]{2,20}$/u, '2–20 characters without brackets'),
    templateCode: text(false, /^SMS_\d{4,20}$/, 'SMS_123456789'),
  },
  DINGTALK: { webhookUrl: robotUrl('oapi.dingtalk.com'), signSecret: signSecret(false) },
  WECOM: { webhookUrl: robotUrl('qyapi.weixin.qq.com') },
  FEISHU: { webhookUrl: robotUrl('open.feishu.cn'), signSecret: signSecret(false) },
  WEBHOOK: {
    url: address('https://example.com/path, 443 / 8443, ≠ 127.0.0.1, 10.x.x.x …'),
    signSecret: signSecret(true),
  },
  INBOX: {},
};

/**
 * Checks what somebody entered and parts secrets from the rest. Secrets come all together or not at all: those that
 * are stored cannot be read to be completed; null takes an optional one back. Of an address only its host is kept as a setting.
 *
 * @throws AppError `invalid_input` with `params.field` and `params.bound`, never with the value
 */
export function prepareChannel(
  { kind, entered }: EnteredChannel,
  isNew: boolean,
  checkUrl: CheckUrl = assertUserChosenUrl,
): PreparedChannel {
  const fields = fieldsOf[kind];
  const settings: Record<string, string | null> = {};
  const secrets: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(entered)) {
    const field = fields[name];
    if (field === undefined) throw invalid(name, `only: ${Object.keys(fields).join(', ') || '–'}`);
    if (value === null) continue;
    if (!field.isValid(value, checkUrl)) throw invalid(name, field.bound);
    if (field.isSecret) secrets[name] = value;
    else settings[name] = value;
    if (name === 'webhookUrl' || name === 'url') settings.host = new URL(value).host;
  }
  // Null takes an optional secret back; what else is secret must come along, as ever.
  const takesBack = Object.entries(entered).some(
    ([name, value]) => value === null && fields[name]?.isSecret === true && !fields[name].isRequired,
  );
  const givesSecrets = takesBack || Object.keys(secrets).length > 0;
  for (const [name, field] of Object.entries(fields)) {
    const isNeeded = field.isRequired && (isNew || (field.isSecret && givesSecrets));
    if (isNeeded && (entered[name] ?? null) === null) throw invalid(name, field.bound);
  }
  return { settings, secrets: givesSecrets ? JSON.stringify(secrets) : null };
}

function invalid(field: string, bound: string): AppError {
  return new AppError('invalid_input', `the setting ${field} should be ${bound}`, {
    params: { field, bound },
  });
}
