import fc from 'fast-check';
import type { buildConnector } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertUserChosenUrl, guardConnect, isPublicAddress } from '../../src/connectors/address-guard.ts';
import { createHttpClient } from '../../src/connectors/http.ts';
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
let port: string;
beforeAll(async () => {
  server = await startScriptedServer();
  port = new URL(server.url).port;
});
afterAll(() => server[Symbol.asyncDispose]());

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '172.32.0.1',
    '223.5.5.5',
    '2400:3200::1',
    '2606:4700::1111',
  ])('lets %s pass', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
    ...['172.31.255.255', '192.168.0.1', '198.18.0.1', '224.0.0.1', '239.1.1.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
    ],
    ...['fc00::1', 'fd12::1', 'fe80::1', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::'],
    ...['localhost', '', '1.2.3', '0x7f.1', '[::1]', 'fe80::1%eth0'],
  ])('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it('refuses every private and loopback address', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.constantFrom('10', '127', '0'), octet, octet, octet, (a, b, c, d) => {
        expect(isPublicAddress(`${a}.${b}.${c}.${d}`)).toBe(false);
        expect(isPublicAddress(`::ffff:${a}.${b}.${c}.${d}`)).toBe(false);
      }),
    );
  });
});

describe('the guarded client', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
  ])('never connects to %s', async (host) => {
    const client = createHttpClient({ publicOnly: true });
    const before = server.connections();
    const sent = client.send({
      method: 'GET',
      url: `http://${host}:${port}/`,
      signal: new AbortController().signal,
    });
    await expect(sent).rejects.toMatchObject({ code: 'forbidden' });
    expect(server.connections()).toBe(before);
    await client.close();
  });

  it('never connects to a name that leads inside, not even beside a public address', async () => {
    const reached: string[] = [];
    const answers = new Map([
      ['inside.example', ['10.0.0.8']],
      ['both.example', ['8.8.8.8', '127.0.0.1']],
      ['nothing.example', []],
    ]);
    const guard = guardConnect(
      (options, callback) => {
        reached.push(options.hostname);
        callback(new Error('not reached'), null);
      },
      async (hostname) => answers.get(hostname) ?? [],
    );
    for (const hostname of answers.keys()) {
      const error = await new Promise((resolve) =>
        guard({ hostname, protocol: 'https:', port: '443' }, (...[fault]) => resolve(fault)),
      );
      expect(error).toMatchObject({ code: 'forbidden' });
    }
    expect(reached).toEqual([]);
  });

  it('connects to the address that was checked, and keeps the name for the certificate', async () => {
    const reached: buildConnector.Options[] = [];
    let asked = 0;
    // A rebinding name: public when checked, inside when asked again.
    const guard = guardConnect(
      (options, callback) => {
        reached.push(options);
        callback(new Error('far enough'), null);
      },
      async () => (asked++ === 0 ? ['8.8.4.4'] : ['127.0.0.1']),
    );
    await new Promise((resolve) =>
      guard({ hostname: 'rebind.example', protocol: 'https:', port: '443' }, (...[fault]) => resolve(fault)),
    );
    expect(reached).toMatchObject([{ hostname: '8.8.4.4', servername: 'rebind.example' }]);
  });

  it('lets a configured gateway stand on the same machine', async () => {
    const client = createHttpClient({ publicOnly: false });
    const answer = await client.send({
      method: 'GET',
      url: server.url,
      signal: new AbortController().signal,
    });
    expect(answer.status).toBe(200);
    await client.close();
  });
});

describe('assertUserChosenUrl', () => {
  it('takes https on 443 and 8443', () => {
    expect(assertUserChosenUrl('https://wms.example.com/feed').host).toBe('wms.example.com');
    expect(assertUserChosenUrl('https://wms.example.com:8443/').port).toBe('8443');
    expect(assertUserChosenUrl('https://8.8.8.8/').host).toBe('8.8.8.8');
  });

  it.each([
    'http://wms.example.com',
    'https://u:p@wms.example.com',
    'https://wms.example.com:22',
    'ftp://x',
    '/feed',
    ...[
      'https://127.0.0.1/x',
      'https://2130706433',
      'https://10.1.2.3:8443',
      'https://[::1]',
      'https://[fd00::1]/',
    ],
  ])('refuses %s', (text) =>
    expect(() => assertUserChosenUrl(text)).toThrow(expect.objectContaining({ code: 'invalid_input' })),
  );
});
