import {
  type ChangeCause,
  type Explanation,
  type ExplanationBuilder,
  type ExplanationInput,
  startExplanation,
} from '../plan/explanation.ts';
import type { AlertKind } from './alert-rule.ts';

/** What the facts are that alerts rest on: unit, where they are kept, what a change of them is charged to. */
const factKinds = {
  available: ['units', 'stock_level', 'STOCK'],
  safety_stock: ['units', 'stock_level', 'DEMAND'],
  inbound_due: ['units', 'level_plan', 'INCOMING'],
  reorder_point: ['units', 'level_plan', 'DEMAND'],
  target_level: ['units', 'level_plan', 'DEMAND'],
  excess_units: ['units', 'level_plan', 'STOCK'],
  excess_value: ['money', 'level_plan', 'STOCK'],
  stock_out_probability: ['probability', 'level_plan', 'DEMAND'],
  physical_available: ['units', 'stock_level', 'STOCK'],
  threshold_share: ['share', 'alert_rule', 'SETTINGS'],
  recovery_share: ['share', 'alert_rule', 'SETTINGS'],
  recovery_units: ['units', 'alert_rule', 'SETTINGS'],
  probability_limit: ['probability', 'alert_rule', 'SETTINGS'],
  units_per_day: ['units/day', 'level_plan', 'DEMAND'],
  lead_time_days: ['days', 'level_plan', 'LEAD_TIME'],
  unit_margin: ['money', 'item', 'SETTINGS'],
  reference_loss: ['money', 'default', 'SETTINGS'],
  minutes_since_reading: ['minutes', 'sync_state', 'STOCK'],
  minutes_allowed: ['minutes', 'alert_rule', 'SETTINGS'],
  failed_readings: ['number', 'sync_state', 'STOCK'],
  failed_readings_allowed: ['number', 'alert_rule', 'SETTINGS'],
  held_readings: ['number', 'stock_level', 'STOCK'],
  levels: ['number', 'stock_level', 'STOCK'],
} as const satisfies Readonly<Record<string, readonly [ExplanationInput['unit'], string, ChangeCause]>>;

/** Names of the facts that alerts rest on. The names are part of the API: add, never rename. */
export type AlertFactName = keyof typeof factKinds;

/** One fact that an alert was judged on. */
export interface AlertFact {
  readonly name: AlertFactName;
  /** Canonical decimal. */
  readonly value: string;
  /** Since when it is true, RFC 3339; null = it has no time of its own. */
  readonly observedAt: string | null;
  /** True for a number that a person set in place of a computed one. */
  readonly isSet?: boolean;
}

/** Money (units, without prices) that counts as half of the greatest loss: the same for all, so that urgencies compare. */
export const referenceLoss = 100;

/**
 * How an alert came about: its line, what ends it, how far it is from the line, and last its urgency.
 *
 * Urgency orders the board, 0 to 100, higher is sooner. For OUT_OF_STOCK, LOW_STOCK, APPROACHING, REORDER_DUE and
 * STOCK_OUT_PREDICTED with a forecast it is
 * `50 · s / L + 50 · m / (m + M)`, where `s = max(0, L − max(0, available) / d)` are the days without goods if ordered
 * now, L the lead time in days, d the expected units a day, m = s · d · margin of a unit the margin lost until then,
 * and M the reference loss. Without a forecast it is 50 times the share of the line that is missing.
 * OVERSTOCK: up to 10 by the value of the excess; LISTING_MISMATCH: up to 30 by the share that differs; alerts about
 * sources: 95 to 100, since nothing else can be believed then.
 *
 * @param kind - of the alert
 * @param facts - what it was judged on, each name at most once; which are there decides the steps
 * @param isOver - whether the alert is resolved: then nothing is urgent any more
 * @returns the last step is the urgency, rounded to two places, a half upwards
 * @throws AppError `invalid_input` if a fact that the kind needs is missing
 * @see expected stock-out against lead time instead of fixed days: seven days are plenty for a supplier around the
 *   corner and too late for one overseas
 * @example
 * // LOW_STOCK, 4 left of a safety stock of 10, no forecast: 60 % are missing
 * explainAlert('LOW_STOCK', facts).steps.at(-1)?.value // '30'
 */
export function explainAlert(kind: AlertKind, facts: readonly AlertFact[], isOver = false): Explanation {
  const builder = startExplanation();
  for (const { name, value, observedAt, isSet } of facts) {
    const [unit, source, cause] = factKinds[name];
    if (isSet === true) builder.input(name, value, unit, 'SETTINGS', 'setting', observedAt);
    else builder.input(name, value, unit, cause, source, observedAt);
  }
  const binding = writeSteps(kind, builder);
  if (isOver) {
    builder.step('urgency', 'mul', ['0', 'urgency_exact'], 'score');
    return builder.build(binding);
  }
  // Rounded to two places in two steps that anybody can redo.
  builder.step('half_added', 'add', ['urgency_exact', '0.005'], 'score');
  builder.step('urgency', 'floorTo', ['half_added', '0.01'], 'score');
  return builder.build(binding);
}

function writeSteps(kind: AlertKind, builder: ExplanationBuilder): string {
  switch (kind) {
    case 'OUT_OF_STOCK':
      writeBelow(builder, 'available', '0');
      writeOrder(builder);
      writeLevelUrgency(builder, 'available', builder.has('safety_stock') ? 'safety_stock' : '1');
      return 'available';
    case 'LOW_STOCK':
      writeBelow(builder, 'available', 'safety_stock');
      writeOrder(builder);
      writeLevelUrgency(builder, 'available', 'safety_stock');
      return 'safety_stock';
    case 'APPROACHING':
      builder.step('alert_line_factor', 'add', ['1', 'threshold_share'], 'share');
      builder.step('alert_line', 'mul', ['safety_stock', 'alert_line_factor'], 'units');
      writeBelow(builder, 'available', 'alert_line');
      writeLevelUrgency(builder, 'available', 'alert_line');
      return 'alert_line';
    case 'REORDER_DUE':
      builder.step('position', 'add', ['available', 'inbound_due'], 'units');
      writeBelow(builder, 'position', 'reorder_point');
      writeLevelUrgency(builder, 'position', 'reorder_point');
      return 'reorder_point';
    case 'STOCK_OUT_PREDICTED':
      builder.step('recovery_factor', 'sub', ['1', 'recovery_share'], 'share');
      builder.step('resolves_below', 'mul', ['probability_limit', 'recovery_factor'], 'probability');
      builder.step('distance', 'sub', ['stock_out_probability', 'probability_limit'], 'probability');
      writeOrder(builder);
      writeLevelUrgency(builder, 'available', '1');
      return 'stock_out_probability';
    case 'OVERSTOCK':
      writeOverstock(builder);
      return 'excess_units';
    case 'LISTING_MISMATCH':
      writeMismatch(builder);
      return 'pool_difference';
    default:
      return writeSource(kind, builder);
  }
}

function writeBelow(builder: ExplanationBuilder, quantity: string, line: string): void {
  builder.step('recovery_factor', 'add', ['1', 'recovery_share'], 'share');
  builder.step('resolves_above', 'mul', [line, 'recovery_factor'], 'units');
  builder.step('resolves_from', 'add', [line, 'recovery_units'], 'units');
  builder.step('distance', 'sub', [quantity, line], 'units');
}

/** Whether an order is due as well; zero or less = it is. */
function writeOrder(builder: ExplanationBuilder): void {
  if (!builder.has('inbound_due') || !builder.has('reorder_point')) return;
  builder.step('position', 'add', ['available', 'inbound_due'], 'units');
  builder.step('order_distance', 'sub', ['position', 'reorder_point'], 'units');
}

/** See {@link explainAlert}. */
function writeLevelUrgency(builder: ExplanationBuilder, quantity: string, line: string): void {
  if (!builder.has('units_per_day')) {
    builder.step('missing_base', 'max', ['1', line], 'units');
    builder.step('missing_units', 'sub', ['missing_base', quantity], 'units');
    writeShare(builder, 'missing_units', 'missing_base');
    builder.step('urgency_exact', 'mul', ['50', 'missing_share'], 'score');
    return;
  }
  builder.step('usable_stock', 'max', ['0', 'available'], 'units');
  builder.step('days_left', 'div', ['usable_stock', 'units_per_day'], 'days');
  builder.step('days_gap', 'sub', ['lead_time_days', 'days_left'], 'days');
  builder.step('days_short', 'max', ['0', 'days_gap'], 'days');
  builder.step('time_pressure', 'div', ['days_short', 'lead_time_days'], 'share');
  builder.step('lost_per_day', 'mul', ['units_per_day', 'unit_margin'], 'money');
  builder.step('lost_margin', 'mul', ['days_short', 'lost_per_day'], 'money');
  builder.step('loss_scale', 'add', ['lost_margin', 'reference_loss'], 'money');
  builder.step('loss_share', 'div', ['lost_margin', 'loss_scale'], 'share');
  builder.step('time_points', 'mul', ['50', 'time_pressure'], 'score');
  builder.step('loss_points', 'mul', ['50', 'loss_share'], 'score');
  builder.step('urgency_exact', 'add', ['time_points', 'loss_points'], 'score');
}

function writeShare(builder: ExplanationBuilder, part: string, whole: string): void {
  builder.step('missing_ratio', 'div', [part, whole], 'share');
  builder.step('missing_floor', 'max', ['0', 'missing_ratio'], 'share');
  builder.step('missing_share', 'min', ['1', 'missing_floor'], 'share');
}

function writeOverstock(builder: ExplanationBuilder): void {
  builder.step('alert_line_factor', 'add', ['1', 'threshold_share'], 'share');
  builder.step('alert_line', 'mul', ['target_level', 'alert_line_factor'], 'units');
  builder.step('recovery_factor', 'sub', ['1', 'recovery_share'], 'share');
  builder.step('resolves_below', 'mul', ['alert_line', 'recovery_factor'], 'units');
  builder.step('distance', 'sub', ['available', 'alert_line'], 'units');
  builder.step('lost_margin', 'max', ['0', 'excess_value'], 'money');
  builder.step('loss_scale', 'add', ['lost_margin', 'reference_loss'], 'money');
  builder.step('loss_share', 'div', ['lost_margin', 'loss_scale'], 'share');
  builder.step('urgency_exact', 'mul', ['10', 'loss_share'], 'score');
}

function writeMismatch(builder: ExplanationBuilder): void {
  builder.step('physical_stock', 'max', ['0', 'physical_available'], 'units');
  builder.step('pool_difference', 'sub', ['available', 'physical_stock'], 'units');
  builder.step('pool_excess', 'max', ['0', 'pool_difference'], 'units');
  builder.step('pool_shortage', 'sub', ['pool_excess', 'pool_difference'], 'units');
  builder.step('missing_units', 'add', ['pool_excess', 'pool_shortage'], 'units');
  builder.step('alert_line_factor', 'mul', ['physical_stock', 'threshold_share'], 'units');
  builder.step('alert_line', 'max', ['alert_line_factor', 'recovery_units'], 'units');
  builder.step('distance', 'sub', ['missing_units', 'alert_line'], 'units');
  builder.step('missing_base', 'max', ['1', 'physical_stock'], 'units');
  writeShare(builder, 'missing_units', 'missing_base');
  builder.step('urgency_exact', 'mul', ['30', 'missing_share'], 'score');
}

const sourceFacts = {
  SYNC_FAILED: ['failed_readings', 'failed_readings_allowed'],
  SOURCE_STALE: ['minutes_since_reading', 'minutes_allowed'],
  SOURCE_SUSPECT: ['held_readings', 'levels'],
} as const;

function writeSource(kind: keyof typeof sourceFacts, builder: ExplanationBuilder): string {
  const [part, whole] = sourceFacts[kind];
  const base = builder.step('missing_base', 'max', ['1', whole], 'number');
  builder.step('source_ratio', 'div', [part, base], 'share');
  builder.step('source_share', 'min', ['1', 'source_ratio'], 'share');
  builder.step('source_points', 'mul', ['5', 'source_share'], 'score');
  builder.step('urgency_exact', 'add', ['95', 'source_points'], 'score');
  return part;
}
