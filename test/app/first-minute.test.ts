import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const projectDir = resolve(import.meta.dirname, '../..');
let dataDir: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shuiwei-first-minute-'));
  // As root the database runs as a system user, who must be able to enter.
  await chmod(dataDir, 0o755);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly output: () => string;
}

/** Starts the real program as its own process and waits until it says where it listens. */
async function start(environment: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, SHUIWEI_DATA_DIR: dataDir, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  const url = await new Promise<string>((found, failed) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      const match = /GraphiQL\s+(http:\S+)\/graphql/.exec(output);
      if (match?.[1] !== undefined) found(match[1]);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => failed(new Error(`ended with ${code}: ${output}`)));
  });
  return { child, url, output: () => output };
}

async function stop({ child }: Started): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await exit;
  children.delete(child);
  return code as number | null;
}

async function firstAlert(url: string, after: string | null): Promise<{ cursor: string; reason: string }> {
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  try {
    const events = client.iterate<{ stockAlertChanged: { cursor: string; reason: string } }>({
      query: 'subscription ($after: String) { stockAlertChanged(after: $after) { cursor reason } }',
      variables: { after },
    });
    for await (const { data } of events) if (data != null) return data.stockAlertChanged;
    throw new Error('the stream ended');
  } finally {
    await client.dispose();
  }
}

async function ask(url: string, query: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: Record<string, unknown> }).data;
}

/** Runs the command beside the program. */
async function shuiwei(
  args: string[],
): Promise<{ exitCode: number | null; said: string; complaint: string }> {
  const child = spawn(process.execPath, ['src/tools/cli.ts', ...args], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, SHUIWEI_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const [said, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  children.delete(child);
  return { exitCode, said, complaint };
}

test('a newcomer’s first minute, a restart, and a stop', async () => {
  const first = await start({});
  expect(await (await fetch(`${first.url}/ready`)).json()).toMatchObject({ status: 'ready' });
  const live = await firstAlert(first.url, null);
  expect(live.cursor).not.toBe('');
  const before = (await ask(first.url, '{ viewer { businessTime clockSpeed } }')) as {
    viewer: { businessTime: string; clockSpeed: number };
  };
  expect(before.viewer.clockSpeed).toBe(720);
  const address = ['--url', `${first.url}/graphql`];
  expect(await shuiwei(['watch', ...address, '--after', 'begin', '--count', '1'])).toMatchObject({
    exitCode: 0,
    said: expect.stringMatching(/^\d{4}-\d\d-\d\dT\S+ +(WARNING|CRITICAL|INFO) +[A-Z_]+ /),
  });
  const refused = await shuiwei(['watch', ...address, '--after', 'no-cursor', '--count', '1']);
  expect(refused).toMatchObject({ exitCode: 1, complaint: expect.stringContaining('the server refused: ') });
  expect(refused.complaint).not.toMatch(/^ +at /m);
  expect(await stop(first)).toBe(0);
  expect(first.output()).not.toMatch(/"level":"error"/);

  // The same folder again: business time goes on, and the old cursor still holds.
  const second = await start({});
  const after = (await ask(second.url, '{ viewer { businessTime } }')) as {
    viewer: { businessTime: string };
  };
  const passedMs = Date.parse(after.viewer.businessTime) - Date.parse(before.viewer.businessTime);
  expect(passedMs).toBeGreaterThan(0);
  expect(passedMs).toBeLessThan(2 * 86_400_000);
  expect((await firstAlert(second.url, live.cursor)).cursor).not.toBe(live.cursor);
  expect(await stop(second)).toBe(0);
}, 120_000);

test('a wrong configuration is refused with every fault and exit code 2', async () => {
  const child = spawn(process.execPath, ['src/main.ts', '--roles', 'cook'], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, PORT: 'many', DATABASE_URL: 'nowhere' },
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(2);
  for (const name of ['--roles', 'PORT', 'DATABASE_URL', 'TOKEN_KEYS']) expect(output).toContain(`- ${name}`);
});
