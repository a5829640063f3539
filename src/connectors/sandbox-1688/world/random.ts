/** A stream of numbers in [0, 1), the same for the same keys on every machine. */
export type Random = () => number;

function mix(hash: number, value: number): number {
  // One round of MurmurHash3's 32-bit mixing: enough to make neighbouring keys unrelated.
  let k = Math.imul(value | 0, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/**
 * 32-bit hash of whole numbers, unsigned.
 *
 * @param keys - whole numbers; only the low 32 bits count
 */
export function hashNumbers(...keys: number[]): number {
  let hash = 0x9747b28c;
  for (const key of keys) hash = mix(hash, key);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 32-bit hash of a text, unsigned; for keys that are names. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hashNumbers(hash);
}

/**
 * A stream of its own for these keys: drawing more or less from one stream changes no other, so the world
 * is the same in whatever order its parts are asked for.
 */
export function randomOf(...keys: number[]): Random {
  let state = hashNumbers(...keys);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of the values, each as likely as the other. @throws RangeError for an empty list */
export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** Standard normal draw (Box-Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma draw with the given shape (> 0) and scale (Marsaglia and Tsang's method). */
export function gamma(random: Random, shape: number, scale: number): number {
  if (shape < 1) return gamma(random, shape + 1, scale) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** Poisson draw; above a mean of 50 by the normal approximation, whose error no shopper would notice. */
function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/**
 * Negative binomial draw: the count distribution that fits retail sales better than Poisson.
 *
 * @param mean - units, >= 0
 * @param dispersion - k > 0: variance is mean + mean² / k
 */
export function negativeBinomial(random: Random, mean: number, dispersion: number): number {
  return mean <= 0 ? 0 : poisson(random, gamma(random, dispersion, mean / dispersion));
}
