import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../src/connectors/http.ts';
import { raw, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
const signal = new AbortController().signal;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function get(options: Parameters<typeof createHttpClient>[0] = {}, path = '/x?secret=hush-hush') {
  const client = createHttpClient(options);
  try {
    return await client.send({ method: 'GET', url: server.url + path, signal });
  } finally {
    await client.close();
  }
}

describe('createHttpClient', () => {
  it('reads plain and compressed bodies', async () => {
    const body = Buffer.from('库存 {"a":1}');
    server.script.push(
      raw(200, {}, body),
      raw(200, { 'content-encoding': 'gzip' }, gzipSync(body)),
      raw(200, { 'content-encoding': 'br' }, brotliCompressSync(body)),
      raw(200, { 'content-encoding': 'deflate' }, deflateSync(body)),
    );
    for (let round = 0; round < 4; round++) expect((await get()).text).toBe('库存 {"a":1}');
  });

  it('hands on any status with its headers', async () => {
    server.script.push(raw(429, { 'Retry-After': '7' }, 'slow down'));
    const answer = await get();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('does not follow redirects', async () => {
    server.script.push(raw(302, { location: `${server.url}/other` }));
    const before = server.seen.length;
    await expect(get()).rejects.toMatchObject({
      code: 'permanent',
      message: expect.stringContaining('redirect'),
    });
    expect(server.seen.length).toBe(before + 1);
  });

  it('refuses a body above the bound, also one that only grows when unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(20_000);
    server.script.push(
      raw(200, {}, Buffer.alloc(70_000, 'a')),
      raw(200, { 'content-encoding': 'gzip' }, bomb),
    );
    const options = { maxBodyBytes: 65_536 };
    await expect(get(options)).rejects.toMatchObject({ code: 'permanent' });
    await expect(get(options)).rejects.toMatchObject({
      code: 'permanent',
      message: expect.stringContaining('65536'),
    });
  });

  it('ends a body that drips for ever, and an answer that never comes', async () => {
    server.script.push((response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    await expect(get({ timeoutMs: 80 })).rejects.toMatchObject({ code: 'deadline_exceeded' });
    server.script.push(() => {});
    await expect(get({ timeoutMs: 80 })).rejects.toMatchObject({ code: 'deadline_exceeded' });
  });

  it('is called off by the signal of the caller', async () => {
    const ending = new AbortController();
    const client = createHttpClient();
    server.script.push(() => ending.abort());
    const sent = client.send({ method: 'GET', url: server.url, signal: ending.signal });
    await expect(sent).rejects.toMatchObject({ code: 'deadline_exceeded' });
    const late = client.send({ method: 'GET', url: server.url, signal: ending.signal });
    await expect(late).rejects.toMatchObject({ code: 'deadline_exceeded' });
    await client.close();
  });

  it.each([
    [
      'a connection cut before the answer',
      (response: import('node:http').ServerResponse) => response.destroy(),
    ],
    [
      'a body shorter than announced',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"rows":[', () => response.destroy());
      },
    ],
    [
      'a chunked body without its end',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(200);
        response.write('a,b\n1,2\n', () => response.destroy());
      },
    ],
  ])('calls %s transient', async (_, step) => {
    server.script.push(step);
    await expect(get()).rejects.toMatchObject({ code: 'transient' });
  });

  it('calls half a gzip and half a character transient', async () => {
    const packed = gzipSync(Buffer.from('x'.repeat(5_000) + Math.random()));
    server.script.push(
      raw(200, { 'content-encoding': 'gzip' }, packed.subarray(0, packed.length - 12)),
      raw(200, {}, Buffer.from('库').subarray(0, 2)),
    );
    await expect(get()).rejects.toMatchObject({ code: 'transient' });
    await expect(get()).rejects.toMatchObject({
      code: 'transient',
      message: expect.stringContaining('UTF-8'),
    });
  });

  it('calls a refused connection transient and names the place without parameters', async () => {
    const gone = await startScriptedServer();
    await gone[Symbol.asyncDispose]();
    const client = createHttpClient();
    const sent = client.send({ method: 'GET', url: `${gone.url}/p?access_token=hush-hush`, signal });
    const error = await sent.catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'transient', message: expect.stringContaining('/p: ECONNREFUSED') });
    expect(String(error)).not.toContain('hush');
    await client.close();
  });
});
