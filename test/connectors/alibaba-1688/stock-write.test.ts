import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListedQuantityChange } from '../../../src/connectors/listing-writer.ts';
import { fakeSession } from '../fake-session.ts';
import { json, raw, type Step } from '../scripted-server.ts';
import { type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

const productId = '9007199254740993';
const answer = (row: string) =>
  json(`{"success":true,"errorCode":null,"errorMessage":null,"result":[{"productId":${productId},${row}}]}`);
const good = answer('"result":true,"code":null,"desc":null');
const change = { productId, specId: 'b265340beb52182c', kind: 'INCREMENT', units: -9 } as const;
const write = (session = fakeSession(), what: ListedQuantityChange = change) =>
  rig.connector.changeListedQuantity(session, what);

describe('a change of a quantity for sale', () => {
  it('adds by the misspelt parameter, names the variant by its specId, and keeps every digit of the id', async () => {
    rig.server.fallback = good;
    await write();
    expect(rig.server.seen).toHaveLength(1);
    expect(rig.server.seen[0]).toMatchObject({
      path: '/openapi/param2/1/com.alibaba.product/alibaba.product.modifyStock/1000000',
      form: {
        ...{ webSite: '1688', increaceModify: 'true' },
        productStockChange: `[{"productId":${productId},"skuStocks":[{"skuId":"b265340beb52182c","stockChange":-9}]}]`,
      },
    });
  });

  it('sets an offer without variants to a quantity', async () => {
    rig.server.fallback = good;
    await write(fakeSession(), { productId, specId: null, kind: 'ABSOLUTE', units: 12 });
    expect(rig.server.seen[0]?.form).toMatchObject({
      increaceModify: 'false',
      productStockChange: `[{"productId":${productId},"productAmountChange":12}]`,
    });
  });

  it.each<[string, Step]>([
    ['HTML with 502', raw(502, { 'content-type': 'text/html' }, '<html>Bad Gateway</html>')],
    ['an error body with 500', json('{"error_code":"500","error_message":"system error"}', 500)],
    ['truncated JSON', json('{"success":true,"result":[{"productId":1')],
    ['a cut connection', (response) => response.destroy()],
    ['a success without the product', json('{"success":true,"result":[]}')],
    ['no JSON object', json('[1]')],
  ])('is uncertain after %s, and never sent twice', async (_, fault) => {
    rig.server.fallback = fault;
    await expect(write()).rejects.toMatchObject({ code: 'write_uncertain' });
    expect(rig.server.seen).toHaveLength(1);
  });

  it.each<[string, string, Step]>([
    [
      'the product’s own row says no',
      'permanent',
      answer('"result":false,"code":"SKU_NOT_EXIST","desc":"none"'),
    ],
    [
      'the API is refused',
      'permission_missing',
      json('{"error_code":"gw.APIACLDecline","error_message":"no"}', 403),
    ],
    [
      'the platform throttles',
      'throttled',
      json('{"error_code":"gw.QosAppFrequencyLimit","error_message":"slow"}'),
    ],
    [
      'the platform names a fault',
      'permanent',
      json('{"success":false,"errorCode":"PARAM_ERROR","errorMessage":"x"}'),
    ],
  ])('certainly did nothing when %s', async (_, code, fault) => {
    rig.server.fallback = fault;
    await expect(write()).rejects.toMatchObject({ code });
    expect(rig.server.seen).toHaveLength(1);
  });

  it('is sent again only after a refused token, which the gateway does not execute', async () => {
    rig.server.script.push(
      json('{"error_code":"401","error_message":"Request need user authorized"}', 400),
      good,
    );
    const session = fakeSession(['old', 'new']);
    await write(session);
    expect(rig.server.seen.map((one) => one.form.access_token)).toEqual(['old', 'new']);
  });

  it.each([
    { ...change, units: 0.5 },
    { ...change, units: 1e12 },
    { ...change, productId: '12a' },
    { ...change, specId: '' },
    { ...change, kind: 'ABSOLUTE' as const, units: -1 },
  ])('refuses %j before anything is sent', async (bad) => {
    await expect(write(fakeSession(), bad)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(rig.server.seen).toHaveLength(0);
  });
});
