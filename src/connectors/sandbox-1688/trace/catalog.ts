import { hashText } from '../world/random.ts';
import type { WorldOffer, WorldVariant } from '../world/world.ts';
import type { TraceLine } from './read.ts';

/** The goods of a trace: one offer without variants for each stock code. */
export interface TraceCatalog {
  offers: WorldOffer[];
  /** Number of the offer of each SKU. */
  offerOf: Map<string, number>;
  variantOf: Map<string, WorldVariant>;
}

/** Makes the offers of all goods in a trace, in the order in which they first appear. */
export function makeTraceCatalog(lines: readonly TraceLine[], listedAt: number): TraceCatalog {
  const catalog: TraceCatalog = { offers: [], offerOf: new Map(), variantOf: new Map() };
  for (const line of lines) {
    if (line.class === 'non_goods') continue;
    const number = catalog.offerOf.get(line.sku);
    const known = number === undefined ? undefined : catalog.offers[number];
    const isSale = line.class === 'sale';
    if (known !== undefined) {
      const variant = known.variants[0] as WorldVariant;
      if (known.subject === known.cargoNumber && isSale && line.title !== '') known.subject = line.title;
      if (variant.priceYuan === 0 && isSale) variant.priceYuan = line.priceYuan ?? 0;
      continue;
    }
    const variant: WorldVariant = {
      sku: line.sku,
      specId: null,
      skuId: null,
      attributes: [],
      priceYuan: isSale ? (line.priceYuan ?? 0) : 0,
      pool: { at: [], value: [] },
    };
    catalog.offerOf.set(line.sku, catalog.offers.length);
    catalog.variantOf.set(line.sku, variant);
    catalog.offers.push({
      productId: String(640_000_000_000 + catalog.offers.length * 1_009),
      subject: isSale && line.title !== '' ? line.title : line.sku,
      categoryId: 1_034_340,
      categoryName: '礼品百货',
      unit: '件',
      minOrderQuantity: 1,
      cargoNumber: line.sku,
      listedAt,
      delistedAt: null,
      modifiedMovesWithStock: hashText(line.sku) % 10 < 3,
      variants: [variant],
    });
  }
  return catalog;
}
