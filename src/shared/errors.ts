/**
 * Every way a part of Shuiwei may fail, and whether trying the same thing again can help.
 * The list is closed: a new kind of failure gets a new code here, with its retry answer.
 */
const errorCodes = {
  /** The caller's input breaks a stated bound. */
  invalid_input: { retryable: false },
  /** The configuration cannot be used. */
  invalid_configuration: { retryable: false },
  /** No such object, or not the caller's. */
  not_found: { retryable: false },
  /** The caller may not do this. */
  forbidden: { retryable: false },
  /** The marketplace no longer accepts the shop's tokens: somebody must authorize again. */
  authorization_expired: { retryable: false },
  /** The marketplace does not let this app key call this API. */
  permission_missing: { retryable: false },
  /** The other side asks for a pause. */
  throttled: { retryable: true },
  /** A passing fault of the other side or the network. */
  transient: { retryable: true },
  /** The other side refuses for good, or answered what cannot be understood. */
  permanent: { retryable: false },
  /** A write was sent and nobody knows whether it took effect: re-read before anything else. */
  write_uncertain: { retryable: false },
  /** Another worker holds the lease, or took it over. */
  lease_lost: { retryable: false },
  /** A deadline passed. */
  deadline_exceeded: { retryable: true },
  /** A stored secret cannot be opened with the keys at hand. */
  secret_unreadable: { retryable: false },
} as const;

/** One of the closed list of failure codes. */
export type ErrorCode = keyof typeof errorCodes;

/**
 * The one error class of Shuiwei. The message names what was wrong, where, and what to do;
 * it never holds a secret, an SQL text or another organization's data.
 *
 * @param code - from the closed list
 * @param message - English, for logs and operators
 * @param options.cause - the error underneath, if any
 * @param options.retryAfterMs - with `throttled`: how long the other side asked to wait, ms; null = it did not say
 * @param options.params - numbers and names for a translated message
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | null;
  readonly params: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number; params?: Record<string, string> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.params = options.params ?? {};
  }

  /** True when the same call may succeed later. */
  get isRetryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/** True for an AppError, with one of the codes if any are given. */
export function isAppError(error: unknown, ...codes: ErrorCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}

/** The end of a switch over a closed union: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
