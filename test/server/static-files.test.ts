import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStaticFiles } from '../../src/server/static-files.ts';
import { anonymousOptions, startTestServer, type TestServer } from '../support/app.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let folder: string;
let running: TestServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuiwei-static-'));
  running = await startTestServer({
    ...anonymousOptions(createStubSchema().schema),
    staticFiles: createStaticFiles({ folder: join(folder, 'built'), pageNames: ['items'] }),
  });
});

afterEach(async () => {
  await running[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Builds a page as the bundler would, and something beside it that must never be served. */
async function build(): Promise<void> {
  await mkdir(join(folder, 'built/assets'), { recursive: true });
  await writeFile(join(folder, 'built/index.html'), '<!doctype html>水位');
  await writeFile(join(folder, 'built/assets/index-1a2b.js'), 'export const a = 1;'.repeat(100));
  await writeFile(join(folder, 'built/notes.unknown'), 'not served');
  await writeFile(join(folder, 'secret.json'), '{}');
}

/** Asks with the path exactly as it is written, which fetch would tidy first. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(running.url);
      request({ hostname, port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      })
        .once('error', reject)
        .end();
    },
  );
}

const asPage = { accept: 'text/html' };

test('while nothing is built the first page says how to build; a later build shows without a restart', async () => {
  const before = await ask('/', asPage);
  expect([before.status, before.body.toString()]).toEqual([200, expect.stringContaining('npm run build')]);
  expect((await ask('/items', asPage)).status).toBe(404);
  await build();
  expect((await ask('/', asPage)).body.toString()).toBe('<!doctype html>水位');
});

test('the page answers for its own paths, and only when a page is asked for', async () => {
  await build();
  for (const path of ['/', '/items', '/items/A-1', '/items?show=low']) {
    const answer = await ask(path, asPage);
    expect([path, answer.status, answer.headers['cache-control']]).toEqual([path, 200, 'no-cache']);
  }
  expect((await ask('/elsewhere', asPage)).status).toBe(404);
  expect((await ask('/items', { accept: 'application/json' })).status).toBe(404);
  expect((await ask('/items', asPage, 'POST')).status).toBe(404);
});

test('assets are kept for ever, packed when the browser takes it', async () => {
  await build();
  const plain = await ask('/assets/index-1a2b.js');
  expect(plain.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  const packed = await ask('/assets/index-1a2b.js', { 'accept-encoding': 'gzip, br' });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  expect(packed.body.length).toBeLessThan(plain.body.length);
  expect(gunzipSync(packed.body)).toEqual(plain.body);
  const head = await ask('/assets/index-1a2b.js', {}, 'HEAD');
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
    200,
    String(plain.body.length),
    0,
  ]);
});

test('scripts and styles come from here alone', async () => {
  await build();
  const policy = (await ask('/', asPage)).headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});

test.each([
  '/../secret.json',
  '/assets/../../secret.json',
  '/%2e%2e/secret.json',
  '/assets/..%2f..%2fsecret.json',
  '/notes.unknown',
  '/assets',
  '/index.html/',
])('%s is no file of the page', async (path) => {
  await build();
  expect((await ask(path)).status).toBe(404);
});
