import type { DemandProfile } from './catalog.ts';
import { between, negativeBinomial, randomOf } from './random.ts';

const dayMs = 86_400_000;
/** China has one zone and no summer time. */
const chinaOffsetMs = 8 * 3_600_000;

/** Number of the business day in China that an instant falls on. */
export function chinaDay(at: number): number {
  return Math.floor((at + chinaOffsetMs) / dayMs);
}

/** First instant of a business day in China. */
export function chinaDayStart(day: number): number {
  return day * dayMs - chinaOffsetMs;
}

/** Sunday to Saturday: wholesale customers buy in the week. */
const weekdayFactors = [0.78, 1.12, 1.1, 1.06, 1.04, 1.02, 0.88];

/** The great sales: factors of the days before, of the day itself and of the tired days after. */
const promotions = [
  { month: 6, day: 18, peak: 2.6 },
  { month: 11, day: 11, peak: 3.2 },
  { month: 12, day: 12, peak: 2.0 },
];
const aroundPromotion = new Map([
  [-3, 1.2],
  [-2, 1.3],
  [-1, 1.45],
  [1, 1.15],
  [2, 0.9],
  [3, 0.8],
  [4, 0.85],
]);

/** In which month a category peaks (1 to 12) and by how much; the rest of the year swings around 1. */
const seasons: readonly { peakMonth: number; strength: number }[] = [
  { peakMonth: 5, strength: 0.3 },
  { peakMonth: 11, strength: 0.35 },
  { peakMonth: 9, strength: 0.2 },
  { peakMonth: 10, strength: 0.25 },
  { peakMonth: 7, strength: 0.15 },
  { peakMonth: 3, strength: 0.1 },
  { peakMonth: 11, strength: 0.1 },
  { peakMonth: 11, strength: 0.15 },
  { peakMonth: 5, strength: 0.1 },
  { peakMonth: 12, strength: 0.35 },
  { peakMonth: 8, strength: 0.4 },
  { peakMonth: 10, strength: 0.05 },
];

/**
 * What weekday, season and the great sales do to a category's demand on one day, as a factor around 1.
 *
 * @param day - business day in China, days since 1970
 */
export function dayFactor(category: number, day: number): number {
  const date = new Date(day * dayMs);
  const weekday = weekdayFactors[date.getUTCDay()] ?? 1;
  const season = seasons[category % seasons.length] ?? { peakMonth: 1, strength: 0 };
  const angle = (2 * Math.PI * (date.getUTCMonth() + date.getUTCDate() / 31 - (season.peakMonth - 0.5))) / 12;
  let promotion = 1;
  for (const { month, day: dayOfMonth, peak } of promotions) {
    const distance = Math.round(day - Date.UTC(date.getUTCFullYear(), month - 1, dayOfMonth) / dayMs);
    if (distance === 0) promotion = peak;
    else promotion *= aroundPromotion.get(distance) ?? 1;
  }
  return weekday * (1 + season.strength * Math.cos(angle)) * promotion;
}

/** Share of its full demand that a launch reaches: from 30 % to all of it within three weeks. */
function launchFactor(profile: DemandProfile, day: number): number {
  const age = day - chinaDay(profile.launchedAt);
  return age >= 21 ? 1 : 0.3 + (0.7 * age) / 21;
}

/** Mean units wanted of a SKU near a warehouse on a day, delisting and launch considered. */
export function meanUnits(profile: DemandProfile, warehouse: number, day: number): number {
  const base = profile.unitsPerDay[warehouse] ?? 0;
  const isSold =
    day >= chinaDay(profile.launchedAt) &&
    (profile.delistedAt === null || day < chinaDay(profile.delistedAt));
  return isSold && base > 0 ? base * dayFactor(profile.category, day) * launchFactor(profile, day) : 0;
}

/** A wish of a customer: one order line to be. */
export interface Wish {
  profile: number;
  warehouse: number;
  quantity: number;
}

/**
 * What customers want on one day: the units of each SKU and warehouse are negative binomial, split into
 * lines of about the usual size.
 *
 * @param day - business day in China, days since 1970
 */
export function wishesOfDay(
  seed: number,
  profiles: readonly DemandProfile[],
  warehouses: number,
  day: number,
): Wish[] {
  const wishes: Wish[] = [];
  for (const [index, profile] of profiles.entries()) {
    for (let warehouse = 0; warehouse < warehouses; warehouse++) {
      const mean = meanUnits(profile, warehouse, day);
      if (mean === 0) continue;
      const random = randomOf(seed, 3, index * 64 + warehouse, day);
      let rest = negativeBinomial(random, mean, profile.dispersion);
      while (rest > 0) {
        const quantity = Math.min(rest, between(random, 1, 2 * profile.lineQuantity - 1));
        wishes.push({ profile: index, warehouse, quantity });
        rest -= quantity;
      }
    }
  }
  return wishes;
}

/** How busy each hour of the day is, from midnight on, in China. */
const hourWeights = [2, 1, 1, 1, 1, 1, 2, 3, 6, 10, 11, 9, 6, 8, 10, 10, 9, 7, 5, 6, 8, 9, 7, 4];
const hourWeightSum = hourWeights.reduce((sum, weight) => sum + weight, 0);

/** The instant inside a day at which the given share (0 to 1) of its customers has come. */
export function instantOfShare(day: number, share: number): number {
  let rest = share * hourWeightSum;
  for (let hour = 0; hour < 24; hour++) {
    const weight = hourWeights[hour] ?? 0;
    if (rest < weight) return chinaDayStart(day) + Math.floor((hour + rest / weight) * 3_600_000);
    rest -= weight;
  }
  return chinaDayStart(day) + dayMs - 1;
}
