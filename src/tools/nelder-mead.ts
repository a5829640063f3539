/**
 * Finds a low point of a function without derivatives: the simplex method of Nelder and Mead with the usual
 * coefficients (reflect 1, expand 2, contract ½, shrink ½).
 *
 * @param score - what to make small; may return Infinity outside its bounds
 * @param start - first guess
 * @param step - first size of the simplex
 * @param evaluationsMax - calls of `score` allowed
 * @returns the best point seen and its score
 * @see Nelder and Mead 1965, The Computer Journal 7, 308–313
 */
export function minimize(
  score: (point: Float64Array) => number,
  start: readonly number[],
  step: number,
  evaluationsMax: number,
): { point: Float64Array; score: number } {
  const dimensions = start.length;
  const corners = Array.from({ length: dimensions + 1 }, (_, i) => {
    const point = Float64Array.from(start);
    if (i > 0) point[i - 1]! += step;
    return { point, score: score(point) };
  });
  let evaluations = dimensions + 1;
  const along = (center: Float64Array, worst: Float64Array, factor: number) => {
    const point = center.map((value, j) => value + factor * (value - worst[j]!));
    evaluations += 1;
    return { point, score: score(point) };
  };
  while (evaluations < evaluationsMax) {
    corners.sort((a, b) => a.score - b.score);
    const best = corners[0]!;
    const worst = corners[dimensions]!;
    if (worst.score - best.score <= 1e-9 * (Math.abs(best.score) + 1e-9)) break;
    const center = new Float64Array(dimensions);
    for (const { point } of corners.slice(0, -1))
      for (let j = 0; j < dimensions; j++) center[j]! += point[j]! / dimensions;
    const reflected = along(center, worst.point, 1);
    if (reflected.score < best.score) {
      const expanded = along(center, worst.point, 2);
      corners[dimensions] = expanded.score < reflected.score ? expanded : reflected;
    } else if (reflected.score < corners[dimensions - 1]!.score) {
      corners[dimensions] = reflected;
    } else {
      const contracted = along(center, worst.point, reflected.score < worst.score ? 0.5 : -0.5);
      if (contracted.score < Math.min(reflected.score, worst.score)) corners[dimensions] = contracted;
      else {
        for (let i = 1; i <= dimensions; i++) {
          const point = corners[i]!.point.map((value, j) => (value + best.point[j]!) / 2);
          corners[i] = { point, score: score(point) };
          evaluations += 1;
        }
      }
    }
  }
  corners.sort((a, b) => a.score - b.score);
  return corners[0]!;
}
