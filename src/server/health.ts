import { secondMs } from '../shared/time.ts';

/** One thing that must be well before this process gets traffic. */
export interface ReadinessCheck {
  /** Shown in the answer. */
  readonly name: string;
  /** Resolves when it is well, rejects or takes over a second when it is not. */
  check(): Promise<void>;
}

/** Answer of `/ready`. */
export interface Readiness {
  readonly isReady: boolean;
  /** `ok`, `failed`, `late`, or `stopping` for the process itself. */
  readonly checks: Readonly<Record<string, string>>;
}

const checkMsMax = secondMs;

/**
 * Asks whether this process should get traffic. What it does not ask: the marketplace, whose troubles are no
 * reason to hide the stock we know.
 */
export async function checkReadiness(
  checks: readonly ReadinessCheck[],
  isStopping: boolean,
): Promise<Readiness> {
  const answers = await Promise.all(checks.map(async (each) => [each.name, await answer(each)] as const));
  const shown = Object.fromEntries([['process', isStopping ? 'stopping' : 'ok'], ...answers]);
  return { isReady: Object.values(shown).every((text) => text === 'ok'), checks: shown };
}

/** The reason of a failure stays out of the answer: everybody may read it. */
async function answer(check: ReadinessCheck): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve('late'), checkMsMax);
  try {
    return await Promise.race([
      check.check().then(
        () => 'ok',
        () => 'failed',
      ),
      late.promise,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
