import { describe, expect, it } from 'vitest';
import { parseRetryAfter, retryRead } from '../../src/connectors/retry-read.ts';
import { AppError } from '../../src/shared/errors.ts';

const policy = { attempts: 3, baseDelayMs: 1, capDelayMs: 2 };
const calm = new AbortController().signal;

function failing(times: number, error: Error) {
  let calls = 0;
  const attempt = async () => {
    calls++;
    if (calls <= times) throw error;
    return calls;
  };
  return { attempt, calls: () => calls };
}

describe('retryRead', () => {
  it('bridges passing faults, up to the number of attempts', async () => {
    const short = failing(2, new AppError('transient', 'blip'));
    expect(await retryRead(policy, calm, short.attempt)).toBe(3);
    const long = failing(9, new AppError('deadline_exceeded', 'slow'));
    await expect(retryRead(policy, calm, long.attempt)).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(long.calls()).toBe(3);
  });

  it.each(['throttled', 'permanent', 'authorization_expired', 'permission_missing'] as const)(
    'throws %s at once',
    async (code) => {
      const once = failing(1, new AppError(code, 'no'));
      await expect(retryRead(policy, calm, once.attempt)).rejects.toMatchObject({ code });
      expect(once.calls()).toBe(1);
    },
  );

  it('stops waiting when it is called off', async () => {
    const ending = new AbortController();
    const patient = { attempts: 3, baseDelayMs: 3_600_000, capDelayMs: 3_600_000 };
    let calls = 0;
    const waiting = retryRead(patient, ending.signal, async () => {
      calls++;
      setImmediate(() => ending.abort());
      throw new AppError('transient', 'blip');
    });
    await expect(waiting).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(calls).toBe(1);
  });
});

describe('parseRetryAfter', () => {
  const now = new Date('2026-09-01T00:00:00Z');
  it.each([
    ['120', 120_000],
    ['0', 1_000],
    ['999999999', 3_600_000],
    ['Tue, 01 Sep 2026 00:00:30 GMT', 30_000],
    ['Mon, 31 Aug 2026 00:00:00 GMT', 1_000],
    ['Sat, 01 Sep 2096 00:00:00 GMT', 3_600_000],
    ['soon', null],
    ['-5', null],
  ])('reads %s as %s ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });

  it('is null when there is no header', () => expect(parseRetryAfter(null, now)).toBeNull());
});
