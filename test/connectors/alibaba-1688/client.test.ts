import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signCall } from '../../../src/connectors/alibaba-1688/sign.ts';
import { fakeSession } from '../fake-session.ts';
import { json, raw, type Step } from '../scripted-server.ts';
import { offer, pageOf, productPage, type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

const listings = pageOf('listings');
const goodPage = productPage([offer(1)], 1);
const expired = json('{"error_code":"401","error_message":"Request need user authorized"}', 400);
const throttle =
  '{"error_code":"gw.QosAppFrequencyLimit","error_message":"App call exceeds limited frequency"}';

describe('a call', () => {
  it('is a signed POST whose address holds neither token nor signature', async () => {
    rig.server.script.push(goodPage);
    await rig.connector.fetchPage(fakeSession(), listings);
    const [seen] = rig.server.seen;
    const path = 'param2/1/com.alibaba.product/alibaba.product.list.get/1000000';
    expect(seen).toMatchObject({ method: 'POST', path: `/openapi/${path}` });
    expect(String(seen?.query)).toBe('');
    const { _aop_signature: signature, ...params } = seen?.form ?? {};
    expect(params).toMatchObject({
      access_token: 'token-0001',
      pageNo: '1',
      pageSize: '20',
      needDetail: 'true',
    });
    expect(signature).toBe(signCall(path, params, 'test123'));
  });

  it.each<[string, Step]>([
    ['HTML with 502', raw(502, { 'content-type': 'text/html' }, '<html>Bad Gateway</html>')],
    ['HTML with 200', raw(200, { 'content-type': 'text/html' }, '<html>maintenance</html>')],
    ['503', raw(503, {})],
    ['an error body with 500', json('{"error_code":"500","error_message":"system error"}', 500)],
    ['truncated JSON', json('{"success":true,"result":{"pageResult":{"resultList":[{"productID":1')],
    ['an empty body', raw(200, {})],
    ['a cut connection', (response) => response.destroy()],
    ['fewer rows than promised', productPage([offer(1)], 2)],
    ['no rows where one is promised', productPage([], 1)],
  ])('is repeated after %s, each time within the budget', async (_, fault) => {
    const session = fakeSession();
    rig.server.script.push(fault, fault, goodPage);
    const page = await rig.connector.fetchPage(session, listings);
    expect(page.observations).toHaveLength(1);
    expect(session.taken).toBe(3);
  });

  it.each<[string, Step]>([
    ['HTML', raw(200, { 'content-type': 'text/html' }, '<html>')],
    ['half pages', productPage([offer(1)], 20)],
    ['empty pages', productPage([], 20)],
  ])('fails visibly when only %s come, never with an empty page', async (_, fault) => {
    rig.server.fallback = fault;
    await expect(rig.connector.fetchPage(fakeSession(), listings)).rejects.toMatchObject({
      code: 'transient',
    });
    expect(rig.server.seen).toHaveLength(3);
  });

  it.each<[string, Step]>([
    ['a list', json('[]')],
    ['a text', json('"ok"')],
    ['a success without a list', json('{"success":true,"result":{}}')],
    [
      'a list that is none',
      json('{"success":true,"result":{"pageResult":{"resultList":"x","totalRecords":1}}}'),
    ],
    ['a 404 of another server', raw(404, { 'content-type': 'text/html' }, '<html>')],
    ['a redirect', raw(301, { location: 'https://elsewhere.example/' })],
  ])('fails for good on %s', async (_, fault) => {
    rig.server.script.push(fault);
    await expect(rig.connector.fetchPage(fakeSession(), listings)).rejects.toMatchObject({
      code: 'permanent',
    });
    expect(rig.server.seen).toHaveLength(1);
  });

  it('ends within its deadline when the answer drips', async () => {
    await rig[Symbol.asyncDispose]();
    rig = await startRig({ timeoutMs: 60, retry: { attempts: 1, baseDelayMs: 1, capDelayMs: 1 } });
    rig.server.script.push((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    const sent = rig.connector.fetchPage(fakeSession(), listings);
    await expect(sent).rejects.toMatchObject({ code: 'deadline_exceeded' });
  });

  it('refuses a page above the bound', async () => {
    await rig[Symbol.asyncDispose]();
    rig = await startRig({ maxBodyBytes: 1_000 });
    rig.server.script.push(productPage([offer(1, { subject: 'x'.repeat(2_000) })], 1));
    await expect(rig.connector.fetchPage(fakeSession(), listings)).rejects.toMatchObject({
      code: 'permanent',
    });
  });
});

describe('a refused token', () => {
  it('is renewed once, and the call is made again', async () => {
    const session = fakeSession(['old-token', 'new-token']);
    rig.server.script.push(expired, goodPage);
    const page = await rig.connector.fetchPage(session, listings);
    expect(page.observations).toHaveLength(1);
    expect(session.refreshed).toEqual([0]);
    expect(rig.server.seen.map((seen) => seen.form.access_token)).toEqual(['old-token', 'new-token']);
  });

  it('that is refused again after renewing means: authorize again', async () => {
    const session = fakeSession(['old-token', 'new-token', 'never-used']);
    rig.server.fallback = json('{"error_code":"401","error_message":"User authorization is required"}');
    await expect(rig.connector.fetchPage(session, listings)).rejects.toMatchObject({
      code: 'authorization_expired',
    });
    expect(session.refreshed).toEqual([0]);
    expect(rig.server.seen).toHaveLength(2);
  });

  it('is renewed before the call when its end is near', async () => {
    const session = fakeSession(['old-token', 'new-token'], {
      accessExpiresAt: new Date(Date.now() + 5_000),
    });
    rig.server.script.push(goodPage);
    await rig.connector.fetchPage(session, listings);
    expect(rig.server.seen.map((seen) => seen.form.access_token)).toEqual(['new-token']);
  });
});

describe('what the platform says decides, not the status', () => {
  it.each([
    [200, {}, null],
    [400, {}, null],
    [200, { 'retry-after': '7' }, 7_000],
  ])('throttling with HTTP %i and headers %j pauses all workers', async (status, headers, pause) => {
    const session = fakeSession();
    rig.server.script.push(json(throttle, status, headers));
    const sent = rig.connector.fetchPage(session, listings);
    await expect(sent).rejects.toMatchObject({ code: 'throttled', retryAfterMs: pause });
    expect(session.pauses).toEqual([pause]);
    expect(rig.server.seen).toHaveLength(1);
  });

  it('HTTP 429 without a body is throttling too', async () => {
    const session = fakeSession();
    rig.server.script.push(raw(429, { 'retry-after': '99999' }));
    await expect(rig.connector.fetchPage(session, listings)).rejects.toMatchObject({ code: 'throttled' });
    expect(session.pauses).toEqual([3_600_000]);
  });

  it.each([200, 400])('a missing permission with HTTP %i', async (status) => {
    const acl =
      '{"error_code":"gw.APIACLDecline","error_message":"AppKey is not allowed(acl)","exception":"x"}';
    rig.server.script.push(json(acl, status));
    await expect(rig.connector.fetchPage(fakeSession(), listings)).rejects.toMatchObject({
      code: 'permission_missing',
      params: { platformCode: 'gw.APIACLDecline' },
    });
    expect(rig.server.seen).toHaveLength(1);
  });

  it.each([
    ['{"success":false,"errorCode":"E1","errorMessage":"broken"}', 'E1'],
    ['{"success":"false","code":"E2","message":"broken","result":{"pageResult":{"resultList":[]}}}', 'E2'],
    ['{"result":{"success":false,"errorCode":"E3","errorMsg":"broken"}}', 'E3'],
    ['{"isSuccess":false}', 'unnamed'],
    ['{"errMsg":"Product [1] does not exist"}', 'unnamed'],
    ['{"error_code":"gw.SignatureInvalid","error_message":"Invalid signature"}', 'gw.SignatureInvalid'],
  ])('a business error %s', async (body, platformCode) => {
    rig.server.script.push(json(body));
    await expect(rig.connector.fetchPage(fakeSession(), listings)).rejects.toMatchObject({
      code: 'permanent',
      params: { platformCode },
    });
  });

  it.each(['"0"', '0', 'null', '""'])('errorCode %s is no error', async (code) => {
    const list = '{"pageResult":{"totalRecords":"0","resultList":[]}}';
    rig.server.script.push(json(`{"success":"true","errorCode":${code},"code":"SUCCESS","result":${list}}`));
    const page = await rig.connector.fetchPage(fakeSession(), listings);
    expect(page).toEqual({ observations: [], rejected: [], nextCursor: null, totalRows: 0 });
  });

  it('no failure shows a token or the secret', async () => {
    rig.server.script.push(
      json('{"error_code":"gw.X","error_message":"bad access_token=token-0001&x=1, token-0001 or test123"}'),
    );
    const error = await rig.connector.fetchPage(fakeSession(), listings).catch((caught: Error) => caught);
    expect(String(error)).toContain('gw.X');
    expect(JSON.stringify(error) + String(error)).not.toMatch(/token-0001|test123/);
  });
});
