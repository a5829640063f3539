import { createHash } from 'node:crypto';
import { type CategoryWords, categories } from './catalog-words.ts';
import { between, hashNumbers, normal, pick, type Random, randomOf } from './random.ts';
import type { WorldOffer, WorldWarehouse } from './world.ts';

const dayMs = 86_400_000;

/** The five warehouses of the built-in world, in the order of their number. */
export const builtInWarehouses: readonly WorldWarehouse[] = [
  { code: 'YW', name: '义乌仓', timeZone: 'Asia/Shanghai', latitude: 29.3069, longitude: 120.0751 },
  { code: 'GZ', name: '广州仓', timeZone: 'Asia/Shanghai', latitude: 23.1291, longitude: 113.2644 },
  { code: 'CD', name: '成都仓', timeZone: 'Asia/Shanghai', latitude: 30.5728, longitude: 104.0668 },
  { code: 'WH', name: '武汉仓', timeZone: 'Asia/Shanghai', latitude: 30.5928, longitude: 114.3055 },
  { code: 'TJ', name: '天津仓', timeZone: 'Asia/Shanghai', latitude: 39.0842, longitude: 117.2009 },
];

/** How customers want one SKU, before weekday, season and promotions. */
export interface DemandProfile {
  sku: string;
  offer: number;
  variant: number;
  category: number;
  /** Mean units a day per warehouse; 0 = not kept there. */
  unitsPerDay: number[];
  /** k of the negative binomial: small = bursts. */
  dispersion: number;
  /** Usual units in one order line. */
  lineQuantity: number;
  launchedAt: number;
  delistedAt: number | null;
  supplier: number;
}

/** The goods of a shop. */
export interface Catalog {
  offers: WorldOffer[];
  profiles: DemandProfile[];
}

/**
 * Mean daily units of SKUs per warehouse are lognormal with this median and spread: the quartiles 0.28, 0.66
 * and 1.68 a day that 861 real item-store series of a large grocer show (M5 data), so about six days in ten
 * see no demand.
 */
const medianUnitsPerDay = 0.66;
const sigmaItem = 1.15;
const sigmaWarehouse = 0.65;
/** A wholesaler has some fast sellers, but none outsells the rest together. */
const unitsPerDayMax = 25;

function specIdOf(attributes: readonly { name: string; value: string }[]): string {
  // From the attributes alone: the same choice gets the same specId in every product, as on the platform.
  return createHash('md5').update(JSON.stringify(attributes)).digest('hex');
}

function optionSets(words: CategoryWords, random: Random, wanted: number) {
  const [first, second] = words.options;
  if (first === undefined) return [];
  const sets = first.values.flatMap((value) =>
    second === undefined
      ? [[{ name: first.name, value }]]
      : second.values.map((other) => [
          { name: first.name, value },
          { name: second.name, value: other },
        ]),
  );
  const start = between(random, 0, Math.max(0, sets.length - wanted));
  return sets.slice(start, start + wanted);
}

function lifeOf(random: Random, historyFrom: number, startAt: number) {
  const fate = random();
  const historyDays = Math.max(1, Math.round((startAt - historyFrom) / dayMs));
  // Of every hundred offers: 8 launched within the history, 5 ended in it, 6 launch and 6 end in the next half year.
  if (fate < 0.08) return { launchedAt: historyFrom + between(random, 5, historyDays) * dayMs, end: null };
  if (fate < 0.13)
    return { launchedAt: historyFrom, end: historyFrom + between(random, 20, historyDays) * dayMs };
  if (fate < 0.19) return { launchedAt: startAt + random() * 180 * dayMs, end: null };
  if (fate < 0.25) return { launchedAt: historyFrom, end: startAt + (3 + random() * 180) * dayMs };
  return { launchedAt: historyFrom, end: null };
}

function ratesOf(random: Random, warehouses: number): number[] {
  const item = medianUnitsPerDay * Math.exp(sigmaItem * normal(random));
  const kept = new Set<number>();
  // Fast goods lie nearer to all customers: one to five warehouses.
  const count = Math.min(warehouses, 1 + Math.floor(random() * 2.2 + Math.min(2.5, item)));
  while (kept.size < count) kept.add(between(random, 0, warehouses - 1));
  return Array.from({ length: warehouses }, (_, index) =>
    kept.has(index) ? Math.min(unitsPerDayMax, item * Math.exp(sigmaWarehouse * normal(random))) : 0,
  );
}

function makeOffer(
  random: Random,
  seed: number,
  number: number,
  words: CategoryWords,
  life: { launchedAt: number; end: number | null },
): WorldOffer {
  const cargoNumber = `${words.code}${1000 + number}`;
  const offering = pick(random, ['厂家直销', '一件代发', '现货批发', '跨境专供']);
  return {
    productId: String(584_051_070_147 + number * 7_919 + (hashNumbers(seed, 2) % 1_000_000) * 100_000),
    subject: `${pick(random, words.adjectives)}${pick(random, words.nouns)} ${offering} ${cargoNumber}`,
    categoryId: words.id,
    categoryName: words.name,
    unit: words.unit,
    minOrderQuantity: pick(random, words.minOrderQuantity),
    cargoNumber,
    listedAt: life.launchedAt,
    delistedAt: life.end,
    modifiedMovesWithStock: random() < 0.3,
    variants: [],
  };
}

/** How the variant that was added last to the offer is wanted. */
function makeProfile(
  random: Random,
  offer: WorldOffer,
  offerNumber: number,
  category: number,
  warehouses: number,
): DemandProfile {
  const variant = offer.variants.length - 1;
  return {
    sku: offer.variants[variant]?.sku ?? offer.cargoNumber,
    offer: offerNumber,
    variant,
    category,
    unitsPerDay: ratesOf(random, warehouses),
    dispersion: Math.min(4, Math.max(0.25, 0.8 * Math.exp(0.6 * normal(random)))),
    lineQuantity: offer.minOrderQuantity + between(random, 0, 3),
    launchedAt: offer.listedAt,
    delistedAt: offer.delistedAt,
    supplier: (category + (random() < 0.3 ? 1 : 0)) % categories.length,
  };
}

/**
 * Makes the goods of a shop: always the same for the same seed, number and dates.
 *
 * @param options.skuCount - how many SKUs, at least 1
 * @param options.historyFrom, options.startAt - ms; launches and delistings are laid around them
 */
export function makeCatalog(options: {
  seed: number;
  skuCount: number;
  warehouses: number;
  historyFrom: number;
  startAt: number;
}): Catalog {
  const { seed, skuCount, historyFrom, startAt } = options;
  const offers: WorldOffer[] = [];
  const profiles: DemandProfile[] = [];
  for (let number = 0; profiles.length < skuCount; number++) {
    const random = randomOf(seed, 1, number);
    const category = number % categories.length;
    const words = categories[category] as CategoryWords;
    // Two offers in seven have no variants; the others two to six.
    const wanted = random() < 0.28 ? 0 : Math.min(between(random, 2, 6), skuCount - profiles.length);
    const offer = makeOffer(random, seed, number, words, lifeOf(random, historyFrom, startAt));
    const [low, high] = words.priceYuan;
    const price = Math.round((low + (high - low) * random() ** 2) * 10) / 10;
    const sets = wanted < 2 ? [null] : optionSets(words, random, wanted);
    for (const [index, attributes] of sets.entries()) {
      const skuId = String(3_935_963_000_000 + number * 10_007 + index * 13 + (seed % 1_000));
      offer.variants.push({
        sku:
          attributes === null
            ? offer.cargoNumber
            : `${offer.cargoNumber}-${String(index + 1).padStart(2, '0')}`,
        specId: attributes === null ? null : specIdOf(attributes),
        skuId: attributes === null ? null : skuId,
        attributes: attributes ?? [],
        priceYuan: Math.round((price + index * 0.5) * 100) / 100,
        pool: { at: [], value: [] },
      });
      profiles.push(makeProfile(random, offer, offers.length, category, options.warehouses));
    }
    offers.push(offer);
  }
  return { offers, profiles };
}
