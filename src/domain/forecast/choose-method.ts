import { fitMethod } from './fit-method.ts';
import type { FittedMethod } from './fitted-method.ts';
import type { Grain } from './grain.ts';
import type { ItemWindow } from './item-factors.ts';

/**
 * Picks the method for an item.
 *
 * @param window - history with the item's factors
 * @param plain - gives the same history with factors of 1
 * @param grain - season and rates
 * @returns the fitted method
 */
export function chooseMethod(window: ItemWindow, plain: () => ItemWindow, grain: Grain): FittedMethod {
  return fitMethod('LEVEL_MIX', window, grain.season < 0 ? plain() : window, grain);
}
