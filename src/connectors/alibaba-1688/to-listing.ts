import { Decimal } from '../../shared/decimal.ts';
import { isJsonObject, rejectRow } from '../lossless.ts';
import type { ListingObservation, RejectedRow } from '../marketplace.ts';
import { describeFutureDates, describeIssues, longId } from '../wire-values.ts';
import { type Product, type ProductSku, product, productSku } from './wire.ts';

/** Relative picture paths belong to this host. */
const imageBase = 'https://cbu01.alicdn.com/';

/** What one row of the platform became. */
export interface Converted<T> {
  observations: T[];
  rejected: RejectedRow[];
}

/**
 * Turns an offer into its listings: one per variant, or a single one for an offer without variants. A variant
 * that cannot be read is put aside alone; an offer that cannot be read, whole.
 *
 * @param now - business time; an offer from the future is refused
 */
export function toListings(row: unknown, now: Date): Converted<ListingObservation> {
  const parsed = product.safeParse(withProductId(row));
  if (!parsed.success) return refuse(row, describeIssues(parsed.error));
  const offer = parsed.data;
  const future = describeFutureDates({ lastUpdateTime: offer.lastUpdateTime }, now);
  if (future !== null) return refuse(row, future);
  if (offer.skuInfos.length === 0) return { observations: [toPlainListing(offer)], rejected: [] };
  return toVariants(offer);
}

/** Older answers spell the id differently. */
function withProductId(row: unknown): unknown {
  return isJsonObject(row) ? { ...row, productID: row.productID ?? row.productId } : row;
}

function refuse(row: unknown, reason: string): Converted<ListingObservation> {
  const key = isJsonObject(row) ? longId.safeParse(row.productID ?? row.productId) : null;
  return { observations: [], rejected: [rejectRow(key?.data ?? null, reason, row)] };
}

function toVariants(offer: Product): Converted<ListingObservation> {
  const converted: Converted<ListingObservation> = { observations: [], rejected: [] };
  const seen = new Set<string>();
  for (const [index, row] of offer.skuInfos.entries()) {
    const parsed = productSku.safeParse(row);
    const specId = parsed.data?.specId ?? parsed.data?.skuId ?? null;
    const key = `${offer.productID}/${specId ?? `#${index}`}`;
    const place = `skuInfos[${index}]`;
    if (!parsed.success) {
      converted.rejected.push(rejectRow(key, `${place}.${describeIssues(parsed.error)}`, row));
    } else if (specId === null) {
      converted.rejected.push(rejectRow(key, `${place}: has neither specId nor skuId`, row));
    } else if (seen.has(specId)) {
      converted.rejected.push(rejectRow(key, `${place}.specId: stands twice in this offer`, row));
    } else {
      seen.add(specId);
      converted.observations.push(toVariantListing(offer, parsed.data, specId));
    }
  }
  return converted;
}

function commonFields(offer: Product) {
  return {
    kind: 'listing' as const,
    productId: offer.productID,
    title: offer.subject ?? offer.productID,
    status: offer.status ?? 'unknown',
    categoryId: offer.categoryID,
    categoryName: offer.categoryName,
    unit: offer.saleInfo?.unit ?? null,
    minOrderQuantity: offer.saleInfo?.minOrderQuantity ?? null,
    modifiedAt: offer.lastUpdateTime,
  };
}

function toPlainListing(offer: Product): ListingObservation {
  return {
    ...commonFields(offer),
    specId: null,
    skuId: null,
    cargoNumber: offer.productCargoNumber,
    variantTitle: null,
    imageUrl: toImageUrl(offer.image?.images[0] ?? null),
    unitPriceYuan: pickRangePrice(offer),
    available: offer.saleInfo?.amountOnSale ?? null,
  };
}

function toVariantListing(offer: Product, sku: ProductSku, specId: string): ListingObservation {
  const values = sku.attributes
    .map((attribute) => attribute.attributeValue)
    .filter((value) => value !== null);
  const picture = sku.attributes.find((attribute) => attribute.skuImageUrl !== null)?.skuImageUrl;
  return {
    ...commonFields(offer),
    specId,
    skuId: sku.skuId,
    cargoNumber: sku.cargoNumber,
    variantTitle: values.length === 0 ? null : values.join(' / '),
    imageUrl: toImageUrl(picture ?? offer.image?.images[0] ?? null),
    unitPriceYuan: sku.price ?? sku.consignPrice ?? pickRangePrice(offer),
    available: sku.amountOnSale,
  };
}

/** The price of the smallest order: what a single buyer of few pieces pays. */
function pickRangePrice(offer: Product): string | null {
  const ranges = offer.saleInfo?.priceRanges ?? [];
  const sorted = ranges.toSorted((a, b) => new Decimal(a.startQuantity ?? 0).cmp(b.startQuantity ?? 0));
  return sorted[0]?.price ?? null;
}

function toImageUrl(path: string | null): string | null {
  if (path === null) return null;
  const url = URL.parse(path, imageBase);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
