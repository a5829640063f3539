import { everything } from '../db/queries/filter.ts';
import { readPage, runRead } from '../db/queries/keyset.ts';
import type { LevelPlanRow } from '../db/queries/level-plan.ts';
import { type CalibrationRow, calibrations } from '../db/queries/plan-read.ts';
import { formatDecimal } from '../shared/decimal.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { openPlan } from './level-plan.ts';
import { loaderOf } from './loader.ts';

/** How well a method did on an item's own past. */
export const ForecastAccuracy = builder.objectRef<LevelPlanRow>('ForecastAccuracy').implement({
  description: 'How well the method would have done on the item’s own past. Ratios without a unit.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    intervalDays: t.int({
      nullable: true,
      description: 'Length of the compared sums, days; null when nothing could be compared.',
      resolve: (row) => row.accuracyIntervalDays,
    }),
    origins: t.int({
      nullable: true,
      description: 'Rolling origins compared with the 28-day mean; null as above.',
      resolve: (row) => row.accuracyOrigins,
    }),
    rmsse: t.float({
      nullable: true,
      description:
        'Root mean squared daily error over that of the naive forecast; below 1 is better. Null = not comparable.',
      resolve: (row) => row.rmsse,
    }),
    intervalWape: t.float({
      nullable: true,
      description: 'Σ|forecast − actual| / Σ actual of interval sums; null = not comparable.',
      resolve: (row) => row.intervalWape,
    }),
    bias: t.float({
      nullable: true,
      description: 'Σ(forecast − actual) / Σ actual: positive = forecasts too high; null = not comparable.',
      resolve: (row) => row.bias,
    }),
    relativeError: t.float({
      nullable: true,
      description:
        'Error of interval sums over that of a 28-day mean; below 1 is better. Null = not comparable.',
      resolve: (row) =>
        row.rmseInterval === null || !row.rmseIntervalMovingAverage
          ? null
          : row.rmseInterval / row.rmseIntervalMovingAverage,
    }),
  }),
});

const CalibrationPoint = builder
  .objectRef<{ nominal: number; observed: number }>('CalibrationPoint')
  .implement({
    description: 'A promised probability and the share that was observed.',
    authScopes: { scope: 'read:stock' },
    fields: (t) => ({
      nominal: t.exposeFloat('nominal', { description: 'Promised: demand stays at or below the quantile.' }),
      observed: t.exposeFloat('observed', {
        description: 'Observed share; near the promise when calibrated.',
      }),
    }),
  });

/** Measured calibration of forecasts of a size. */
export const CalibrationSegment = builder.objectRef<CalibrationRow>('CalibrationSegment').implement({
  description:
    'How often demand stayed at or below the promised quantiles over past origins, for forecasts of a similar size.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    intervalDays: t.exposeInt('intervalDays', { description: 'Length of the sums, days.' }),
    fromUnits: t.field({
      type: 'Decimal',
      description: 'Predicted units from here on.',
      resolve: (row) => formatDecimal(row.fromUnits),
    }),
    toUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Predicted units below this; null = no bound.',
      resolve: (row) => (row.toUnits === null ? null : formatDecimal(row.toUnits)),
    }),
    sampleSize: t.int({ description: 'Predictions compared.', resolve: (row) => row.caseCount }),
    points: t.field({
      type: [CalibrationPoint],
      description: 'Promise and observation by level.',
      resolve: (row) =>
        row.levels.map((nominal, i) => ({ nominal, observed: row.coverage[i] ?? Number.NaN })),
    }),
    evaluatedOn: t.field({
      type: 'Date',
      description: 'Business day of the evaluation.',
      resolve: (row) => row.evaluatedOn,
    }),
  }),
});

/** All segments of the organization: a few dozen rows, read once an operation. */
function loadCalibrations(context: GraphqlContext): Promise<readonly CalibrationRow[]> {
  return loaderOf<string, readonly CalibrationRow[]>(context, 'calibrations', async (keys) => {
    const request = { condition: everything, sort: [], limit: 200, isBackward: false, boundary: null };
    const page = await context.read((scope) => runRead(scope, readPage(calibrations, request)));
    return keys.map(() => page.rows);
  }).load('all');
}

/** The measured calibration of forecasts like this one; null until enough were evaluated. */
export async function loadCalibrationOf(
  row: LevelPlanRow,
  context: GraphqlContext,
): Promise<CalibrationRow | null> {
  const mean = openPlan(row).demand?.meanOver(row.protectionDays);
  if (mean === undefined) return null;
  const segments = (await loadCalibrations(context)).filter(
    (one) => mean >= one.fromUnits && (one.toUnits === null || mean < one.toUnits),
  );
  const distance = (one: CalibrationRow) => Math.abs(Math.log(one.intervalDays / row.protectionDays));
  return segments.toSorted((one, other) => distance(one) - distance(other))[0] ?? null;
}
