import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channels } from '../../../src/connectors/channel.ts';
import { createChannels } from '../../../src/connectors/channels.ts';
import { isAppError } from '../../../src/shared/errors.ts';
import { json, raw, type ScriptedServer, type Step, startScriptedServer } from '../scripted-server.ts';
import { failureOf, forever, lenientChannels, message, targetOf } from './rig.ts';

let server: ScriptedServer;
let channels: Channels;
beforeAll(async () => {
  server = await startScriptedServer();
  channels = lenientChannels(null);
});
afterAll(async () => {
  await channels.close();
  await server[Symbol.asyncDispose]();
});

const signSecret = 'hook-secret-0123456789';

function call(step: Step, given: Channels = channels) {
  server.script.push(step);
  const target = targetOf(given, 'WEBHOOK', { url: `${server.url}/in`, signSecret });
  return given.deliver('WEBHOOK', target, message(), forever);
}

function write(step: Step) {
  server.script.push(step);
  const target = targetOf(channels, 'WECOM', { webhookUrl: `${server.url}/wecom?key=k-0123456789` });
  return channels.deliver('WECOM', target, message(), forever);
}

describe('a webhook that answers', () => {
  it.each([
    ['410: gone for good', raw(410, {}), { code: 'permanent', params: { reason: 'gone' } }],
    ['404', raw(404, {}), { code: 'permanent', params: { provider: 'HTTP 404' } }],
    ['503', raw(503, {}), { code: 'transient' }],
    ['429 with a wait', raw(429, { 'retry-after': '7' }), { code: 'throttled', retryAfterMs: 7_000 }],
    ['a redirect', raw(302, { location: 'http://127.0.0.1/secret' }), { code: 'permanent' }],
  ])('%s', async (_name, step, expected) => {
    const before = server.seen.length;
    expect(await failureOf(call(step))).toMatchObject(expected);
    expect(server.seen.length).toBe(before + 1);
  });

  it('10 MB: the status counts, the rest is not read', async () => {
    expect(await call(raw(200, {}, Buffer.alloc(10 * 1024 * 1024, 97)))).toEqual({ answer: 'HTTP 200' });
  });

  it('without end: the status counts, the rest is not read', async () => {
    const endless: Step = (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384, 97)));
      };
      response.on('drain', more);
      more();
    };
    expect(await call(endless)).toEqual({ answer: 'HTTP 200' });
  });

  it('a drop at a time: called off at the deadline', async () => {
    const hasty = createChannels({
      smtpUrl: null,
      checkUrl: (text) => new URL(text),
      http: { publicOnly: false, timeoutMs: 150 },
    });
    const dripping: Step = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    };
    expect((await failureOf(call(dripping, hasty))).code).toBe('deadline_exceeded');
    await hasty.close();
  });

  it('nothing, because nobody listens', async () => {
    const target = targetOf(channels, 'WEBHOOK', { url: 'http://127.0.0.1:1/in', signSecret });
    const failure = await failureOf(channels.deliver('WEBHOOK', target, message(), forever));
    expect(failure).toMatchObject({ code: 'transient' });
    expect(failure.message).not.toContain(signSecret);
  });
});

describe('a robot that answers HTTP 200', () => {
  it.each([
    ['an HTML page', raw(200, {}, '<html>proxy</html>'), 'transient'],
    ['a body without a code', json('{"ok":true}'), 'transient'],
    ['busy', json('{"errcode":-1,"errmsg":"system busy"}'), 'transient'],
    ['an error of its own', json('{"errcode":40058,"errmsg":"too long"}'), 'permanent'],
    ['10 MB', raw(200, {}, Buffer.alloc(10 * 1024 * 1024, 97)), 'permanent'],
  ])('%s', async (_name, step, code) => {
    expect((await failureOf(write(step))).code).toBe(code);
  });
});

describe('addresses that a user may not choose', () => {
  const guarded = createChannels({ smtpUrl: null });
  afterAll(() => guarded.close());

  it.each([
    'http://example.com/hook',
    'https://user:pass@example.com/hook',
    'https://example.com:22/hook',
    'ftp://example.com/hook',
    'not a url',
    'https://127.0.0.1/hook',
    'https://0x7f000001/hook',
    'https://[::ffff:127.0.0.1]/hook',
    'https://10.1.2.3:8443/hook',
  ])('%s is refused when it is entered', (url) => {
    expect(() => guarded.prepare({ kind: 'WEBHOOK', entered: { url, signSecret } }, true)).toThrow(
      expect.objectContaining({ code: 'invalid_input', params: expect.objectContaining({ field: 'url' }) }),
    );
  });

  it.each([
    'https://127.0.0.1/hook',
    'https://2130706433/hook',
    'https://0x7f000001/hook',
    'https://0177.0.0.1/hook',
    'https://127.1/hook',
    'https://0.0.0.0/hook',
    'https://[::1]/hook',
    'https://[::ffff:127.0.0.1]/hook',
    'https://[64:ff9b::7f00:1]/hook',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.1.2.3:8443/hook',
    'https://localhost/hook',
  ])('%s is never connected to', async (url) => {
    // Entered before such addresses were refused.
    const target = targetOf(channels, 'WEBHOOK', { url, signSecret });
    const failure = await failureOf(guarded.deliver('WEBHOOK', target, message(), forever));
    expect(failure.code).toBe('forbidden');
  });

  it.each(['smtp://127.0.0.1:25', 'smtps://2130706433:465', 'smtp://u:p@[::1]:587', 'smtp://localhost:2525'])(
    'the mail server %s is never connected to',
    async (smtpUrl) => {
      const target = targetOf(guarded, 'EMAIL', { from: 'a@example.com', smtpUrl }, [
        { name: 'b', role: null, address: 'b@example.com', userId: null },
      ]);
      expect((await failureOf(guarded.deliver('EMAIL', target, message(), forever))).code).toBe('forbidden');
    },
  );

  it('a mail server at a port of something else is not either', async () => {
    const target = targetOf(guarded, 'EMAIL', { from: 'a@example.com', smtpUrl: 'smtp://example.com:6379' });
    expect((await failureOf(guarded.deliver('EMAIL', target, message(), forever))).code).toBe('forbidden');
  });
});

describe('settings', () => {
  it.each([
    [
      'one of another kind',
      'WECOM',
      { webhookUrl: 'https://example.com/x', templateCode: 'SMS_1' },
      'templateCode',
    ],
    ['an unknown one', 'INBOX', { colour: 'red' }, 'colour'],
    ['a missing one', 'WEBHOOK', { url: 'https://example.com/x' }, 'signSecret'],
    ['a header in a sender', 'EMAIL', { from: 'a@example.com\r\nBcc: x@example.com' }, 'from'],
    ['a bad template', 'SMS', { templateCode: 'hello' }, 'templateCode'],
  ] as const)('%s is refused by name, never by value', (_name, kind, entered, field) => {
    try {
      channels.prepare({ kind, entered: { ...entered } }, true);
      expect.unreachable();
    } catch (error) {
      if (!isAppError(error, 'invalid_input')) throw error;
      expect(error.params.field).toBe(field);
      for (const value of Object.values(entered)) expect(error.message).not.toContain(value);
    }
  });

  it('keeps stored secrets when none are given, and asks for all when one is', () => {
    expect(channels.prepare({ kind: 'WEBHOOK', entered: {} }, false).secrets).toBeNull();
    expect(() => channels.prepare({ kind: 'WEBHOOK', entered: { signSecret } }, false)).toThrow('url');
  });
});
