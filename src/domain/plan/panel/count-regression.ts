/** Rows of a regression on counts: log of the expected count = offset + features · coefficients. */
export interface CountRows {
  readonly count: number;
  readonly width: number;
  /** Row by row. */
  readonly features: Float64Array;
  readonly offsets: Float64Array;
  readonly counts: Float64Array;
}

/** Logarithms outside this range are cut, so that one odd row cannot overflow. */
const logMin = -6;
const logMax = 12;
const iterationsMax = 15;
const stepMin = 1e-5;

/**
 * Fits coefficients to counts whose variance grows like mean + dispersion · mean².
 *
 * @param rows - at least one
 * @param dispersion - ≥ 0; larger makes big counts weigh less
 * @param ridge - pull of every coefficient towards 0, in weighted rows; > 0 keeps the equations solvable
 * @returns one coefficient per feature
 * @see quasi-likelihood for overdispersed counts with log link, by iteratively reweighted least squares with a
 *   ridge penalty (McCullagh and Nelder, Generalized Linear Models: textbook method)
 * @example
 * // only a constant, counts 2 and 4: the mean is 3, so the coefficient tends to ln 3 as ridge → 0
 * fitCountRegression({ count: 2, width: 1, features: ones, offsets: zeros, counts: [2, 4] }, 0, 1e-9)[0] // 1.0986
 */
export function fitCountRegression(rows: CountRows, dispersion: number, ridge: number): Float64Array {
  const { count, width } = rows;
  const coefficients = new Float64Array(width);
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    const gradient = coefficients.map((value) => -ridge * value);
    const hessian = new Float64Array(width * width);
    for (let j = 0; j < width; j++) hessian[j * width + j] = ridge;
    for (let i = 0; i < count; i++) {
      const mean = Math.exp(logMeanOf(rows, i, coefficients));
      const scale = 1 / (1 + dispersion * mean);
      const residual = (rows.counts[i]! - mean) * scale;
      const weight = mean * scale;
      for (let j = 0; j < width; j++) {
        const x = rows.features[i * width + j]!;
        if (x === 0) continue;
        gradient[j] = gradient[j]! + x * residual;
        for (let k = j; k < width; k++) {
          hessian[j * width + k] = hessian[j * width + k]! + weight * x * rows.features[i * width + k]!;
        }
      }
    }
    const step = solveSymmetric(hessian, gradient, width);
    let largest = 0;
    for (let j = 0; j < width; j++) {
      coefficients[j] = coefficients[j]! + step[j]!;
      largest = Math.max(largest, Math.abs(step[j]!));
    }
    if (largest < stepMin) break;
  }
  return coefficients;
}

/**
 * Expected count of one row.
 *
 * @param offset - as in {@link CountRows}
 * @param features - the row's features, `width` numbers from `from` on
 * @returns expected count, > 0
 * @see {@link fitCountRegression}
 * @example predictCount(0, new Float64Array([1]), 0, new Float64Array([Math.log(3)])) // 3
 */
export function predictCount(
  offset: number,
  features: Float64Array,
  from: number,
  coefficients: Float64Array,
): number {
  let sum = offset;
  for (let j = 0; j < coefficients.length; j++) sum += features[from + j]! * coefficients[j]!;
  return Math.exp(Math.max(logMin, Math.min(logMax, sum)));
}

function logMeanOf(rows: CountRows, i: number, coefficients: Float64Array): number {
  let sum = rows.offsets[i]!;
  const from = i * rows.width;
  for (let j = 0; j < rows.width; j++) sum += rows.features[from + j]! * coefficients[j]!;
  return Math.max(logMin, Math.min(logMax, sum));
}

/** Solves H x = g for a positive definite H given by its upper triangle, by Cholesky's factor. */
function solveSymmetric(hessian: Float64Array, gradient: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    for (let i = j; i < width; i++) {
      let sum = hessian[j * width + i]!;
      for (let k = 0; k < j; k++) sum -= lower[i * width + k]! * lower[j * width + k]!;
      lower[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j * width + j]!;
    }
  }
  const x = Float64Array.from(gradient);
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) x[i] = x[i]! - lower[i * width + k]! * x[k]!;
    x[i] = x[i]! / lower[i * width + i]!;
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) x[i] = x[i]! - lower[k * width + i]! * x[k]!;
    x[i] = x[i]! / lower[i * width + i]!;
  }
  return x;
}
