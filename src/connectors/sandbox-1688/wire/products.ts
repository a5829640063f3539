import { lastIndexAt } from '../world/steps.ts';
import type { WorldOffer } from '../world/world.ts';
import { type Api, type ApiCall, numberParam, poolAt } from './api.ts';
import { damageRows } from './faults.ts';
import { int64, parseFlag, parseIdList, parseWireDate, wireDate } from './format.ts';

/** Larger pages are cut to this silently, as the platform does. */
const pageSizeMax = 20;

/** Offers that exist at the instant of the call; those that ended are there with another status. */
function offersNow(call: ApiCall): WorldOffer[] {
  return call.merchant.world.offers.filter((offer) => offer.listedAt <= call.now);
}

function statusOf(call: ApiCall, offer: WorldOffer): string {
  return offer.delistedAt !== null && offer.delistedAt <= call.now ? 'expired' : 'published';
}

function modifiedAt(call: ApiCall, offer: WorldOffer): number {
  const moments = [offer.listedAt, call.merchant.editedAt.get(offer.productId) ?? 0];
  if (offer.delistedAt !== null && offer.delistedAt <= call.now) moments.push(offer.delistedAt);
  const rule = call.options.modifiedMovesWithStock;
  if (rule === 'always' || (rule === 'world' && offer.modifiedMovesWithStock)) {
    for (const { pool } of offer.variants) {
      const last = pool.at[lastIndexAt(pool.at, call.now)];
      if (last !== undefined) moments.push(last);
    }
  }
  return Math.max(...moments);
}

function toSkuInfo(call: ApiCall, offer: WorldOffer, variant: WorldOffer['variants'][number]) {
  return {
    skuId: int64(variant.skuId ?? '0'),
    specId: variant.specId,
    skuCode: variant.skuId,
    cargoNumber: variant.sku,
    amountOnSale: poolAt(call, variant, call.now),
    price: variant.priceYuan,
    retailPrice: Math.round(variant.priceYuan * 160) / 100,
    consignPrice: variant.priceYuan,
    attributes: variant.attributes.map(({ name, value }, index) => ({
      attributeID: 3216 + index,
      attributeName: name,
      attributeDisplayName: name,
      attributeValue: value,
      ...(index === 0 && { skuImageUrl: `img/ibank/2026/${offer.productId}/${index}.jpg` }),
    })),
  };
}

/** An offer as the product APIs show it; variants come only when details are asked for. */
function toProductInfo(call: ApiCall, offer: WorldOffer, withDetail: boolean): Record<string, unknown> {
  const hasSkus = offer.variants.some((variant) => variant.specId !== null);
  const total = offer.variants.reduce((sum, variant) => sum + poolAt(call, variant, call.now), 0);
  const price = Math.min(...offer.variants.map((variant) => variant.priceYuan));
  return {
    productID: int64(offer.productId),
    productType: 'wholesale',
    categoryID: offer.categoryId,
    categoryName: offer.categoryName,
    groupID: [107331682],
    status: statusOf(call, offer),
    subject: offer.subject,
    bizType: 1,
    periodOfValidity: 3650,
    productCargoNumber: offer.cargoNumber,
    image: { images: [`img/ibank/2026/${offer.productId}/0.jpg`] },
    ...(hasSkus && {
      skuInfos: withDetail ? offer.variants.map((variant) => toSkuInfo(call, offer, variant)) : [],
    }),
    saleInfo: {
      amountOnSale: total,
      unit: offer.unit,
      minOrderQuantity: offer.minOrderQuantity,
      quoteType: hasSkus ? 1 : 0,
      priceRanges: [{ startQuantity: offer.minOrderQuantity, price }],
      invReduceType: '1',
      supportOnlineTrade: true,
      mixWholeSale: true,
    },
    shippingInfo: { freightTemplateID: 121133, unitWeight: 0.5, sendGoodsAddressId: 124431 },
    createTime: wireDate(offer.listedAt),
    lastUpdateTime: wireDate(modifiedAt(call, offer)),
    expireTime: wireDate(offer.delistedAt ?? offer.listedAt + 3650 * 86_400_000),
  };
}

function listProducts(call: ApiCall): unknown {
  const { params } = call;
  const statuses = /"([a-z ]+)"/g;
  const wanted = [...(params.get('statusList') ?? '').matchAll(statuses)].map((found) => found[1]);
  const ids = params.has('productIds') ? parseIdList(params.get('productIds') ?? '') : null;
  const from = parseWireDate(params.get('startModifyTime') ?? '') ?? Number.NEGATIVE_INFINITY;
  const to = parseWireDate(params.get('endModifyTime') ?? '') ?? Number.POSITIVE_INFINITY;
  const cargo = params.get('cargoNumber');
  let rows = offersNow(call)
    .map((offer) => ({ offer, modified: Math.floor(modifiedAt(call, offer) / 1_000) * 1_000 }))
    .filter(
      ({ offer, modified }) =>
        modified >= from &&
        modified <= to &&
        (wanted.length === 0 || wanted.includes(statusOf(call, offer))) &&
        (ids === null || ids.includes(offer.productId)) &&
        (cargo === undefined ||
          offer.cargoNumber === cargo ||
          offer.variants.some(({ sku }) => sku === cargo)),
    );
  const order = params.get('orderByCondition');
  if (order === 'ID') rows.sort((a, b) => (BigInt(a.offer.productId) < BigInt(b.offer.productId) ? -1 : 1));
  if (order === 'MODIFY_DATE') rows.sort((a, b) => a.modified - b.modified);
  if (params.get('orderByType') === 'DESC') rows = rows.reverse();
  const size = numberParam(params, 'pageSize', pageSizeMax, 1, pageSizeMax);
  const page = numberParam(params, 'pageNo', 1, 1, 1_000_000);
  const withDetail = parseFlag(params.get('needDetail')) === true;
  const slice = rows
    .slice((page - 1) * size, page * size)
    .map(({ offer }) => toProductInfo(call, offer, withDetail));
  return {
    success: true,
    code: '',
    message: '',
    result: {
      pageResult: {
        pageIndex: page,
        sizePerPage: size,
        totalRecords: rows.length,
        resultList: damageRows(slice, call.fault),
      },
    },
  };
}

function getProduct(call: ApiCall): unknown {
  const id = call.params.get('productID') ?? '';
  const offer = offersNow(call).find((candidate) => candidate.productId === id);
  if (offer === undefined) return { productInfo: null, errMsg: `Product [${id}] does not exist` };
  return {
    productInfo: toProductInfo(call, offer, true),
    bizGroupInfos: [{ code: 'isConsignMarketOffer', support: true, description: '1688代销产品' }],
    errMsg: null,
  };
}

function getProducts(call: ApiCall): unknown {
  const ids = parseIdList(call.params.get('productIdList') ?? '');
  if (ids === null) return { success: false, message: 'productIdList is not a list of ids', productList: [] };
  const wanted = new Set(ids);
  const found = offersNow(call).filter((offer) => wanted.has(offer.productId));
  const rows = found.map((offer) => toProductInfo(call, offer, true));
  return { success: true, message: null, productList: damageRows(rows, call.fault) };
}

function follow(call: ApiCall): unknown {
  const id = call.params.get('productId') ?? '';
  const isKnown = call.merchants.some(({ world }) => world.offers.some((offer) => offer.productId === id));
  if (!isKnown) return { code: 404, message: `Product [${id}] does not exist` };
  call.merchant.followed.add(id);
  return { code: 0, message: 'success' };
}

/** Reading and following products. */
export const productApis: readonly Api[] = [
  {
    id: 'com.alibaba.product:alibaba.product.list.get-1',
    needsToken: true,
    required: [],
    answer: listProducts,
  },
  {
    id: 'com.alibaba.product:alibaba.product.get-1',
    needsToken: true,
    required: ['productID'],
    answer: getProduct,
  },
  {
    id: 'com.alibaba.product:alibaba.product.getByIdList-1',
    needsToken: true,
    required: ['productIdList'],
    answer: getProducts,
  },
  {
    id: 'com.alibaba.product:alibaba.product.follow-1',
    needsToken: true,
    required: ['productId'],
    answer: follow,
  },
];
