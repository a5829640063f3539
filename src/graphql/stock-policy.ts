import { items } from '../db/queries/item.ts';
import {
  findPolicyTargets,
  loadPolicyLevels,
  type PolicyScope,
  type PolicySetting,
  policySettings,
  type StockPolicyRow,
  savePolicy,
  stockPolicies,
} from '../db/queries/policy.ts';
import { type PolicyMethods, policyMethods, savePolicyMethods } from '../db/queries/policy-method.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { serviceLevelMax, serviceLevelMin } from '../domain/plan/service-level.ts';
import { brandId, type ItemId, type WarehouseId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { quantityMax, startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { announce, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { Item, Warehouse } from './refs.ts';
import {
  ClassServiceLevel,
  ClassServiceLevelInput,
  checkPolicyMethods,
  ServiceLevelBasis,
  toClassLevels,
} from './stock-policy-method.ts';
import { Refusal, userError } from './user-error.ts';
import { SafetyStockMethod } from './values.ts';

/** What each setting means and its bounds, for the type and the input alike. */
const settings: Record<PolicySetting, { meaning: string; min: number; max: number }> = {
  safetyStock: { meaning: 'Units at or below which the level is low', min: 0, max: quantityMax },
  leadTimeDays: { meaning: 'Days from order to receipt', min: 0, max: 730 },
  reviewPeriodDays: { meaning: 'Days between two decisions', min: 0, max: 365 },
  serviceLevel: {
    meaning: 'Probability of no stock-out in a cycle',
    min: serviceLevelMin,
    max: serviceLevelMax,
  },
  minOrderQuantity: { meaning: 'Least that can be ordered, units', min: 0, max: quantityMax },
  orderMultiple: { meaning: 'Orders are multiples of this, units', min: 0, max: quantityMax },
  orderCap: { meaning: 'Most that is ordered at once, units', min: 0, max: quantityMax },
  minOrderValue: {
    meaning: 'Least value of one order, money; used of a supplier’s policy, else of the organization’s',
    min: 0,
    max: quantityMax,
  },
  coverDaysMax: {
    meaning: 'Days of expected demand above which an order is flagged, not cut; 90 where nobody sets it',
    min: 1,
    max: 3650,
  },
};

const StockPolicy = builder.objectRef<StockPolicyRow>('StockPolicy').implement({
  description:
    'Settings for some goods and places, from the whole organization down to item × warehouse. The narrowest that sets a value decides.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    item: t.field({
      type: Item,
      nullable: true,
      description: 'For this item; null = for all.',
      resolve: (row, _args, context) => (row.itemId === null ? null : loadByKey(context, items, row.itemId)),
    }),
    warehouse: t.field({
      type: Warehouse,
      nullable: true,
      description: 'For this warehouse; null = for all.',
      resolve: (row, _args, context) =>
        row.warehouseId === null ? null : loadByKey(context, warehouses, row.warehouseId),
    }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'For this category; null = for all.',
    }),
    supplierName: t.exposeString('supplierName', {
      nullable: true,
      description: 'For goods of this supplier; null = for all.',
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was last set (business time).',
      resolve: (row) => row.recordedAt,
    }),
  }),
});

builder.objectFields(StockPolicy, (t) => ({
  safetyStockMethod: t.field({
    type: SafetyStockMethod,
    nullable: true,
    description: 'How safety stocks are computed; null = not set here.',
    resolve: async (row, _args, context) => (await methodsOf(context, row)).safetyStockMethod,
  }),
  serviceLevelBasis: t.field({
    type: ServiceLevelBasis,
    nullable: true,
    description: 'Where service levels come from that nobody set; null = not set here.',
    resolve: async (row, _args, context) => (await methodsOf(context, row)).serviceLevelBasis,
  }),
  classServiceLevels: t.field({
    type: [ClassServiceLevel],
    nullable: true,
    description: 'Service levels by class; null = none set here.',
    resolve: async (row, _args, context) => {
      const { classServiceLevels } = await methodsOf(context, row);
      return classServiceLevels === null ? null : toClassLevels(classServiceLevels);
    },
  }),
}));

async function methodsOf(context: GraphqlContext, row: StockPolicyRow) {
  const methods = await loadByKey(context, policyMethods, row.policyId);
  return methods ?? { safetyStockMethod: null, serviceLevelBasis: null, classServiceLevels: null };
}

builder.objectFields(StockPolicy, (t) =>
  Object.fromEntries(
    policySettings.map((name) => [
      name,
      t.field({
        type: 'Decimal',
        nullable: true,
        description: `${settings[name].meaning}; null = not set here.`,
        resolve: (row) => row[name],
      }),
    ]),
  ),
);

const StockPolicyScopeInput = builder.inputType('StockPolicyScopeInput', {
  description:
    'Which goods and places. Item, warehouse or both together; or a category, or a supplier; nothing at all = the whole organization.',
  fields: (t) => ({
    itemId: t.id({ description: 'An item’s id.' }),
    warehouseId: t.id({ description: 'A warehouse’s id.' }),
    category: t.string({ description: 'A category’s name; alone.' }),
    supplierName: t.string({ description: 'A supplier’s name; alone.' }),
  }),
});

const StockPolicyValuesInput = builder.inputType('StockPolicyValuesInput', {
  description: 'What is set. What is left out stays as it is; null = no longer set here.',
  fields: (t) => ({
    ...(Object.fromEntries(
      policySettings.map((name) => {
        const { meaning, min, max } = settings[name];
        return [
          name,
          t.field({ type: 'Decimal', description: `${meaning}; ${min} to ${max}. Null = not set here.` }),
        ];
      }),
    ) as Record<PolicySetting, ReturnType<typeof t.field<'Decimal', false>>>),
    safetyStockMethod: t.field({
      type: SafetyStockMethod,
      description: 'How safety stocks are computed; QUANTILE where nobody sets it. Null = not set here.',
    }),
    serviceLevelBasis: t.field({
      type: ServiceLevelBasis,
      description:
        'Where service levels come from that nobody set; CLASS where nobody says. Null = not set here.',
    }),
    classServiceLevels: t.field({
      type: [ClassServiceLevelInput],
      description:
        'Service levels by class, in the place of those set here before; classes left out keep the usual ones. Null = none set here.',
    }),
  }),
});

const StockPolicySetInput = builder.inputType('StockPolicySetInput', {
  description: 'Settings for some goods and places.',
  fields: (t) => ({
    scope: t.field({ type: StockPolicyScopeInput, required: true, description: 'For what.' }),
    values: t.field({ type: StockPolicyValuesInput, required: true, description: 'What is set.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const StockPolicySetPayload = definePayload<{ policyId: string; changedCount: number }>(
  'StockPolicySetPayload',
  'The settings as they are now.',
  (t) => ({
    stockPolicy: t.field({
      type: StockPolicy,
      nullable: true,
      description: 'The settings of this scope.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, stockPolicies, result.policyId),
    }),
    changedLevelCount: t.int({
      description: 'Levels whose safety stock changed by it; 0 when refused.',
      resolve: ({ result }) => result?.changedCount ?? 0,
    }),
  }),
);

builder.mutationField('stockPolicySet', (t) =>
  t.field({
    type: StockPolicySetPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Sets safety stock, lead time, service level, order quantities, and how they are computed. Safety stocks below it are computed anew at once, and alerts fire or resolve by them.',
    args: { input: t.arg({ type: StockPolicySetInput, required: true, description: 'For what, and what.' }) },
    resolve: (_root, { input }, context) => {
      const scope = toScope(context, input.scope);
      return runMutation(context, 'stockPolicySet', input, async (queryScope) => {
        const { sql, now } = queryScope;
        const values = checkValues(input.scope, input.values);
        const found = await findPolicyTargets(sql, scope);
        if (!found.isItem) throw new Refusal(userError('NOT_FOUND', ['input', 'scope', 'itemId']));
        if (!found.isWarehouse) throw new Refusal(userError('NOT_FOUND', ['input', 'scope', 'warehouseId']));
        const policyId = await savePolicy(sql, context.viewer.organizationId, scope, values.settings, now);
        await savePolicyMethods(sql, policyId, values.methods);
        const levels = await loadPolicyLevels(sql, scope);
        const changed = await context.ports.refreshThresholds(sql, levels, now);
        await announce(context, queryScope, changed, []);
        return { policyId, changedCount: changed.length };
      });
    },
  }),
);

function toScope(context: GraphqlContext, input: typeof StockPolicyScopeInput.$inferInput): PolicyScope {
  const idOf = (id: string | null | undefined, type: 'Item' | 'Warehouse') =>
    id == null ? null : (requireId(context, id, type)[0] ?? null);
  const itemId = idOf(input.itemId, 'Item');
  const warehouseId = idOf(input.warehouseId, 'Warehouse');
  return {
    itemId: itemId === null ? null : brandId<ItemId>(itemId),
    warehouseId: warehouseId === null ? null : brandId<WarehouseId>(warehouseId),
    category: input.category ?? null,
    supplierName: input.supplierName ?? null,
  };
}

function checkValues(
  scope: typeof StockPolicyScopeInput.$inferInput,
  values: typeof StockPolicyValuesInput.$inferInput,
): { settings: Partial<Record<PolicySetting, string | null>>; methods: Partial<PolicyMethods> } {
  const checks = startChecks();
  const isPlace = scope.itemId != null || scope.warehouseId != null;
  if ([isPlace, scope.category != null, scope.supplierName != null].filter(Boolean).length > 1) {
    const params = {
      other: 'category / supplierName',
      bound: 'itemId × warehouseId ⊕ category ⊕ supplierName',
    };
    checks.add(userError('INCONSISTENT', ['input', 'scope'], params));
  }
  checks.text(scope.category, ['input', 'scope', 'category'], 200);
  checks.text(scope.supplierName, ['input', 'scope', 'supplierName'], 200);
  const given = policySettings.filter((name) => values[name] !== undefined);
  const methods = checkPolicyMethods(checks, values);
  if (given.length + Object.keys(methods).length === 0) {
    const what = [...policySettings, 'safetyStockMethod', 'serviceLevelBasis', 'classServiceLevels'].join(
      ' / ',
    );
    checks.add(userError('REQUIRED', ['input', 'values'], { what }));
  }
  for (const name of given) checks.decimal(values[name], ['input', 'values', name], settings[name]);
  checks.refuseIfAny();
  return { settings: Object.fromEntries(given.map((name) => [name, values[name] ?? null])), methods };
}
