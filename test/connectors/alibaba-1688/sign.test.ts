import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPushSignatureValid, signCall } from '../../../src/connectors/alibaba-1688/sign.ts';

describe('signCall', () => {
  it.each([
    [
      'the example of the signature page',
      'param2/1/system/currentTime/1000000',
      { b: '2', a: '1' },
      'test123',
      '33E54F4F7B989E3E0E912D3FBD2F1A03CA7CCE88',
    ],
    [
      'a list call',
      'param2/1/com.alibaba.trade/alibaba.trade.getBuyerOrderList/1234567',
      {
        pageSize: '20',
        page: '1',
        access_token: 'tok-abc',
        _aop_datatype: 'application/json',
        _aop_timestamp: '1700000000000',
      },
      'secretXYZ',
      'D01C12C8FCD4B59367FFDD51E1DEC31C7C237A4C',
    ],
    [
      'a JSON parameter, raw and not encoded',
      'param2/1/com.alibaba.product/alibaba.product.modifyStock/1000000',
      {
        access_token: 'T',
        increaceModify: 'true',
        webSite: '1688',
        productStockChange:
          '[{"productId":584051070147,"skuStocks":[{"skuId":"b265340beb52182c6bcfbff1fad02f0b","stockChange":-9}]}]',
      },
      'test123',
      'EF6A1735DCEAC01779E1D1626E8549583465B7D5',
    ],
    [
      'joined texts, not names, in order',
      'param2/1/ns/api/k',
      { a: 'z', aB: '1' },
      's',
      'DFBCEBCF1CE9CC6BBFC15E7DDA52D4AB18BF636E',
    ],
  ])('signs %s', (_, path, params: Record<string, string>, secret, expected) => {
    expect(signCall(path, params, secret)).toBe(expected);
    expect(signCall(path, { ...params, _aop_signature: 'x' }, secret)).toBe(expected);
  });

  it('does not depend on the order of parameters', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (params) => {
        const turned = Object.fromEntries(Object.entries(params).reverse());
        expect(signCall('p', turned, 's')).toBe(signCall('p', params, 's'));
      }),
    );
  });
});

describe('isPushSignatureValid', () => {
  const general = Object.entries({
    msgId: '1001',
    gmtBorn: '1700000000000',
    type: 'ORDER_CHANGED',
    userInfo: 'm1',
    data: '{"k":"v"}',
  }).map(([name, value]) => ({ name: Buffer.from(name), value: Buffer.from(value) }));
  const signature = '4B20205134EA09C4C8D29CCAC26F6C179EB72C8E';

  it('accepts the general form, in either case', () => {
    expect(isPushSignatureValid(general, 'secretXYZ', signature)).toBe(true);
    expect(isPushSignatureValid(general, 'secretXYZ', signature.toLowerCase())).toBe(true);
  });

  it.each(['', signature.slice(1), `${signature}00`, signature.replace('4B', '4C'), 'Z'.repeat(40)])(
    'refuses %j',
    (given) => expect(isPushSignatureValid(general, 'secretXYZ', given)).toBe(false),
  );

  it('refuses another secret', () => {
    expect(isPushSignatureValid(general, 'secretXYz', signature)).toBe(false);
  });
});
