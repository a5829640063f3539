import { parse } from 'lossless-json';
import { z } from 'zod';
import { pushStep, valueAt } from '../world/steps.ts';
import type { WorldOffer, WorldVariant } from '../world/world.ts';
import { type Api, type ApiCall, poolAt } from './api.ts';
import { int64, parseFlag } from './format.ts';

const text = z.unknown().transform((value) => String(value));
const amount = text.pipe(z.string().regex(/^-?\d{1,9}$/)).transform(Number);
const changesShape = z.array(
  z.object({
    productId: text,
    productAmountChange: amount.optional(),
    skuStocks: z.array(z.object({ skuId: text, stockChange: amount })).optional(),
  }),
);
type Change = z.infer<typeof changesShape>[number];

function setPool(call: ApiCall, variant: WorldVariant, change: number, isIncrement: boolean): void {
  const shown = poolAt(call, variant, call.now);
  const target = Math.max(0, isIncrement ? shown + change : change);
  const edit = call.merchant.edits.get(variant) ?? { at: [], value: [] };
  pushStep(edit, call.now, target - valueAt(variant.pool, call.now));
  call.merchant.edits.set(variant, edit);
}

function applyChange(
  call: ApiCall,
  change: Change,
  isIncrement: boolean,
): { code: string; desc: string } | null {
  const offer = call.merchant.world.offers.find(
    (candidate: WorldOffer) => candidate.productId === change.productId && candidate.listedAt <= call.now,
  );
  if (offer === undefined)
    return { code: 'PRODUCT_NOT_EXIST', desc: `Product [${change.productId}] does not exist` };
  const hasSkus = offer.variants.some(({ specId }) => specId !== null);
  if (!hasSkus) {
    const variant = offer.variants[0];
    if (change.productAmountChange === undefined || variant === undefined) {
      return { code: 'PARAM_ERROR', desc: 'productAmountChange is missing' };
    }
    setPool(call, variant, change.productAmountChange, isIncrement);
    return null;
  }
  // The member is called skuId, but holds the specId.
  const rows = (change.skuStocks ?? []).map(({ skuId, stockChange }) => ({
    variant: offer.variants.find(({ specId }) => specId === skuId),
    stockChange,
  }));
  if (rows.length === 0) return { code: 'PARAM_ERROR', desc: 'skuStocks is missing' };
  if (rows.some(({ variant }) => variant === undefined)) {
    return { code: 'SKU_NOT_EXIST', desc: 'a skuId is not a specId of this product' };
  }
  for (const { variant, stockChange } of rows) {
    if (variant !== undefined) setPool(call, variant, stockChange, isIncrement);
  }
  return null;
}

function modifyStock(call: ApiCall): unknown {
  let parsed: unknown;
  try {
    parsed = parse(call.params.get('productStockChange') ?? '');
  } catch {
    parsed = null;
  }
  const changes = changesShape.safeParse(parsed);
  if (!changes.success) {
    return { success: false, errorCode: 'PARAM_ERROR', errorMessage: 'productStockChange', result: null };
  }
  const isIncrement = parseFlag(call.params.get('increaceModify')) ?? true;
  const result = changes.data.map((change) => {
    const failure = applyChange(call, change, isIncrement);
    if (failure === null) call.merchant.editedAt.set(change.productId, call.now);
    const productId = /^\d{1,19}$/.test(change.productId) ? int64(change.productId) : change.productId;
    return { productId, result: failure === null, code: failure?.code ?? null, desc: failure?.desc ?? null };
  });
  return { success: true, errorCode: null, errorMessage: null, result };
}

/** Changing the quantity for sale, absolute or by difference; each product succeeds or fails for itself. */
export const stockWriteApis: readonly Api[] = [
  {
    id: 'com.alibaba.product:alibaba.product.modifyStock-1',
    needsToken: true,
    required: ['productStockChange'],
    answer: modifyStock,
  },
];
