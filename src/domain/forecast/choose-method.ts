import { fitMethod } from './fit-method.ts';
import type { FittedMethod, ForecastMethod } from './fitted-method.ts';
import type { Grain } from './grain.ts';
import type { ItemWindow } from './item-factors.ts';

/** Longer periods only: on days no alternative was better often enough to be picked without overfitting. */
const rivals: readonly ForecastMethod[] = ['EXPONENTIAL_SMOOTHING', 'MOVING_AVERAGE'];
/** A rival must have been this much better over the compared origins: picking by small differences overfits. */
const neededRatio = 0.97;
/** Share of periods with demand from which a choice is tried: on sparse items the winner is chance. */
const busyShareMin = 0.7;
const originsMin = 12;
/** How far back origins are compared, in periods. */
const comparedPeriods = 48;

/**
 * Picks the method for an item by rolling origins: the default mix, unless a simpler one was clearly better at
 * the sums that matter.
 *
 * Days always take the default: over many items a choice by the last error was worse than no choice.
 *
 * @param window - history with the item's factors
 * @param plain - gives the same history with factors of 1
 * @param grain - season and rates
 * @returns the fitted method
 * @example chooseMethod(window, () => plain, grainOf(7)).method // 'LEVEL_MIX'
 */
export function chooseMethod(window: ItemWindow, plain: () => ItemWindow, grain: Grain): FittedMethod {
  const standard = fitMethod('LEVEL_MIX', window, window, grain);
  if (grain.isDaily || busyShare(window) < busyShareMin) return standard;
  let best = standard;
  let bestError = meanSquare(window, standard, grain) * neededRatio ** 2;
  for (const rival of rivals) {
    const fitted = fitMethod(rival, window, plain(), grain);
    const error = meanSquare(plain(), fitted, grain);
    if (error < bestError) {
      best = fitted;
      bestError = error;
    }
  }
  return best;
}

function busyShare(window: ItemWindow): number {
  let busy = 0;
  for (const value of window.values) if (value > 0) busy += 1;
  return busy / Math.max(1, window.knownPeriods);
}

/** Mean squared error of sums over the last origins; 0 when too few, so that nothing beats the default. */
function meanSquare(window: ItemWindow, fitted: FittedMethod, grain: Grain): number {
  const { sums } = window;
  const n = window.values.length;
  const span = grain.errorPeriods;
  let squares = 0;
  let origins = 0;
  for (let t = n - 1 - span; t >= Math.max(2, n >> 1, n - comparedPeriods); t--) {
    squares += (sums[t + 1 + span]! - sums[t + 1]! - fitted.sumAt(t, span)) ** 2;
    origins += 1;
  }
  return origins >= originsMin ? squares / origins : 0;
}
