import { builder } from './builder.ts';
import type { LocaleName } from './context.ts';
import { type MessageCode, type MessageParams, type ParamsOf, translate } from './messages.ts';

/** Codes of refusals, in `userErrors`. Stable. */
const userErrorCodes = {
  NOT_FOUND: 'There is no such object, or it is not yours.',
  REQUIRED: 'Something that is needed was left out.',
  OUT_OF_RANGE: 'A value lies outside its stated bounds.',
  INVALID: 'A value has the wrong form.',
  INCONSISTENT: 'Two given values contradict each other.',
  DUPLICATE: 'The same thing is named twice in one input.',
  NOT_ALLOWED_HERE: 'The object is of a kind to which this cannot be done.',
  STATE_CONFLICT: 'The object is in a state in which this cannot be done.',
  AUTHORIZATION_REFUSED: 'The platform does not accept the tokens or the code.',
  PERMISSION_MISSING: 'The platform does not let the app call what is needed.',
  PLATFORM_UNAVAILABLE: 'The platform does not answer; try again later.',
  NOT_CONFIGURED: 'The platform is not set up on this installation.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used for another mutation or another input.',
} as const;

/** Code of a refusal. */
export type UserErrorCode = keyof typeof userErrorCodes;

/** A refusal of a mutation: data, not a failure. JSON, so that it can be kept with an idempotency key. */
export interface UserErrorValue {
  readonly code: UserErrorCode;
  readonly path: readonly string[];
  readonly params: MessageParams;
  /** Says more than the code's own message; absent = that one. */
  readonly message?: MessageCode;
}

/** Codes whose own message needs nothing but the path. */
type BareCode = {
  [Code in UserErrorCode]: MessageParams extends ParamsOf<`USER_${Code}`> ? Code : never;
}[UserErrorCode];

/**
 * Makes one refusal. The path begins with `input`.
 *
 * @param params - what the message is filled with: all of it
 * @param message - says more than the code's own message
 */
export function userError(code: BareCode, path: readonly (string | number)[]): UserErrorValue;
export function userError<Code extends UserErrorCode, Message extends MessageCode = `USER_${Code}`>(
  code: Code,
  path: readonly (string | number)[],
  params: NoInfer<ParamsOf<Message>>,
  message?: Message,
): UserErrorValue;
export function userError(
  code: UserErrorCode,
  path: readonly (string | number)[],
  params: MessageParams = {},
  message?: MessageCode,
): UserErrorValue {
  return { code, path: path.map(String), params, ...(message === undefined ? {} : { message }) };
}

/** Ends a mutation without any change: what was written in its transaction is rolled back. */
export class Refusal extends Error {
  readonly userErrors: readonly UserErrorValue[];

  constructor(...userErrors: readonly UserErrorValue[]) {
    super('refused');
    this.name = 'Refusal';
    this.userErrors = userErrors;
  }
}

const UserErrorCodeEnum = builder.enumType('UserErrorCode', {
  description: 'Why a mutation was refused. New values may be added: show `message` for unknown ones.',
  values: Object.fromEntries(
    Object.entries(userErrorCodes).map(([code, description]) => [code, { description }]),
  ) as Record<UserErrorCode, { description: string }>,
});

const UserErrorParam = builder.objectRef<{ name: string; value: string }>('UserErrorParam').implement({
  description: 'A number or name of a message, for clients that translate by code.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, such as max.' }),
    value: t.exposeString('value', { description: 'Its value as text.' }),
  }),
});

/** The refusals of a payload. */
export const UserError = builder.objectRef<UserErrorValue>('UserError').implement({
  description: 'An expected refusal, for people (`message`) and programs (`code`, `path`, `params`).',
  fields: (t) => ({
    code: t.field({
      type: UserErrorCodeEnum,
      description: 'Decide by this.',
      resolve: (error) => error.code,
    }),
    message: t.string({
      description: 'For people, in the language of the request.',
      resolve: (error, _args, context) => describeUserError(error, context.viewer.locale),
    }),
    path: t.stringList({
      description: 'The input it is about, from `input` down; list positions as numbers from 0.',
      resolve: (error) => [...error.path],
    }),
    params: t.field({
      type: [UserErrorParam],
      description: 'What the message is filled with.',
      resolve: (error) => Object.entries(error.params).map(([name, value]) => ({ name, value })),
    }),
  }),
});

function describeUserError(error: UserErrorValue, locale: LocaleName): string {
  return translate(locale, error.message ?? `USER_${error.code}`, {
    path: error.path.join('.'),
    ...error.params,
  });
}
