import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeSession } from '../fake-session.ts';
import { json } from '../scripted-server.ts';
import { offer, pageOf, productPage, type Rig, startRig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig[Symbol.asyncDispose]());

const read = (body: ReturnType<typeof json>) => {
  rig.server.script.push(body);
  return rig.connector.fetchPage(fakeSession(), pageOf('listings'));
};

describe('an offer', () => {
  it('becomes one listing per variant', async () => {
    const page = await read(
      productPage(
        [
          {
            productID: 584051070147,
            subject: '保温杯',
            status: 'published',
            categoryID: 1048182,
            image: { images: ['img/ibank/a.jpg'] },
            lastUpdateTime: '20260831175505000+0800',
            saleInfo: { amountOnSale: 29900.5, unit: '件', minOrderQuantity: 3, priceRanges: [] },
            skuInfos: [
              {
                skuId: 3935963888523,
                specId: 'b265340beb52182c6bcfbff1fad02f0b',
                cargoNumber: '666-WHITE',
                amountOnSale: 1490,
                price: 445.0,
                attributes: [
                  { attributeValue: '白色', skuImageUrl: 'img/ibank/white.jpg' },
                  { attributeValue: 'XL' },
                ],
              },
              { skuId: '2', specId: '0', amountOnSale: '12.50', cargoNumber: '' },
            ],
          },
        ],
        1,
      ),
    );
    const common = {
      kind: 'listing',
      productId: '584051070147',
      title: '保温杯',
      status: 'published',
      categoryId: '1048182',
      categoryName: null,
      unit: '件',
      minOrderQuantity: '3',
      modifiedAt: new Date('2026-08-31T09:55:05Z'),
    };
    expect(page).toEqual({
      observations: [
        {
          ...common,
          specId: 'b265340beb52182c6bcfbff1fad02f0b',
          skuId: '3935963888523',
          cargoNumber: '666-WHITE',
          variantTitle: '白色 / XL',
          imageUrl: 'https://cbu01.alicdn.com/img/ibank/white.jpg',
          unitPriceYuan: '445',
          available: '1490',
        },
        {
          ...common,
          specId: '0',
          skuId: '2',
          cargoNumber: null,
          variantTitle: null,
          imageUrl: 'https://cbu01.alicdn.com/img/ibank/a.jpg',
          unitPriceYuan: null,
          available: '12.5',
        },
      ],
      rejected: [],
      nextCursor: null,
      totalRows: 1,
    });
  });

  it('without variants has one listing with the quantity of the whole offer', async () => {
    const priceRanges = [
      { startQuantity: 100, price: 8 },
      { startQuantity: 3, price: 9.5 },
    ];
    const saleInfo = { amountOnSale: 29900.0, unit: '米', priceRanges };
    const page = await read(
      productPage([{ productID: 7, productCargoNumber: '666', saleInfo, skuInfos: null }], 1),
    );
    expect(page.observations).toMatchObject([
      {
        productId: '7',
        specId: null,
        skuId: null,
        cargoNumber: '666',
        available: '29900',
        unitPriceYuan: '9.5',
      },
    ]);
    expect(page.observations).toMatchObject([{ title: '7', status: 'unknown', modifiedAt: null }]);
  });

  it('of which no quantity is told is not tracked, which is not zero', async () => {
    const page = await read(productPage([{ productID: 7 }, offer(8, { skuInfos: [{ specId: 'a' }] })], 2));
    expect(page.observations).toMatchObject([{ available: null }, { available: null }]);
  });

  it('is found in the shapes of older answers', async () => {
    for (const body of [
      { result: [offer(1)], success: true },
      { result: { resultList: [offer(1)], totalRecords: 1 } },
      { productList: [{ productInfo: offer(1) }] },
      { result: { pageResult: { resultList: [{ ...offer(1), productID: null, productId: 1 }] } } },
    ]) {
      const page = await read(json(JSON.stringify(body)));
      expect(page.observations).toMatchObject([{ productId: '1', available: '5' }]);
    }
  });
});

describe('a bad row', () => {
  it('is put aside with its reason, the others go on', async () => {
    const page = await read(
      productPage(
        [
          offer(1),
          offer(2, { subject: 'nul \u0000' }),
          offer(3, { subject: 'half \ud800' }),
          offer(4, { lastUpdateTime: '20260901081000000+0800' }),
          offer(5, {
            skuInfos: [
              { specId: 'a', amountOnSale: 1 },
              { specId: 'b', amountOnSale: 'many' },
              { specId: 'c', amountOnSale: -1 },
              { specId: 'a', amountOnSale: 2 },
              { amountOnSale: 3 },
            ],
          }),
          offer('x7'),
          'damaged',
          null,
        ],
        8,
      ),
    );
    expect(page.observations).toMatchObject([
      { productId: '1', available: '5' },
      { productId: '5', specId: 'a', available: '1' },
    ]);
    expect(page.rejected.map(({ rowKey, reason }) => [rowKey, reason])).toEqual([
      ['2', 'subject: contains a NUL character, which cannot be stored'],
      ['3', 'subject: contains half a character (lone surrogate)'],
      ['4', expect.stringContaining('lastUpdateTime: 2026-09-01T00:10:00.000Z lies in the future')],
      ['5/#1', 'skuInfos[1].amountOnSale: expected a number, got "many"'],
      ['5/#2', 'skuInfos[2].amountOnSale: must not be negative, got -1'],
      ['5/a', 'skuInfos[3].specId: stands twice in this offer'],
      ['5/#4', 'skuInfos[4]: has neither specId nor skuId'],
      [null, 'productID: expected the digits of an id'],
      [null, expect.stringContaining('expected object')],
      [null, expect.stringContaining('expected object')],
    ]);
    for (const { raw } of page.rejected) expect(() => JSON.parse(raw)).not.toThrow();
  });

  it('of several offers keeps the digits of the quantity it was refused for', async () => {
    rig.server.script.push(
      json(
        '{"productList":[{"productID":9223372036854775807,"saleInfo":{"amountOnSale":-9007199254740993}}]}',
      ),
    );
    const page = await rig.connector.fetchListings(fakeSession(), ['9223372036854775807']);
    expect(page.rejected).toMatchObject([
      { rowKey: '9223372036854775807', raw: expect.stringContaining('-9007199254740993') },
    ]);
  });
});

describe('offers read again', () => {
  it('are asked for by bare digits', async () => {
    rig.server.script.push(json(`{"success":true,"productList":[${JSON.stringify(offer(1))}]}`));
    const page = await rig.connector.fetchListings(fakeSession(), ['1', '9223372036854775807']);
    expect(page.observations).toHaveLength(1);
    expect(rig.server.seen[0]?.form.productIdList).toBe('[1,9223372036854775807]');
    expect(rig.server.seen[0]?.path).toContain('/com.alibaba.product/alibaba.product.getByIdList/');
  });

  it('cost no call when there are none, and are at most 20', async () => {
    expect((await rig.connector.fetchListings(fakeSession(), [])).observations).toEqual([]);
    const many = Array.from({ length: 21 }, (_, index) => String(index));
    for (const ids of [many, ['1,2'], ['x']]) {
      await expect(rig.connector.fetchListings(fakeSession(), ids)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    expect(rig.server.seen).toEqual([]);
  });
});
