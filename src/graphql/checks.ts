import type { ItemUnit } from '../db/queries/item.ts';
import { Decimal } from '../shared/decimal.ts';
import { Refusal, type UserErrorValue, userError } from './user-error.ts';

/** Collects what is wrong with an input, so that a client learns all of it at once. */
export interface Checks {
  readonly errors: readonly UserErrorValue[];
  add(error: UserErrorValue): void;
  /** A text of at least one visible character and at most so many characters, without control characters. */
  text(value: string | null | undefined, path: readonly (string | number)[], lengthMax: number): void;
  /** A decimal inside bounds, both included; null and absent pass. */
  decimal(
    value: string | null | undefined,
    path: readonly (string | number)[],
    bounds: { readonly min?: number; readonly max?: number },
  ): void;
  /** A quantity with no more decimal places than its unit has; null and absent pass. */
  unit(value: string | null | undefined, path: readonly (string | number)[], unit: ItemUnit): void;
  /** @throws Refusal when anything was added */
  refuseIfAny(): void;
}

/** Quantities beyond this are mistakes: a million million units. */
export const quantityMax = 1_000_000_000_000;

/** Most decimal places of a unit. */
export const unitDecimalsMax = 6;

/** Starts an empty list of checks. */
export function startChecks(): Checks {
  const errors: UserErrorValue[] = [];
  return {
    errors,
    add: (error) => errors.push(error),
    text(value, path, lengthMax) {
      if (value == null) return;
      if (value.trim() === '' || value.length > lengthMax || hasControlCharacter(value)) {
        errors.push(userError('INVALID', path, { bound: `1–${lengthMax}` }, 'USER_INVALID_TEXT'));
      }
    },
    decimal(value, path, { min, max }) {
      if (value == null) return;
      const number = new Decimal(value);
      if ((min !== undefined && number.lt(min)) || (max !== undefined && number.gt(max))) {
        errors.push(userError('OUT_OF_RANGE', path, { bound: `${min ?? '−∞'} – ${max ?? '∞'}` }));
      }
    },
    unit(value, path, { unitCode: unit, unitDecimals }) {
      if (value == null || new Decimal(value).decimalPlaces() <= unitDecimals) return;
      errors.push(userError('INVALID', path, { unit, decimals: String(unitDecimals) }, 'USER_DECIMALS'));
    },
    refuseIfAny() {
      if (errors.length > 0) throw new Refusal(...errors);
    },
  };
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < 32) return true;
  return false;
}
