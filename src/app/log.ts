import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config.ts';
import { codeOf } from '../db/transaction.ts';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

/** Fields whose values are secrets, wherever they stand. */
const secretNames = [
  ...[
    'accessToken',
    'refreshToken',
    'token',
    'access_token',
    'refresh_token',
    'authorization',
    'Authorization',
  ],
  ...['appSecret', 'secret', 'secrets', 'password', 'apiKey', 'sealed', 'tokenKeys', 'smtpUrl'],
];
/** How deep they are looked for; log lines are flat, and nothing is nested deeper. */
const secretDepths = ['', '*.', '*.*.', '*.*.*.'];

/**
 * The log of a process, on standard error: readable lines on a terminal, JSON lines elsewhere. Real time.
 *
 * Errors are written with code, message and, for what is not ours, the first line of the stack. A database error's
 * message can hold SQL and parameters, so of those only the code and the constraint are written.
 *
 * @param destination - where to write; default: standard error
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: secretDepths.flatMap((depth) => secretNames.map((name) => `${depth}${name}`)),
      censor: '[secret]',
    },
    serializers: { error: describeError },
  };
  if (destination !== undefined) return wrap(pino(options, destination));
  const stream = process.stderr.isTTY
    ? pretty({
        destination: 2,
        sync: true,
        ignore: 'level',
        customPrettifiers: { time: (time) => `${time}` },
      })
    : pino.destination({ dest: 2, sync: false });
  return wrap(pino(options, stream));
}

function wrap(logger: Logger): Log {
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    child: (fields) => wrap(logger.child(fields)),
  };
}

/** What of an error may be written down. */
function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof AppError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    };
  }
  if (isOfDatabase(error)) return describeDatabaseError(error);
  if (error instanceof Error) {
    const where = error.stack
      ?.split('\n')
      .find((line) => line.includes(' at '))
      ?.trim();
    return { name: error.name, message: error.message.slice(0, 500), at: where };
  }
  return { message: String(error).slice(0, 500) };
}

/** Whether an error, or one that it wraps, comes from a statement: then its message may hold the statement's values. */
function isOfDatabase(error: unknown): boolean {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ('query' in inner || ('severity' in inner && 'routine' in inner)) return true;
  }
  return false;
}

function describeDatabaseError(error: unknown): Record<string, unknown> {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const { constraint_name: constraint, routine, table_name: table } = inner as Record<string, unknown>;
  return { code: codeOf(error), constraint, routine, table, message: 'database error' };
}
