import { readFileSync } from 'node:fs';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { flatPage, nestedPage } from '../../src/graphql/page.ts';
import { schema } from '../../src/graphql/schema.ts';
import { printSdl, sdlPath } from '../../src/tools/print-schema.ts';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

/** Everything that should have a description: path and text. */
function describables(type: GraphQLNamedType): [path: string, text: string | null | undefined][] {
  const own: [string, string | null | undefined][] = [[type.name, type.description]];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      own.push([`${type.name}.${field.name}`, field.description]);
      for (const arg of field.args) own.push([`${type.name}.${field.name}(${arg.name}:)`, arg.description]);
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields()))
      own.push([`${type.name}.${field.name}`, field.description]);
  }
  if (isEnumType(type)) {
    for (const value of type.getValues()) own.push([`${type.name}.${value.name}`, value.description]);
  }
  return own;
}

describe('the schema', () => {
  it('describes every type, field, argument and enum value', () => {
    const all = types.flatMap(describables);
    expect(all.length).toBeGreaterThan(500);
    const missing = all.filter(([, text]) => text == null || text.trim().length < 5).map(([path]) => path);
    expect(missing).toEqual([]);
  });

  it('says of every field that may be null what null means', () => {
    const silent = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => !String(field.type).endsWith('!') && !type.name.endsWith('Payload'))
            .filter((field) => !/null|Null|unless/.test(field.description ?? ''))
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    // The unknown incoming counts as zero there; its null never comes.
    expect(silent).toEqual(['Item.position', 'StockLevel.position']);
  });

  it('is printed as it is', () => {
    expect(readFileSync(sdlPath, 'utf8')).toBe(printSdl());
  });

  it('uses no Float for quantities or money', () => {
    const floats = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => String(field.type).startsWith('Float'))
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect(floats.sort()).toEqual([
      'CalibrationPoint.nominal',
      'CalibrationPoint.observed',
      'ClassicSafetyStock.z',
      'EconomicOutcome.fillRate',
      'EconomicOutcome.serviceLevel',
      'EconomicServiceLevel.serviceLevel',
      'ForecastAccuracy.bias',
      'ForecastAccuracy.intervalWape',
      'ForecastAccuracy.relativeError',
      'ForecastAccuracy.rmsse',
      'GeoPoint.latitude',
      'GeoPoint.longitude',
      'InventoryKpis.inStockRate',
      'LeadTime.serviceLevel',
      'LevelPlan.serviceLevel',
      'NotificationAttempt.tookSeconds',
      'NotificationAttempt.waitSeconds',
      'NotificationChannelStatistics.latencyP50Seconds',
      'NotificationChannelStatistics.latencyP99Seconds',
      'NotificationDelivery.latencySeconds',
      'PolicyBacktest.fillRate',
      'PolicyBacktestAlerts.precision',
      'PolicyBacktestAlerts.recall',
      'RateBudget.capacity',
      'RateBudget.remaining',
      'RateBudget.restorePerSecond',
      'ShopStream.cycleSeconds',
      'StockLevel.inStockRate',
      'StockLevel.probabilityBeforeNextReceipt',
      'StockLevel.stockOutProbability',
      'StockOutProbabilityChange.after',
      'StockOutProbabilityChange.before',
      'StockOutRisk.probability',
      'StockOverview.inStockRate',
      'SyncRun.progress',
      'Viewer.clockSpeed',
    ]);
  });
});

describe('scopes', () => {
  /** Types that hold nothing of an organization, or only hang on a parent that is guarded. */
  const open = [
    'Query',
    'Mutation',
    'Subscription',
    'PageInfo',
    'TotalCount',
    'Viewer',
    'Organization',
    'RateBudget',
    'Money',
    'Unit',
    'GeoPoint',
    'PolicyValue',
    'Capability',
    'ExternalId',
    'StockSeriesPoint',
    'DemandDay',
    'Explanation',
    'ExplanationInput',
    'ExplanationStep',
    'ExplanationCause',
    'StreamGap',
    'UserError',
    'UserErrorParam',
  ];
  const optionsOf = (holder: { extensions?: Readonly<Record<string, unknown>> }) =>
    (holder.extensions?.pothosOptions ?? {}) as { authScopes?: unknown };

  it('guard every object type but those on the list', () => {
    const unguarded = types
      .filter((type) => isObjectType(type) && optionsOf(type).authScopes === undefined)
      .map((type) => type.name)
      .filter((name) => !open.includes(name) && !name.endsWith('Payload'));
    expect(unguarded).toEqual([]);
  });

  it('guard every root field but four that tell nothing of the stock', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const unguarded = roots.flatMap((root) =>
      Object.values(root?.getFields() ?? {})
        .filter((field) => optionsOf(field).authScopes === undefined)
        .map((field) => `${root?.name}.${field.name}`),
    );
    expect(unguarded.sort()).toEqual(['Query.eventCursor', 'Query.node', 'Query.nodes', 'Query.viewer']);
  });
});

describe('cost', () => {
  it('of every connection grows with its page, and stops at its maximum', () => {
    const connections = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => /Connection!?$/.test(String(field.type)))
            .map((field) => ({ root: type.name === 'Query', field }))
        : [],
    );
    expect(connections.length).toBeGreaterThan(15);
    for (const { root, field } of connections) {
      const cost = field.extensions.complexity as (args: object) => { multiplier: number };
      const sizes = root ? flatPage : nestedPage;
      expect([field.name, cost({}).multiplier]).toEqual([field.name, sizes.default]);
      expect(cost({ first: 7 }).multiplier).toBe(7);
      expect(cost({ first: 1_000_000 }).multiplier).toBe(sizes.max);
    }
  });
});
