import type { QueryScope } from '../db/queries/collection.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { loadImportTargets, saveImportedItems } from '../db/queries/stock-import.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { Decimal } from '../shared/decimal.ts';
import { dayMs } from '../shared/time.ts';
import { builder } from './builder.ts';
import { startChecks, unitDecimalsMax } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { announce, DryRun, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { StockLevel } from './refs.ts';
import { type CheckedRow, checkImportRow, type ImportRow, quantityFields } from './stock-import-check.ts';
import { Refusal, UserError, type UserErrorValue, userError } from './user-error.ts';

/** As many rows as fit a request body of 256 KiB, and a transaction that nobody waits for. */
const rowsMax = 1_000;

const ImportErrorPolicy = builder.enumType('ImportErrorPolicy', {
  description: 'What a bad row does to the others.',
  values: {
    SKIP_ROW: { description: 'It is left out; the others are taken.' },
    REJECT_ALL: { description: 'Nothing is taken; `userErrors` holds all that is wrong.' },
  } as const,
});

const ImportRowStatus = builder.enumType('ImportRowStatus', {
  description: 'What became of a row. New values may be added: a client must bear unknown ones.',
  values: {
    CHANGED: { description: 'The level has new quantities.' },
    UNCHANGED: { description: 'The level had these quantities already, or newer ones.' },
    REJECTED: { description: 'It was not taken; see `userErrors`.' },
  } as const,
});

const StockLevelRowInput = builder.inputType('StockLevelRowInput', {
  description:
    'What lies in one place. `available` or `onHand` is needed. Quantities are in the item’s unit.',
  fields: (t) => ({
    sku: t.string({ required: true, description: 'Article number of the item.' }),
    warehouseCode: t.string({ required: true, description: 'Code of a physical warehouse.' }),
    title: t.string({ description: 'For an item that is made; null = its article number.' }),
    available: t.field({
      type: 'Decimal',
      description: 'What can be promised, may be negative; null = onHand − reserved − damaged.',
    }),
    onHand: t.field({ type: 'Decimal', description: 'What lies there, 0 or more; null = not reported.' }),
    reserved: t.field({
      type: 'Decimal',
      description: 'Promised to orders, 0 or more; null = not reported.',
    }),
    damaged: t.field({ type: 'Decimal', description: 'Cannot be sold, 0 or more; null = not reported.' }),
    incoming: t.field({
      type: 'Decimal',
      description: 'On the way, 0 or more; null = summed from open inbound shipments.',
    }),
    observedAt: t.field({
      type: 'DateTime',
      description:
        'When it was so (business time), not in the future and not before what is kept (SNAPSHOT_RETENTION_DAYS); null = now. Older than known is ignored.',
    }),
  }),
});

const StockLevelsImportInput = builder.inputType('StockLevelsImportInput', {
  description: 'Levels as somebody counted or another system exported them. They are believed without doubt.',
  fields: (t) => ({
    rows: t.field({ type: [StockLevelRowInput], required: true, description: `1 to ${rowsMax} rows.` }),
    dryRun: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'True: everything is done and checked as usual, then undone; nothing is kept or announced.',
    }),
    errorPolicy: t.field({
      type: ImportErrorPolicy,
      required: true,
      defaultValue: 'SKIP_ROW',
      description: 'What a bad row does to the others.',
    }),
    createMissingItems: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'True: an unknown article number makes an item instead of a bad row; it is counted as finely as its rows are.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

interface RowResult {
  index: number;
  status: 'CHANGED' | 'UNCHANGED' | 'REJECTED';
  level: [itemId: string, warehouseId: string] | null;
  userErrors: readonly UserErrorValue[];
}

interface ImportResult {
  isDryRun: boolean;
  rows: RowResult[];
}

const StockLevelsImportRow = builder
  .objectRef<RowResult & { isDryRun: boolean }>('StockLevelsImportRow')
  .implement({
    description: 'What became of one row.',
    authScopes: { scope: 'write:stock' },
    fields: (t) => ({
      index: t.exposeInt('index', { description: 'Position of the row in the input, from 0.' }),
      status: t.field({
        type: ImportRowStatus,
        description: 'What became of it.',
        resolve: (row) => row.status,
      }),
      stockLevel: t.field({
        type: StockLevel,
        nullable: true,
        description: 'The level as it is now; null for rejected rows and in a dry run.',
        resolve: (row, _args, context) =>
          row.level === null || row.isDryRun ? null : loadByKey(context, stockLevels, ...row.level),
      }),
      userErrors: t.field({
        type: [UserError],
        description: 'What is wrong with the row; empty when it was taken.',
        resolve: (row) => [...row.userErrors],
      }),
    }),
  });

const count = (result: ImportResult | null, status: RowResult['status']) =>
  result?.rows.filter((row) => row.status === status).length ?? 0;

const StockLevelsImportPayload = definePayload<ImportResult>(
  'StockLevelsImportPayload',
  'What became of each row.',
  (t) => ({
    rows: t.field({
      type: [StockLevelsImportRow],
      nullable: true,
      description: 'One entry per row, in order.',
      resolve: ({ result }) => result?.rows.map((row) => ({ ...row, isDryRun: result.isDryRun })) ?? null,
    }),
    changedCount: t.int({
      description: 'Rows that changed a level; 0 when refused.',
      resolve: ({ result }) => count(result, 'CHANGED'),
    }),
    unchangedCount: t.int({
      description: 'Rows that changed nothing; 0 when refused.',
      resolve: ({ result }) => count(result, 'UNCHANGED'),
    }),
    rejectedCount: t.int({
      description: 'Rows that were not taken; 0 when refused as a whole.',
      resolve: ({ result }) => count(result, 'REJECTED'),
    }),
  }),
);

builder.mutationField('stockLevelsImport', (t) =>
  t.field({
    type: StockLevelsImportPayload,
    authScopes: { scope: 'write:stock' },
    complexity: ({ input }) => ({ field: 1 + input.rows.length, multiplier: 1 }),
    description:
      'Takes in quantities of physical warehouses, row by row checked and all at once written; alerts fire and resolve as for any other source.',
    args: { input: t.arg({ type: StockLevelsImportInput, required: true, description: 'The rows.' }) },
    resolve: async (_root, { input }, context) => {
      await preparePartitions(context, input.rows);
      return runMutation(context, 'stockLevelsImport', input, (scope) => importRows(context, scope, input));
    },
  }),
);

/** Older readings are not kept: they would only make partitions for the next clean-up. */
function earliestOf({ ports, now }: GraphqlContext): Date {
  return new Date(now.getTime() - ports.snapshotRetentionDays * dayMs);
}

/** Partitions are made outside the transaction; instants that will be refused need none. */
async function preparePartitions(context: GraphqlContext, rows: readonly ImportRow[]): Promise<void> {
  const instants = rows.flatMap((row) => row.observedAt ?? []);
  const earliest = earliestOf(context);
  const usable = instants.filter((instant) => instant <= context.now && instant >= earliest);
  await ensureSnapshotPartitions(context.db, 'app', [context.now, ...usable]);
}

async function importRows(
  context: GraphqlContext,
  scope: QueryScope,
  input: typeof StockLevelsImportInput.$inferInput,
): Promise<ImportResult> {
  const { organizationId } = context.viewer;
  const { sql, now } = scope;
  const checks = startChecks();
  if (input.rows.length === 0 || input.rows.length > rowsMax) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'rows'], { bound: `1–${rowsMax}` }));
  }
  checks.refuseIfAny();
  const checked = await checkRows(context, scope, input.rows, input.createMissingItems === true);
  const errors = checked.flatMap((row) => (row.kind === 'rejected' ? row.errors : []));
  if (errors.length > 0 && input.errorPolicy === 'REJECT_ALL') throw new Refusal(...errors);
  const readings = checked.flatMap((row) => (row.kind === 'reading' ? [row.reading] : []));
  const recorded = await context.ports.recordLevels(sql, {
    ...{ organizationId, readings, recordedAt: now, syncRunId: null, isTrusted: true },
  });
  const changed = new Set(recorded.events.map((event) => `${event.itemId} ${event.warehouseId}`));
  const result = {
    isDryRun: input.dryRun === true,
    rows: checked.map((row, index) => toResult(row, index, changed)),
  };
  if (result.isDryRun) throw new DryRun(result);
  await announce(context, scope, recorded.touched, recorded.events);
  return result;
}

async function checkRows(
  context: GraphqlContext,
  { sql, now }: QueryScope,
  rows: readonly ImportRow[],
  areItemsMade: boolean,
): Promise<CheckedRow[]> {
  const skus = [...new Set(rows.map((row) => row.sku))];
  const codes = [...new Set(rows.map((row) => row.warehouseCode))];
  const targets = await loadImportTargets(sql, skus, codes);
  const items = new Map(targets.items);
  if (areItemsMade) {
    const missing = Map.groupBy(
      rows.filter((row) => !items.has(row.sku) && isUsableSku(row.sku)),
      (row) => row.sku,
    );
    const wanted = [...missing].map(([sku, own]) => ({
      ...{ sku, title: own.findLast(({ title }) => title != null)?.title ?? sku },
      unitDecimals: Math.min(unitDecimalsMax, Math.max(...own.map(decimalsOf))),
    }));
    const made = await saveImportedItems(sql, context.viewer.organizationId, wanted, now);
    for (const item of made) items.set(item.sku, item);
  }
  const taken = new Map<string, number>();
  const period = { earliest: earliestOf(context), now };
  return rows.map((row, index) => {
    const key = JSON.stringify([row.sku, row.warehouseCode]);
    const checked = checkImportRow(row, index, { ...targets, items }, taken.get(key) ?? null, period);
    // A row that was rejected is not in the way of one that mends it.
    if (checked.kind === 'reading') taken.set(key, index);
    return checked;
  });
}

/** Most decimal places of a row's quantities: what the unit of an item that nobody knows yet must have. */
function decimalsOf(row: ImportRow): number {
  return Math.max(...quantityFields.map((field) => new Decimal(row[field] ?? 0).decimalPlaces()));
}

function isUsableSku(sku: string): boolean {
  const checks = startChecks();
  checks.text(sku, [], 100);
  return checks.errors.length === 0;
}

function toResult(row: CheckedRow, index: number, changed: ReadonlySet<string>): RowResult {
  if (row.kind === 'rejected') return { index, status: 'REJECTED', level: null, userErrors: row.errors };
  const { itemId, warehouseId } = row.reading;
  const status = changed.has(`${itemId} ${warehouseId}`) ? 'CHANGED' : 'UNCHANGED';
  return { index, status, level: [itemId, warehouseId], userErrors: [] };
}
