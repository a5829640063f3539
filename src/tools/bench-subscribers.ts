import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

const script = fileURLToPath(new URL('../../test/faults/bench-subscribers.ts', import.meta.url));

/**
 * `bench subscribers`: what subscribers that stopped reading cost the others, over a throw-away database, with the
 * readers in a process of their own. Runs as a program of its own, since it needs the project's tests.
 */
export function benchSubscribersCommand(): Command {
  return new Command('subscribers')
    .description('delay of live alerts for many subscribers, with and without some that stopped reading')
    .option('--subscribers <count>', 'who listen and read', '1000')
    .option('--paused <count>', 'who listen and stopped reading', '20')
    .option('--events <count>', 'events of each round, two a second', '60')
    .option('--rounds <count>', 'rounds of each kind, taking turns; the median counts', '4')
    .action(async (options: { subscribers: string; paused: string; events: string; rounds: string }) => {
      if (!existsSync(script)) throw new Error('bench subscribers needs the project’s source with its tests');
      const { subscribers, paused, events, rounds } = options;
      const child = spawn(process.execPath, [script, subscribers, paused, events, rounds], {
        stdio: 'inherit',
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}
