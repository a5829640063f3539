import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs the measurement with vitest, which brings a throw-away database; its figures come as variables. */
const [subscribers, paused, events, rounds] = process.argv.slice(2);
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const settings = ['run', '--config', 'vitest.storm.config.ts', 'test/faults/subscribers.storm.ts'];
const child = spawn(process.execPath, [vitest, ...settings], {
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  stdio: 'inherit',
  env: { ...process.env, SUBSCRIBERS: subscribers, PAUSED: paused, EVENTS: events, ROUNDS: rounds },
});
const [code] = (await once(child, 'exit')) as [number | null];
process.exitCode = code ?? 1;
