import { saveWarehouse, warehouses } from '../db/queries/warehouse.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { Warehouse } from './refs.ts';
import { Refusal, userError } from './user-error.ts';

const GeoPointInput = builder.inputType('GeoPointInput', {
  description: 'A place on the earth, WGS 84.',
  fields: (t) => ({
    latitude: t.float({ required: true, description: 'Degrees, −90 to 90, north positive.' }),
    longitude: t.float({ required: true, description: 'Degrees, −180 to 180, east positive.' }),
  }),
});

const WarehouseUpsertInput = builder.inputType('WarehouseUpsertInput', {
  description: 'A physical warehouse, made or changed by its code.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'The merchant’s code, 1 to 64 characters; unique.' }),
    name: t.string({ required: true, description: 'Name for people, 1 to 200 characters.' }),
    timeZone: t.string({
      description:
        'IANA name of the zone of its business days; null = unchanged, Asia/Shanghai for a new one. A change counts from now on.',
    }),
    location: t.field({ type: GeoPointInput, description: 'Where it stands; null = unchanged.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const WarehouseUpsertPayload = definePayload<{ warehouseId: string }>(
  'WarehouseUpsertPayload',
  'The warehouse as it is now.',
  (t) => ({
    warehouse: t.field({
      type: Warehouse,
      nullable: true,
      description: 'The warehouse.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, warehouses, result.warehouseId),
    }),
  }),
);

builder.mutationField('warehouseUpsert', (t) =>
  t.field({
    type: WarehouseUpsertPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Makes a physical warehouse, or changes the one with this code. Pools are made by their shops.',
    args: { input: t.arg({ type: WarehouseUpsertInput, required: true, description: 'The warehouse.' }) },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'warehouseUpsert', input, async ({ sql, now }) => {
        const checks = startChecks();
        checks.text(input.code, ['input', 'code'], 64);
        checks.text(input.name, ['input', 'name'], 200);
        if (input.timeZone != null && !isTimeZone(input.timeZone)) {
          checks.add(userError('INVALID', ['input', 'timeZone'], { bound: 'IANA, Asia/Shanghai' }));
        }
        const { location } = input;
        if (location != null && !isOnEarth(location)) {
          checks.add(userError('OUT_OF_RANGE', ['input', 'location'], { bound: '±90, ±180' }));
        }
        checks.refuseIfAny();
        const warehouseId = await saveWarehouse(sql, {
          organizationId: context.viewer.organizationId,
          code: input.code,
          name: input.name,
          timeZone: input.timeZone ?? null,
          location: location ?? null,
          at: now,
        });
        if (warehouseId === null) {
          throw new Refusal(userError('NOT_ALLOWED_HERE', ['input', 'code'], { what: 'MARKETPLACE_POOL' }));
        }
        return { warehouseId };
      }),
  }),
);

function isTimeZone(name: string): boolean {
  try {
    // Postgres takes abbreviations and offsets that are no zones; only what has a region, and UTC.
    return (
      (name === 'UTC' || name.includes('/')) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
    );
  } catch {
    return false;
  }
}

function isOnEarth({ latitude, longitude }: { latitude: number; longitude: number }): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
