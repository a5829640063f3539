import { AppError } from '../../shared/errors.ts';
import type { AbcClass, XyzClass } from '../kpi/item-class.ts';

/** Where a service level comes from. */
type ServiceLevelOrigin = 'OVERRIDE' | 'ECONOMIC' | 'CLASS' | 'DEFAULT';

/** The wished probability of no stock-out in one order cycle, with its origin. */
export interface ServiceLevel {
  readonly origin: ServiceLevelOrigin;
  /** Strictly between 0 and 1. A cycle service level, not a fill rate. */
  readonly level: number;
}

/** Service level by class: key `AX`, or a letter alone for every class that begins with it. */
export type ServiceLevelTable = Readonly<Record<string, number>>;

/** The table in force until an organization sets its own. */
const defaultServiceLevels: ServiceLevelTable = { AX: 0.98, AY: 0.97, AZ: 0.95, B: 0.95, C: 0.9 };
/** The classes that a level can be set for; a letter alone holds for every class that begins with it. */
export const serviceLevelClasses = [
  'A',
  'AX',
  'AY',
  'AZ',
  'B',
  'BX',
  'BY',
  'BZ',
  'C',
  'CX',
  'CY',
  'CZ',
] as const;

/**
 * The table in force with an organization's own levels in it.
 *
 * @param own - level by class as decimal text; a letter alone replaces every default of that letter
 * @returns levels between 0.5 and 0.999
 * @see resolveServiceLevel
 * @example withClassLevels({ A: '0.99' }).AX // 0.99
 */
export function withClassLevels(own: Readonly<Record<string, string>>): ServiceLevelTable {
  const table: Record<string, number> = { ...defaultServiceLevels };
  // Letters alone first, so that a whole class of its own wins over them.
  for (const key of Object.keys(own).toSorted((one, other) => one.length - other.length)) {
    if (key.length === 1) for (const old of Object.keys(table)) if (old.startsWith(key)) delete table[old];
    table[key] = Math.min(serviceLevelMax, Math.max(serviceLevelMin, Number(own[key])));
  }
  return table;
}

/** Without classes: the level that goes with Z = 1.645. */
const defaultServiceLevel = 0.95;
/** Bounds of any level asked for: outside, the tail of the distribution is guesswork. */
export const serviceLevelMin = 0.5;
/** See {@link serviceLevelMin}. */
export const serviceLevelMax = 0.999;

/**
 * The service level to plan an item and warehouse with.
 *
 * In order: a person's override, the economic level found by replaying the policy, the table by ABC and XYZ
 * class, 0.95.
 *
 * @param input.override - null = none; must lie within [0.5, 0.999]
 * @param input.economic - null = not wished or not found
 * @param input.abc - null = value class unknown
 * @param input.xyz - null = steadiness class unknown
 * @param table - see {@link ServiceLevelTable}
 * @returns level and origin
 * @throws AppError `invalid_input` if the override is out of bounds
 * @see common practice of class tables; that a fixed 95 % everywhere is dear was measured on VN2's history
 * @example resolveServiceLevel({ override: null, economic: null, abc: 'A', xyz: 'Y' }) // { origin: 'CLASS', level: 0.97 }
 */
export function resolveServiceLevel(
  input: {
    readonly override: number | null;
    readonly economic: number | null;
    readonly abc: AbcClass | null;
    readonly xyz: XyzClass | null;
  },
  table: ServiceLevelTable = defaultServiceLevels,
): ServiceLevel {
  if (input.override !== null) {
    if (!(input.override >= serviceLevelMin && input.override <= serviceLevelMax)) {
      throw new AppError(
        'invalid_input',
        `service level must lie between ${serviceLevelMin} and ${serviceLevelMax}, but is ${input.override}`,
      );
    }
    return { origin: 'OVERRIDE', level: input.override };
  }
  if (input.economic !== null) return { origin: 'ECONOMIC', level: input.economic };
  if (input.abc !== null) {
    const level = table[`${input.abc}${input.xyz ?? ''}`] ?? table[input.abc] ?? table[`${input.abc}Z`];
    if (level !== undefined) return { origin: 'CLASS', level };
  }
  return { origin: 'DEFAULT', level: defaultServiceLevel };
}
