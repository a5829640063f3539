import { items } from '../db/queries/item.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import {
  type AssumedPromotion,
  emptyScenario,
  type Scenario,
  scenarioDaysMax,
  scenarioFactorMax,
} from '../domain/plan/scenario.ts';
import { serviceLevelMax, serviceLevelMin } from '../domain/plan/service-level.ts';
import type { CalendarDate } from '../shared/time.ts';
import { builder } from './builder.ts';
import { quantityMax } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { loadRow } from './loader.ts';

const AssumedReceiptInput = builder.inputType('AssumedReceiptInput', {
  description: 'Goods that are assumed to arrive, such as what a supplier has promised.',
  fields: (t) => ({
    sku: t.string({ required: true, description: 'Article number of the item.' }),
    warehouseCode: t.string({ required: true, description: 'Code of the warehouse they come to.' }),
    quantity: t.field({ type: 'Decimal', required: true, description: 'Units, above 0.' }),
    arrivesOn: t.field({
      type: 'Date',
      required: true,
      description: 'Business day from which they can be sold; not in the past, at most a year ahead.',
    }),
  }),
});

const AssumedTransferInput = builder.inputType('AssumedTransferInput', {
  description: 'Goods that are assumed to leave one warehouse today and to arrive at another.',
  fields: (t) => ({
    sku: t.string({ required: true, description: 'Article number of the item.' }),
    fromWarehouseCode: t.string({ required: true, description: 'Code of the warehouse they leave today.' }),
    toWarehouseCode: t.string({ required: true, description: 'Code of the warehouse they come to.' }),
    quantity: t.field({ type: 'Decimal', required: true, description: 'Units, above 0.' }),
    arrivesOn: t.field({
      type: 'Date',
      required: true,
      description: 'Business day from which they can be sold there; not in the past, at most a year ahead.',
    }),
  }),
});

const ScenarioPromotionInput = builder.inputType('ScenarioPromotionInput', {
  description: 'A promotion that is only thought of. It raises the demand of every level that is asked for.',
  fields: (t) => ({
    fromOn: t.field({ type: 'Date', required: true, description: 'First business day.' }),
    toOn: t.field({
      type: 'Date',
      required: true,
      description: 'Last business day, itself included; at most a year ahead.',
    }),
    factor: t.field({
      type: 'Decimal',
      required: true,
      description: `Demand of these days times this, above 0 up to ${scenarioFactorMax}.`,
    }),
  }),
});

/** A what-if overlay as it comes. */
export const ScenarioInput = builder.inputType('ScenarioInput', {
  description:
    'A what-if: an overlay on the facts that plans rest on, computed by the same functions and kept nowhere. An empty one answers exactly what is stored.',
  fields: (t) => ({
    demandFactor: t.field({
      type: 'Decimal',
      description: `Demand times this, above 0 up to ${scenarioFactorMax}; null = as it is.`,
    }),
    leadTimeFactor: t.field({
      type: 'Decimal',
      description: `Lead times of new orders times this, above 0 up to ${scenarioFactorMax}; null = as they are.`,
    }),
    leadTimeDaysAdd: t.field({
      type: 'Decimal',
      description: `Days added to the lead times of new orders, within ±${scenarioDaysMax}; never below 0 in all. Goods under way keep their day.`,
    }),
    serviceLevel: t.field({
      type: 'Decimal',
      description: `Service level of every level, ${serviceLevelMin} to ${serviceLevelMax}. A safety stock set by a person stays.`,
    }),
    assumedReceipts: t.field({ type: [AssumedReceiptInput], description: 'Goods assumed to arrive.' }),
    assumedTransfers: t.field({ type: [AssumedTransferInput], description: 'Goods assumed to be moved.' }),
    promotion: t.field({ type: ScenarioPromotionInput, description: 'A promotion; null = none.' }),
  }),
});

/** A {@link ScenarioInput} after parsing. */
export type ScenarioArgument = typeof ScenarioInput.$inferInput;

/** Assumed goods in one input. */
const assumedMax = 500;

/** A scenario ready to be laid over levels. */
export interface PreparedScenario {
  /** The scenario of one level, whose plan was made on this day. */
  of(level: { readonly itemId: string; readonly warehouseId: string }, plannedDay: number): Scenario;
}

/** Goods of one level. */
interface AssumedMove {
  readonly day: number;
  readonly units: number;
}

/**
 * Checks a scenario and looks up what it names.
 *
 * @throws GraphQLError SCENARIO_INVALID naming the argument: a factor, level, day or quantity out of its bounds, an
 *   item or warehouse that does not exist, a transfer to where it came from, too many assumptions
 */
export async function prepareScenario(
  context: GraphqlContext,
  input: ScenarioArgument,
): Promise<PreparedScenario> {
  const common = {
    ...emptyScenario,
    ...readNumbers(context, input),
    promotion: readPromotion(context, input),
  };
  const arrivals = new Map<string, AssumedMove[]>();
  const leaving = new Map<string, number>();
  const receipts = input.assumedReceipts ?? [];
  const transfers = input.assumedTransfers ?? [];
  if (receipts.length + transfers.length > assumedMax) refuse(context, 'assumedReceipts', `≤ ${assumedMax}`);
  const arrive = async (
    one: { sku: string; quantity: string; arrivesOn: string },
    code: string,
    at: string,
    codeName: string,
  ) => {
    const units = requireNumber(context, `${at}.quantity`, one.quantity, 0, quantityMax, true);
    const day = requireDay(context, `${at}.arrivesOn`, one.arrivesOn);
    const key = await keyOf(context, one.sku, code, at, codeName);
    arrivals.set(key, [...(arrivals.get(key) ?? []), { day, units }]);
    return units;
  };
  for (const [i, one] of receipts.entries()) {
    await arrive(one, one.warehouseCode, `assumedReceipts.${i}`, 'warehouseCode');
  }
  for (const [i, one] of transfers.entries()) {
    const at = `assumedTransfers.${i}`;
    if (one.fromWarehouseCode === one.toWarehouseCode) {
      refuse(context, `${at}.toWarehouseCode`, '≠ fromWarehouseCode');
    }
    const units = await arrive(one, one.toWarehouseCode, at, 'toWarehouseCode');
    const from = await keyOf(context, one.sku, one.fromWarehouseCode, at, 'fromWarehouseCode');
    leaving.set(from, (leaving.get(from) ?? 0) + units);
  }
  return {
    of({ itemId, warehouseId }, plannedDay) {
      const key = `${itemId}/${warehouseId}`;
      const own = arrivals.get(key) ?? [];
      const leavingUnits = leaving.get(key) ?? 0;
      if (own.length === 0 && leavingUnits === 0) return common;
      // A plan of a later day than the one named here is of today: then the goods come today.
      const assumedArrivals = own.map(({ day, units }) => ({
        day: Math.max(1, day - plannedDay + 1),
        units,
      }));
      return { ...common, assumedArrivals, leavingUnits };
    },
  };
}

function readNumbers(context: GraphqlContext, input: ScenarioArgument) {
  const optional = (
    name: string,
    text: string | null | undefined,
    min: number,
    max: number,
    open: boolean,
  ) => (text == null ? null : requireNumber(context, name, text, min, max, open));
  const { demandFactor, leadTimeFactor, leadTimeDaysAdd, serviceLevel } = input;
  return {
    demandFactor: optional('demandFactor', demandFactor, 0, scenarioFactorMax, true),
    leadTimeFactor: optional('leadTimeFactor', leadTimeFactor, 0, scenarioFactorMax, true),
    leadTimeDaysAdd: optional('leadTimeDaysAdd', leadTimeDaysAdd, -scenarioDaysMax, scenarioDaysMax, false),
    serviceLevel: optional('serviceLevel', serviceLevel, serviceLevelMin, serviceLevelMax, false),
  };
}

function readPromotion(context: GraphqlContext, { promotion }: ScenarioArgument): AssumedPromotion | null {
  if (promotion == null) return null;
  const { fromOn, toOn } = promotion;
  const factor = requireNumber(context, 'promotion.factor', promotion.factor, 0, scenarioFactorMax, true);
  const toDay = requireDay(context, 'promotion.toOn', toOn);
  const fromDay = dayIndexOf(fromOn as CalendarDate);
  if (fromDay > toDay) refuse(context, 'promotion.toOn', '≥ fromOn');
  return { fromDay, toDay, factor };
}

function requireNumber(
  context: GraphqlContext,
  argument: string,
  text: string,
  min: number,
  max: number,
  isOpen: boolean,
): number {
  const value = Number(text);
  if ((isOpen ? value > min : value >= min) && value <= max) return value;
  return refuse(context, argument, isOpen ? `> ${min}, ≤ ${max}` : `${min} – ${max}`);
}

/** The number of a day from yesterday (somewhere it is still today) to a year ahead. */
function requireDay(context: GraphqlContext, argument: string, date: string): number {
  const day = dayIndexOf(date as CalendarDate);
  const today = dayIndexOf(context.now.toISOString().slice(0, 10) as CalendarDate);
  if (day >= today - 1 && day <= today + scenarioDaysMax) return day;
  return refuse(context, argument, `today – ${scenarioDaysMax} days ahead`);
}

async function keyOf(
  context: GraphqlContext,
  sku: string,
  code: string,
  at: string,
  codeName: string,
): Promise<string> {
  const [item, warehouse] = await Promise.all([
    loadRow(context, items, ['sku'], [sku]),
    loadRow(context, warehouses, ['code'], [code]),
  ]);
  if (item === null) return refuse(context, `${at}.sku`, 'an existing item');
  if (warehouse === null) return refuse(context, `${at}.${codeName}`, 'an existing warehouse');
  return `${item.itemId}/${warehouse.warehouseId}`;
}

function refuse(context: GraphqlContext, argument: string, bound: string): never {
  throw requestError(context.viewer.locale, 'SCENARIO_INVALID', { argument: `scenario.${argument}`, bound });
}
