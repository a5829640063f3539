import { afterEach, describe, expect, it } from 'vitest';
import { isSignatureValid, signPushMessage } from '../../../src/connectors/sandbox-1688/wire/sign.ts';
import { at, call, rowsAt, startTestGateway } from './support.ts';

const account = 'com.alibaba.account:alibaba.account.basic';
const list = 'com.alibaba.product:alibaba.product.list.get';
const detail = 'com.alibaba.product:alibaba.product.get';

const open: { close(): Promise<void> }[] = [];
async function start(settings: Parameters<typeof startTestGateway>[0] = {}) {
  const started = await startTestGateway(settings);
  open.push(started.gateway);
  return { ...started, url: started.gateway.gatewayUrl, token: started.gateway.tokens.accessToken };
}
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
});

describe('signatures', () => {
  it.each([
    [
      'param2/1/system/currentTime/1000000',
      { b: '2', a: '1' },
      'test123',
      '33E54F4F7B989E3E0E912D3FBD2F1A03CA7CCE88',
    ],
    [
      'param2/1/com.alibaba.trade/alibaba.trade.getBuyerOrderList/1234567',
      {
        access_token: 'tok-abc',
        _aop_datatype: 'application/json',
        _aop_timestamp: '1700000000000',
        page: '1',
        pageSize: '20',
      },
      'secretXYZ',
      'D01C12C8FCD4B59367FFDD51E1DEC31C7C237A4C',
    ],
    // A client may sort the joined texts or the names.
    ['param2/1/ns/api/k', { a: 'z', aB: '1' }, 's', 'DFBCEBCF1CE9CC6BBFC15E7DDA52D4AB18BF636E'],
    ['param2/1/ns/api/k', { a: 'z', aB: '1' }, 's', '809736B7624BB42F7376EE6D94D872D433512821'],
  ])('accepts the published vector of %s', (path, params, secret, expected) => {
    expect(isSignatureValid(path, new Map(Object.entries(params)), secret, expected)).toBe(true);
    expect(isSignatureValid(path, new Map(Object.entries(params)), `${secret}x`, expected)).toBe(false);
  });

  it('signs a push message as the published vector says', () => {
    const message =
      '{"msgId":5746327830,"type":"PRODUCT_PRODUCT_INVENTORY_CHANGE","userInfo":"b2b-1623492085","data":{"OfferInventoryChangeList":[{"offerId":584051070147,"offerOnSale":1490,"skuId":3935963888523,"skuOnSale":20,"quantity":-10,"bizTime":"1564984329147"}]},"gmtBorn":1564984329200}';
    expect(signPushMessage(message, 'test123')).toBe('EEDAB6A11C63A385291C3FF8FCC68349F9598E68');
  });
});

describe('checks in the order of the platform', () => {
  it('API, key, signature, token, permission, parameters, business', async () => {
    const { url, token } = await start({ options: { deniedApis: [`${list}-1`] } });
    const code = async (...args: Parameters<typeof call> extends [string, ...infer R] ? R : never) => {
      const { status, body } = await call(url, ...args);
      return [status, body.error_code];
    };
    // Everything is wrong, and each time the first wrong thing is named.
    expect(await code('nobody:knows', {}, { key: '999', unsigned: true })).toEqual([
      400,
      'gw.APIUnsupported',
    ]);
    expect(await code(list, {}, { key: '', unsigned: true })).toEqual([400, 'gw.AppKeyMissing']);
    expect(await code(list, {}, { key: '999', unsigned: true })).toEqual([400, 'gw.AppKeyNotFound']);
    expect(await code(list, {}, { unsigned: true })).toEqual([400, 'gw.SignatureMissing']);
    expect(await code(list, {}, { secret: 'wrong' })).toEqual([400, 'gw.SignatureInvalid']);
    expect(await code(list, {})).toEqual([401, '401']);
    expect(await code(list, {}, { token })).toEqual([400, 'gw.APIACLDecline']);
    expect(await code(detail, {}, { token })).toEqual([400, 'gw.ParamMissing']);
    const { status, body } = await call(url, detail, { productID: '1' }, { token });
    expect([status, body.errMsg]).toEqual([200, 'Product [1] does not exist']);
  });

  it('has the three members of a refusal', async () => {
    const { url } = await start();
    const { body } = await call(url, account, {}, { token: 'nonsense' });
    expect(body).toEqual({
      error_code: '401',
      error_message: 'Request need user authorized',
      exception: 'Request need user authorized',
    });
  });

  it('answers a call that is right', async () => {
    const { gateway, url, token } = await start();
    const { status, body } = await call(url, account, {}, { token });
    expect([status, at(body, 'result', 'memberId')]).toEqual([200, gateway.memberId]);
  });

  it('throttles each app by its own bucket, once with 200 and once with 400', async () => {
    const { url, token, realClock } = await start({
      options: { callsPerSecond: 2, otherApps: [{ appKey: '2000000', appSecret: 'other' }] },
    });
    const answers = [];
    for (let index = 0; index < 4; index++) answers.push(await call(url, account, {}, { token }));
    expect(answers.map(({ body }) => body.error_code ?? 'ok')).toEqual([
      'ok',
      'ok',
      'gw.QosAppFrequencyLimit',
      'gw.QosAppFrequencyLimit',
    ]);
    expect(new Set(answers.slice(2).map(({ status }) => status))).toEqual(new Set([200, 400]));
    const other = await call(url, account, {}, { token, key: '2000000', secret: 'other' });
    expect(other.body.error_code).toBeUndefined();
    realClock.advance(500);
    expect((await call(url, account, {}, { token })).body.error_code).toBeUndefined();
  });
});

describe('tokens', () => {
  const tokenCall = async (url: string, protocol: string, params: Record<string, string>) => {
    const response = await fetch(`${url}/openapi/${protocol}/1/system.oauth2/getToken/1000000`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: '1000000', client_secret: 'test123', ...params }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  it('end after their age in real time and are renewed without a signature, on both paths', async () => {
    const { gateway, url, token, realClock } = await start({ options: { accessTokenLifeMs: 60_000 } });
    realClock.advance(60_001);
    expect((await call(url, account, {}, { token })).status).toBe(401);
    for (const protocol of ['http', 'param2']) {
      const { refreshToken } = gateway.tokens;
      const { body } = await tokenCall(url, protocol, {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      expect(body.expires_in).toBe('60');
      expect((await call(url, account, {}, { token: body.access_token ?? '' })).status).toBe(200);
    }
  });

  it('exchanges a code once, and only for two minutes', async () => {
    const { gateway, url, realClock } = await start();
    const exchange = (code: string) =>
      tokenCall(url, 'http', { grant_type: 'authorization_code', need_refresh_token: 'true', code });
    const code = gateway.issueCode();
    const first = await exchange(code);
    expect(first.body.memberId).toBe(gateway.memberId);
    expect(first.body.refresh_token_timeout).toMatch(/^\d{17}\+0800$/);
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    const late = gateway.issueCode();
    realClock.advance(120_001);
    expect((await exchange(late)).body.error).toBe('invalid_grant');
  });

  it('rotates refresh tokens when told to, and knows the tokens of its predecessor', async () => {
    const first = await start({ options: { rotateRefreshTokens: true } });
    const refresh = (refreshToken: string) =>
      tokenCall(first.url, 'http', { grant_type: 'refresh_token', refresh_token: refreshToken });
    const renewed = await refresh(first.gateway.tokens.refreshToken);
    expect((await refresh(first.gateway.tokens.refreshToken)).body.error).toBe('invalid_grant');
    expect((await refresh(renewed.body.refresh_token ?? '')).status).toBe(200);
    const second = await start();
    expect((await call(second.url, account, {}, { token: first.token })).status).toBe(200);
  });

  it('are all refused after the owner revoked them', async () => {
    const { gateway, url, token } = await start();
    gateway.revokeTokens();
    expect((await call(url, account, {}, { token })).body.error_code).toBe('401');
    const body = { grant_type: 'refresh_token', refresh_token: gateway.tokens.refreshToken };
    expect((await tokenCall(url, 'http', body)).body.error).toBe('invalid_grant');
  });

  it('belong to one merchant each', async () => {
    const { gateway, url } = await start({ merchants: 3 });
    for (const merchant of gateway.merchants) {
      const { body } = await call(url, account, {}, { token: merchant.tokens.accessToken });
      expect(at(body, 'result', 'memberId')).toBe(merchant.memberId);
    }
    const ids = new Set<unknown>();
    for (const { tokens } of gateway.merchants) {
      const { body } = await call(url, list, {}, { token: tokens.accessToken });
      for (const row of rowsAt(body, 'result', 'pageResult', 'resultList')) ids.add(row.productID);
    }
    expect(ids.size).toBeGreaterThan(20);
  });
});
