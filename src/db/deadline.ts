import { AppError } from '../shared/errors.ts';

/**
 * Gives work until its deadline, then fails without waiting for it any longer. Kept on this side of the network,
 * because a server behind a broken line cannot keep one.
 *
 * @param what - for the message: `transaction`, `migration lock`
 * @param deadlineMs - > 0
 * @param work - gets a signal that is aborted at the deadline; what it holds then must be let go by itself
 * @throws AppError `deadline_exceeded`, or what the work throws before
 */
export async function withDeadline<T>(
  what: string,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new AppError('deadline_exceeded', `${what} not finished within ${deadlineMs} ms`);
    abort.abort(error);
    late.reject(error);
  }, deadlineMs);
  try {
    return await Promise.race([work(abort.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
