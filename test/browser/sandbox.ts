import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { post } from '../support/graphql-client.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The whole program with its sandbox, as `npm start` runs it, in a folder of its own. */
export interface Sandbox extends AsyncDisposable {
  readonly url: string;
  /** Runs one operation as the visitor of the demo. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Stops the program and starts it again on the same port and data. */
  restart(): Promise<void>;
}

/** Runs one operation as the visitor of the demo at an address. @throws Error when the API refuses */
export async function askAt<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const answer = await post<Data>(`${url}/graphql`, query, variables);
  if (answer.data === undefined || answer.data === null || answer.errors !== undefined) {
    throw new Error(`the API refused: ${JSON.stringify(answer)}`);
  }
  return answer.data;
}

/** Waits until planning has gone through all levels and has suggested what to order. */
export function untilPlanned(url: string): Promise<void> {
  return until(async () => {
    const { replenishmentSuggestions } = await askAt<{
      replenishmentSuggestions: { totalCount: { value: number } };
    }>(url, '{ replenishmentSuggestions(first: 0) { totalCount { value } } }');
    return replenishmentSuggestions.totalCount.value > 0;
  });
}

/** What a sandbox is started with. */
export interface SandboxOptions {
  /** Arguments of the program, such as `--roles`. */
  readonly args?: readonly string[];
  /** Folder of an existing database; none = a new one, and the first load is waited for. */
  readonly folder?: string;
}

/** Starts the program and waits until it is ready and the first load has brought alerts. Its folder ends with it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'shuiwei-browser-')));
  // Started as root, Postgres runs as another user, who must get in.
  await chmod(folder, 0o755);
  const args = options.args ?? [];
  let { child, url } = await start(folder, '0', args);
  const ask = <Data>(query: string, variables: Record<string, unknown> = {}) =>
    askAt<Data>(url, query, variables);
  const hasAlerts = async () => {
    const { overview } = await ask<{ overview: { openAlertCount: number } }>(
      '{ overview { openAlertCount } }',
    );
    return overview.openAlertCount > 0;
  };
  if (options.folder === undefined) await until(hasAlerts);
  return {
    get url() {
      return url;
    },
    ask,
    async restart() {
      await stop(child);
      ({ child, url } = await start(folder, new URL(url).port, args));
    },
    async [Symbol.asyncDispose]() {
      await stop(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  folder: string,
  port: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      SHUIWEI_DATA_DIR: folder,
      PORT: port,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /(http:\/\/127\.0\.0\.1:\d+)\/graphql/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
  });
  return { child, url };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Asks again until it is so; the test's own time limit ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 200));
}
