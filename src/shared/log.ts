/** Fields of a log line. Never a secret, a token, an SQL text or its parameters. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where a part writes what happened; pino behind it in the processes, a recorder in tests. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A log whose every line carries these fields too. */
  child(fields: LogFields): Log;
}

/** Swallows every line: for tests and tools that print their own output. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};
