import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Alibaba1688Connector,
  createAlibaba1688Connector,
} from '../../../src/connectors/alibaba-1688/connector.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { tokenSet } from '../fake-session.ts';
import { json, raw, type ScriptedServer, startScriptedServer } from '../scripted-server.ts';

const now = new Date('2026-04-01T00:00:00Z');
const signal = new AbortController().signal;
let server: ScriptedServer;
let connector: Alibaba1688Connector;

beforeAll(async () => {
  server = await startScriptedServer();
  connector = createAlibaba1688Connector(
    { gatewayUrl: server.url, appKey: '1000000', appSecret: 'secret-hush' },
    { clock: { now: () => now }, realClock: { now: () => now }, log: silentLog },
  );
});
afterAll(async () => {
  await connector.close();
  await server[Symbol.asyncDispose]();
});

const answer = (more: string) =>
  json(
    `{"access_token":"8795258a-new","expires_in":"36000","aliId":8888888888888888888,"memberId":"b2b-1"${more}}`,
  );

describe('authorization', () => {
  it('builds the address a merchant opens', () => {
    const url = new URL(connector.buildAuthorizeUrl('https://shop.example/back?x=1', 'st&te'));
    expect(url.origin + url.pathname).toBe('https://auth.1688.com/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '1000000',
      site: '1688',
      redirect_uri: 'https://shop.example/back?x=1',
      state: 'st&te',
    });
  });

  it.each([
    ['"20260928200339000+0800"', '2026-09-28T12:03:39.000Z'],
    ['"20260928200339+0800"', '2026-09-28T12:03:39.000Z'],
  ])('exchanges a code; refresh_token_timeout %s', async (timeout, expected) => {
    server.script.push(answer(`,"refresh_token":"7a5f","refresh_token_timeout":${timeout}`));
    const tokens = await connector.exchangeCode('code-1', 'https://shop.example/back', signal);
    expect(tokens).toEqual({
      accessToken: '8795258a-new',
      refreshToken: '7a5f',
      accessExpiresAt: new Date('2026-04-01T10:00:00Z'),
      refreshExpiresAt: new Date(expected),
      memberId: 'b2b-1',
    });
    expect(server.seen.at(-1)).toMatchObject({
      method: 'POST',
      path: '/openapi/http/1/system.oauth2/getToken/1000000',
      form: {
        grant_type: 'authorization_code',
        need_refresh_token: 'true',
        client_id: '1000000',
        client_secret: 'secret-hush',
        redirect_uri: 'https://shop.example/back',
        code: 'code-1',
      },
    });
    expect(server.seen.at(-1)?.form).not.toHaveProperty('_aop_signature');
  });

  it('keeps the old refresh token and its end when the answer brings none', async () => {
    const held = tokenSet('old', { refreshExpiresAt: new Date('2026-09-01T00:00:00Z'), memberId: 'b2b-9' });
    server.script.push(json('{"access_token":"new","expires_in":36000}'));
    expect(await connector.refreshTokens(held, signal)).toEqual({
      accessToken: 'new',
      refreshToken: 'refresh-0001',
      accessExpiresAt: new Date('2026-04-01T10:00:00Z'),
      refreshExpiresAt: held.refreshExpiresAt,
      memberId: 'b2b-9',
    });
    server.script.push(answer(',"refresh_token":"changed"'));
    expect(await connector.refreshTokens(held, signal)).toMatchObject({
      refreshToken: 'changed',
      refreshExpiresAt: null,
    });
    expect(server.seen.at(-1)?.form).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0001',
    });
  });

  it('has nothing to refresh a fixed token with', async () => {
    const before = server.seen.length;
    await expect(
      connector.refreshTokens(tokenSet('fixed', { refreshToken: null }), signal),
    ).rejects.toMatchObject({
      code: 'authorization_expired',
    });
    expect(server.seen.length).toBe(before);
  });

  it.each([
    [
      'authorization_expired',
      json('{"error":"invalid_grant","error_description":"refresh token is dead"}', 400),
    ],
    ['authorization_expired', json('{"error_code":"401","error_message":"Request need user authorized"}')],
    [
      'authorization_expired',
      json('{"error_code":"expired","error_message":"refresh_token=hush-hush-token"}'),
    ],
    ['permanent', json('{"error":"invalid_client","error_description":"secret"}', 400)],
    ['permanent', json('{"error_code":"gw.AppKeyNotFound","error_message":"no such key"}', 400)],
    [
      'throttled',
      json('{"error_code":"gw.QosAppFrequencyLimit","error_message":"App call exceeds limited frequency"}'),
    ],
    ['transient', raw(502, { 'content-type': 'text/html' }, '<html>')],
    ['transient', json('{"access_token":')],
    ['permanent', json('{"expires_in":"36000"}')],
    ['permanent', json('[]')],
  ] as const)('%s, asked once only', async (code, step) => {
    const before = server.seen.length;
    server.script.push(step);
    const error = await connector.refreshTokens(tokenSet('old'), signal).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain('hush');
    expect(server.seen.length).toBe(before + 1);
  });
});
