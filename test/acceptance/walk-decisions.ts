import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startSandbox } from './sandbox-server.ts';

/**
 * Starts a sandbox with an empty database and walks one item through it by the API alone: low, alert, suggestion,
 * approval, expected inbound, arrival, alert over. Prints every call; ends with 1 when anything does not follow.
 */
const projectDir = resolve(import.meta.dirname, '../..');
const sandbox = await startSandbox();
try {
  const child = spawn(process.execPath, ['src/tools/cli.ts', 'demo', 'decisions', '--url', sandbox.url], {
    cwd: projectDir,
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
  if (process.exitCode !== 0) process.stderr.write(`\nthe program said:\n${sandbox.output()}\n`);
} finally {
  await sandbox.stop();
}
