import { type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config.ts';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

/**
 * The log of a process, on standard error: readable lines on a terminal, JSON lines elsewhere. Real time.
 *
 * Errors are written with code, message and, for what is not ours, the first line of the stack. A database error's
 * message can hold SQL and parameters, so of those only the code and the constraint are written.
 */
export function createLog(level: Config['logLevel']): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['*.accessToken', '*.refreshToken', '*.appSecret', '*.authorization', '*.password', '*.token'],
      censor: '[secret]',
    },
    serializers: { error: describeError },
  };
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
  if (typeof error === 'object' && error !== null && 'severity' in error && 'routine' in error) {
    const {
      code,
      constraint_name: constraint,
      routine,
      table_name: table,
    } = error as Record<string, unknown>;
    return { code, constraint, routine, table, message: 'database error' };
  }
  if (error instanceof Error) {
    const where = error.stack
      ?.split('\n')
      .find((line) => line.includes(' at '))
      ?.trim();
    return { name: error.name, message: error.message.slice(0, 500), at: where };
  }
  return { message: String(error).slice(0, 500) };
}
