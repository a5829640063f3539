import type { TestProject } from 'vitest/node';
import { type Sandbox, startSandbox, untilPlanned } from './sandbox.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the sandbox that several files look at. */
    readonly sandboxUrl: string;
  }
}

let sandbox: Sandbox | undefined;

/**
 * Starts one sandbox for all files that only look or decide. Its clock runs slower than the demo's: a new day every two
 * minutes would plan everything anew while the pages are looked at.
 */
export async function setup(project: TestProject): Promise<void> {
  sandbox = await startSandbox({ args: ['--speed', '60'] });
  await untilPlanned(sandbox.url);
  project.provide('sandboxUrl', sandbox.url);
}

/** Stops it and removes its folder. */
export async function teardown(): Promise<void> {
  await sandbox?.[Symbol.asyncDispose]();
}
