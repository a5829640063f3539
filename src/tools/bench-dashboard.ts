import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

const script = fileURLToPath(new URL('../../test/browser/bench.ts', import.meta.url));

/**
 * `bench dashboard`: sizes, first paint and delays of the dashboard in a real browser, over a throw-away database.
 * Runs as a program of its own, since it needs a browser and packages that only a development installation has.
 */
export function benchDashboardCommand(): Command {
  return new Command('dashboard')
    .description(
      'dashboard in Chromium: bundle sizes, first paint, table of 100,000 items beside the raw API',
    )
    .option('--items <count>', 'items in the table', '100000')
    .option('--rounds <count>', 'measurements of each step; the median counts', '7')
    .action(async (options: { items: string; rounds: string }) => {
      if (!existsSync(script)) throw new Error('bench dashboard needs the project’s source with its tests');
      const child = spawn(process.execPath, [script, options.items, options.rounds], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}
