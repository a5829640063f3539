import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const projectDir = resolve(import.meta.dirname, '../..');
const startDeadlineMs = 180_000;

/** A sandbox of its own: the whole program in a process, with an empty database in a temporary folder. */
export interface SandboxServer {
  /** Address of the API, up to `/graphql`. */
  readonly url: string;
  /** The last of what the program wrote. */
  output(): string;
  /** Ends the process and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Starts the program as a newcomer does and waits until it says where it listens.
 *
 * @param args - words after `npm start --`
 * @throws when the program ends first, or does not say so within three minutes
 */
export async function startSandbox(args: readonly string[] = []): Promise<SandboxServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shuiwei-acceptance-'));
  // As root the database runs as a system user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, SHUIWEI_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await end(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const said = { text: '' };
    return { url: await addressOf(child, said), output: () => said.text, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(child: ChildProcess, said: { text: string }): Promise<string> {
  return new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`not listening yet: ${said.text}`)), startDeadlineMs);
    const look = (chunk: Buffer) => {
      said.text = (said.text + chunk.toString()).slice(-20_000);
      const match = /GraphiQL\s+(http:\S+\/graphql)/.exec(said.text);
      if (match?.[1] === undefined) return;
      clearTimeout(timer);
      found(match[1]);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => failed(new Error(`the program ended with ${code}: ${said.text}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(timer);
}
