import type { AlertRuleRowFragment, AlertRuleSettingsInput } from '../../gql/documents.ts';
import type { Format } from '../../i18n/format.ts';
import type { Messages } from '../../i18n/messages.ts';

/** How a setting is written: a share in percent, or a number as it is. */
type SettingUnit = 'percent' | 'units' | 'minutes' | 'count';

/** The settings that are numbers, with how they are written. */
const settingUnits = {
  thresholdShare: 'percent',
  probability: 'percent',
  recoveryShare: 'percent',
  recoveryUnits: 'units',
  ageMinutesMax: 'minutes',
  countMin: 'count',
  fireAfterMinutes: 'minutes',
  resolveAfterMinutes: 'minutes',
  reopenWithinMinutes: 'minutes',
  escalateAfterMinutes: 'minutes',
} as const satisfies Partial<Record<keyof AlertRuleSettingsInput, SettingUnit>>;

/** A setting that is a number. */
export type NumberSetting = keyof typeof settingUnits;

const recovery = ['recoveryShare', 'recoveryUnits'] as const;

/** What each kind judges by; the rest says nothing for it. */
const judgedBy: Readonly<Record<string, readonly NumberSetting[]>> = {
  // A share of its line, which is 0, is nothing.
  OUT_OF_STOCK: ['recoveryUnits'],
  LOW_STOCK: recovery,
  APPROACHING: ['thresholdShare', ...recovery],
  REORDER_DUE: recovery,
  STOCK_OUT_PREDICTED: ['probability', 'recoveryShare'],
  OVERSTOCK: ['thresholdShare', 'recoveryShare'],
  LISTING_MISMATCH: ['thresholdShare', 'recoveryUnits'],
  SYNC_FAILED: ['countMin'],
  SOURCE_STALE: ['ageMinutesMax'],
  SOURCE_SUSPECT: ['countMin'],
};

const timing = [
  'fireAfterMinutes',
  'resolveAfterMinutes',
  'reopenWithinMinutes',
  'escalateAfterMinutes',
] as const;

/** The numbers that matter to a kind, in the order in which they are shown. */
export function settingsOf(kind: string): readonly NumberSetting[] {
  return [...(judgedBy[kind] ?? (Object.keys(settingUnits) as NumberSetting[])), ...timing].filter(
    (name, index, all) => all.indexOf(name) === index,
  );
}

/** Kinds about shops and feeds: they have one rule, for everything. */
export const sourceKinds: ReadonlySet<string> = new Set(['SYNC_FAILED', 'SOURCE_STALE', 'SOURCE_SUSPECT']);

/** How a number is written. */
export function unitOf(name: NumberSetting): SettingUnit {
  return settingUnits[name];
}

/** What a number means for a kind: some settings mean another thing for each. */
export function settingLabel(t: Messages, kind: string, name: NumberSetting): string {
  const own: Readonly<Record<string, Partial<Record<NumberSetting, string>>>> = t.rules.settingsOf;
  return own[kind]?.[name] ?? t.rules.settings[name];
}

/** A value of the API with its unit. No minutes at all mean at once, or never where waiting for so long is the point. */
export function shownSetting(t: Messages, format: Format, name: NumberSetting, value: string): string {
  const unit = unitOf(name);
  if (unit !== 'minutes') return t.rules.withUnit[unit](format.quantity(toWritten(name, value)));
  if (Number(value) > 0) return format.duration(Number(value) * 60);
  return name === 'fireAfterMinutes' || name === 'resolveAfterMinutes' ? t.rules.atOnce : t.rules.never;
}

/** A value of the API as people write it: 0.2 is 20 percent. */
export function toWritten(name: NumberSetting, value: string): string {
  return settingUnits[name] === 'percent' ? String(Number((Number(value) * 100).toFixed(6))) : value;
}

/** What somebody wrote as the API takes it; empty = null, inherited. */
export function toGiven(name: NumberSetting, written: string): string | number | null {
  if (written.trim() === '') return null;
  const number = Number(written);
  if (settingUnits[name] === 'percent') return String(Number((number / 100).toFixed(8)));
  return name === 'recoveryUnits' ? written.trim() : number;
}

/** What a rule is for, as origins name it. */
export function originOf(rule: Pick<AlertRuleRowFragment, 'item' | 'warehouse' | 'category'>): string {
  if (rule.item !== null) return rule.warehouse === null ? 'ITEM' : 'ITEM_WAREHOUSE';
  if (rule.warehouse !== null) return 'WAREHOUSE';
  return rule.category === null ? 'ORGANIZATION' : 'CATEGORY';
}
