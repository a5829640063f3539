import { z } from 'zod';
import {
  decimal,
  id,
  instant,
  lenient,
  list,
  longId,
  longIdOrZero,
  quantity,
  required,
  text,
} from '../wire-values.ts';
import { parseDate } from './dates.ts';

/**
 * Shapes of the platform's rows, only the fields that are used. Variants and lines stay unread here, so that
 * each can be refused alone. The platform's documents call every field required; none but the keys are.
 */
const date = instant(parseDate);
const rawRows = list(z.unknown());

const priceRange = z.object({ startQuantity: decimal, price: decimal });

/** One offer, of the list, the batch detail and the single detail alike. */
export const product = z.object({
  productID: required(longId),
  subject: text,
  status: text,
  categoryID: lenient(longIdOrZero),
  categoryName: lenient(text),
  productCargoNumber: lenient(text),
  image: z
    .object({ images: list(text) })
    .nullish()
    .catch(null),
  lastUpdateTime: date,
  skuInfos: rawRows,
  saleInfo: z
    .object({
      amountOnSale: quantity,
      unit: lenient(text),
      minOrderQuantity: lenient(quantity),
      priceRanges: list(priceRange).catch([]),
    })
    .nullish(),
});
/** See {@link product}. */
export type Product = z.infer<typeof product>;

const attribute = z.object({ attributeValue: text, skuImageUrl: lenient(text) });

/** One variant of an offer. */
export const productSku = z.object({
  skuId: longIdOrZero,
  specId: id,
  cargoNumber: text,
  amountOnSale: quantity,
  price: lenient(decimal),
  consignPrice: lenient(decimal),
  attributes: list(attribute),
});
/** See {@link productSku}. */
export type ProductSku = z.infer<typeof productSku>;

const logisticsItem = z.object({ deliveredTime: lenient(date) });

/**
 * One order, as seller and buyer see it. No field that tells who the customer is is read, except on orders the
 * merchant placed: there the seller is the supplier.
 */
export const order = z.object({
  baseInfo: z.object({
    id: longId,
    idOfStr: longId,
    status: required(text),
    createTime: required(date),
    payTime: date,
    modifyTime: date,
    allDeliveredTime: date,
    completeTime: date,
    receivingTime: lenient(date),
    totalAmount: lenient(decimal),
    refundStatus: lenient(text),
    closeReason: lenient(text),
    sellerLoginId: lenient(text),
    sellerContact: z
      .object({ companyName: lenient(text) })
      .nullish()
      .catch(null),
  }),
  productItems: rawRows,
  nativeLogistics: z
    .object({ logisticsItems: list(logisticsItem) })
    .nullish()
    .catch(null),
});
/** See {@link order}. */
export type Order = z.infer<typeof order>;

/** One line of an order. */
export const orderLine = z.object({
  subItemID: longId,
  subItemIDString: longId,
  productID: longIdOrZero,
  skuID: lenient(longIdOrZero),
  specId: id,
  cargoNumber: lenient(text),
  productCargoNumber: lenient(text),
  name: lenient(text),
  quantity: required(quantity),
  price: lenient(decimal),
  status: lenient(text),
  refundStatus: lenient(text),
  logisticsStatus: lenient(decimal),
});
/** See {@link orderLine}. */
export type OrderLine = z.infer<typeof orderLine>;

/** One parcel or consignment of an order. */
export const logisticsPackage = z.object({
  logisticsId: id,
  logisticsBillNo: lenient(id),
  logisticsCompanyName: lenient(text),
  status: lenient(text),
  orderEntryIds: lenient(text),
});

/** The way of one parcel. */
export const logisticsTrace = z.object({
  logisticsId: id,
  logisticsSteps: list(z.object({ acceptTime: lenient(date) })).catch([]),
});
