import type { PolicyMethods } from '../db/queries/policy-method.ts';
import { serviceLevelClasses, serviceLevelMax, serviceLevelMin } from '../domain/plan/service-level.ts';
import { builder } from './builder.ts';
import type { Checks } from './checks.ts';
import { userError } from './user-error.ts';

/** Where a service level comes from that nobody set. */
export const ServiceLevelBasis = builder.enumType('ServiceLevelBasis', {
  description: 'Where a service level comes from that nobody set. New values may be added.',
  values: {
    CLASS: {
      description: 'By the item’s ABC and XYZ class: AX 0.98, AY 0.97, AZ and B 0.95, C 0.9 unless set.',
    },
    ECONOMIC: {
      description:
        'What would have cost the item’s class least over the last half year, looked for once a week (`economicServiceLevels`); by class until it is found.',
    },
  } as const,
});

const ServiceLevelClass = builder.enumType('ServiceLevelClass', {
  description:
    'ABC and XYZ class; a letter alone = every class that begins with it and has no level of its own.',
  values: Object.fromEntries(
    serviceLevelClasses.map((name) => [
      name,
      { description: name.length === 1 ? `Every class that begins with ${name}.` : `Class ${name}.` },
    ]),
  ) as Record<(typeof serviceLevelClasses)[number], { description: string }>,
});

interface ClassLevel {
  readonly class: (typeof serviceLevelClasses)[number];
  readonly serviceLevel: string;
}

/** The service level of a class. */
export const ClassServiceLevel = builder.objectRef<ClassLevel>('ClassServiceLevel').implement({
  description: 'The service level of a class.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    class: t.field({ type: ServiceLevelClass, description: 'Which class.', resolve: (one) => one.class }),
    serviceLevel: t.field({
      type: 'Decimal',
      description: 'Wished probability of no stock-out in a cycle.',
      resolve: (one) => one.serviceLevel,
    }),
  }),
});

/** The service level of a class, to be set. */
export const ClassServiceLevelInput = builder.inputType('ClassServiceLevelInput', {
  description: 'The service level of a class.',
  fields: (t) => ({
    class: t.field({ type: ServiceLevelClass, required: true, description: 'Which class.' }),
    serviceLevel: t.field({
      type: 'Decimal',
      required: true,
      description: `Wished probability of no stock-out in a cycle; ${serviceLevelMin} to ${serviceLevelMax}.`,
    }),
  }),
});

/** The methods as they come with a mutation. */
export interface PolicyMethodsInput {
  readonly safetyStockMethod?: PolicyMethods['safetyStockMethod'] | undefined;
  readonly serviceLevelBasis?: PolicyMethods['serviceLevelBasis'] | undefined;
  readonly classServiceLevels?: readonly ClassLevel[] | null | undefined;
}

/** Checks the methods of an input; notes what is wrong with them. Only what was given is in the answer. */
export function checkPolicyMethods(checks: Checks, input: PolicyMethodsInput): Partial<PolicyMethods> {
  const { safetyStockMethod, serviceLevelBasis, classServiceLevels } = input;
  const path = ['input', 'values', 'classServiceLevels'];
  const seen = new Map<string, number>();
  (classServiceLevels ?? []).forEach((one, index) => {
    const place = [...path, String(index)];
    checks.decimal(one.serviceLevel, [...place, 'serviceLevel'], {
      ...{ min: serviceLevelMin, max: serviceLevelMax },
    });
    const other = seen.get(one.class);
    if (other === undefined) seen.set(one.class, index);
    else checks.add(userError('DUPLICATE', [...place, 'class'], { other: String(other) }));
  });
  return {
    ...(safetyStockMethod === undefined ? {} : { safetyStockMethod }),
    ...(serviceLevelBasis === undefined ? {} : { serviceLevelBasis }),
    ...(classServiceLevels === undefined
      ? {}
      : { classServiceLevels: classServiceLevels === null ? null : toText(classServiceLevels) }),
  };
}

function toText(levels: readonly ClassLevel[]): string {
  return JSON.stringify(Object.fromEntries(levels.map((one) => [one.class, one.serviceLevel])));
}

/** Service levels by class as they are stored, by class. */
export function toClassLevels(text: string): ClassLevel[] {
  const levels = JSON.parse(text) as Readonly<Record<string, string>>;
  return serviceLevelClasses.flatMap((name) => {
    const serviceLevel = levels[name];
    return serviceLevel === undefined ? [] : [{ class: name, serviceLevel }];
  });
}
