import { Decimal } from '../../shared/decimal.ts';

/** What an alert can be about; in this order they are judged, since earlier ones may speak for later ones. */
export const levelAlertKinds = [
  'OUT_OF_STOCK',
  'LOW_STOCK',
  'STOCK_OUT_PREDICTED',
  'REORDER_DUE',
  'APPROACHING',
  'OVERSTOCK',
  'LISTING_MISMATCH',
] as const;
/** What an alert about a level can be about. */
export type LevelAlertKind = (typeof levelAlertKinds)[number];

/** What an alert about a shop or feed can be about; in this order they are judged. */
export const sourceAlertKinds = ['SYNC_FAILED', 'SOURCE_STALE', 'SOURCE_SUSPECT'] as const;
/** What an alert about a shop or feed can be about. */
export type SourceAlertKind = (typeof sourceAlertKinds)[number];

/** What an alert can be about. */
export type AlertKind = LevelAlertKind | SourceAlertKind;
/** How bad it is. */
export type Severity = 'INFO' | 'WARNING' | 'CRITICAL';

/** What a rule says. Durations are business minutes, shares 0 or more; a setting that a kind has no use for is ignored. */
export interface AlertRuleSettings {
  /** Off: nothing opens, and what is open ends. */
  readonly isEnabled: boolean;
  /** Of a fresh alert; what is worse raises it. */
  readonly severity: Severity;
  /**
   * APPROACHING: above the safety stock; OVERSTOCK: above the target level, and of what is there beyond need;
   * LISTING_MISMATCH: of the physical stock.
   */
  readonly thresholdShare: Decimal;
  /** How far back over its line a level must come to end the alert, as a share of the line … */
  readonly recoveryShare: Decimal;
  /** … and at least so many units. */
  readonly recoveryUnits: Decimal;
  /** STOCK_OUT_PREDICTED: from this probability on. */
  readonly probability: Decimal;
  /** SOURCE_STALE: older than this. */
  readonly ageMinutesMax: number;
  /** SOURCE_SUSPECT: readings held back; SYNC_FAILED: failures in a row. */
  readonly countMin: number;
  /** The condition must hold so long before it fires. */
  readonly fireAfterMinutes: number;
  /** It must be clear so long before it resolves. */
  readonly resolveAfterMinutes: number;
  /** Coming back sooner than this continues the same alert. */
  readonly reopenWithinMinutes: number;
  /** Critical when nobody took it up for so long; 0 = never. */
  readonly escalateAfterMinutes: number;
}

/** The name of a setting. */
export type AlertRuleSetting = keyof AlertRuleSettings;
/** All settings, in the order in which they are shown. */
export const alertRuleSettings: readonly AlertRuleSetting[] = [
  'isEnabled',
  'severity',
  'thresholdShare',
  'recoveryShare',
  'recoveryUnits',
  'probability',
  'ageMinutesMax',
  'countMin',
  'fireAfterMinutes',
  'resolveAfterMinutes',
  'reopenWithinMinutes',
  'escalateAfterMinutes',
];

/** Where a setting comes from, the narrowest first. */
type AlertRuleOrigin = 'ITEM_WAREHOUSE' | 'ITEM' | 'WAREHOUSE' | 'CATEGORY' | 'ORGANIZATION' | 'DEFAULT';

/** Settings for some goods and places; all three null = the whole organization. Null settings are inherited. */
export interface ScopedAlertRule {
  readonly kind: AlertKind;
  readonly itemId: string | null;
  readonly warehouseId: string | null;
  readonly category: string | null;
  readonly settings: { readonly [Name in AlertRuleSetting]: AlertRuleSettings[Name] | null };
}

/** For which goods and place a rule is asked; null = not about one. */
interface AlertRuleSubject {
  readonly itemId: string | null;
  readonly warehouseId: string | null;
  readonly category: string | null;
}

/** What holds for one subject, and where each setting comes from. */
export interface EffectiveAlertRule {
  readonly kind: AlertKind;
  readonly settings: AlertRuleSettings;
  readonly origins: { readonly [Name in AlertRuleSetting]: AlertRuleOrigin };
}

const common: AlertRuleSettings = {
  isEnabled: true,
  severity: 'WARNING',
  thresholdShare: new Decimal(0),
  recoveryShare: new Decimal('0.1'),
  recoveryUnits: new Decimal(1),
  probability: new Decimal('0.5'),
  ageMinutesMax: 360,
  countMin: 1,
  fireAfterMinutes: 0,
  resolveAfterMinutes: 0,
  reopenWithinMinutes: 10,
  escalateAfterMinutes: 0,
};

/** What each kind starts with, until somebody sets it otherwise. */
export const alertRuleDefaults: { readonly [Kind in AlertKind]: AlertRuleSettings } = {
  OUT_OF_STOCK: { ...common, severity: 'CRITICAL' },
  LOW_STOCK: common,
  APPROACHING: { ...common, severity: 'INFO', thresholdShare: new Decimal('0.2') },
  REORDER_DUE: common,
  STOCK_OUT_PREDICTED: { ...common, recoveryShare: new Decimal('0.2') },
  // Nothing is lost by a day of patience, and plans change with every night.
  OVERSTOCK: { ...common, severity: 'INFO', thresholdShare: new Decimal('0.25'), fireAfterMinutes: 1_440 },
  // The two sides are read one after the other: only a difference that lasts says something.
  LISTING_MISMATCH: { ...common, thresholdShare: new Decimal('0.1'), fireAfterMinutes: 60 },
  SYNC_FAILED: { ...common, countMin: 3 },
  SOURCE_STALE: common,
  SOURCE_SUSPECT: { ...common, fireAfterMinutes: 5 },
};

/** Finds what holds for a subject. */
export interface AlertRuleBook {
  rule(kind: AlertKind, subject: AlertRuleSubject): EffectiveAlertRule;
}

/**
 * Puts rules together: for every setting the narrowest scope that sets it decides, in the order item × warehouse,
 * item, warehouse, category, organization, and in the end the kind's default.
 *
 * @param rules - at most one per kind and scope; the order does not matter
 * @returns a book; asking it twice gives equal answers
 * @see pain of thresholds that are only global or only per item: inventree#2665, snipe-it#12212
 * @example
 * // organization: fireAfterMinutes 30; item A: severity CRITICAL
 * createRuleBook(rules).rule('LOW_STOCK', a).origins.severity // 'ITEM', and fireAfterMinutes from 'ORGANIZATION'
 */
export function createRuleBook(rules: readonly ScopedAlertRule[]): AlertRuleBook {
  const byScope = new Map(rules.map((rule) => [scopeKey(rule.kind, rule), rule]));
  const known = new Map<string, EffectiveAlertRule>();
  return {
    rule(kind, { itemId, warehouseId, category }) {
      const scopes = [
        ['ITEM_WAREHOUSE', { itemId, warehouseId, category: null }, itemId !== null && warehouseId !== null],
        ['ITEM', { itemId, warehouseId: null, category: null }, itemId !== null],
        ['WAREHOUSE', { itemId: null, warehouseId, category: null }, warehouseId !== null],
        ['CATEGORY', { itemId: null, warehouseId: null, category }, category !== null],
        ['ORGANIZATION', { itemId: null, warehouseId: null, category: null }, true],
      ] as const;
      const layers = scopes.flatMap(([origin, scope, isMeant]) => {
        const rule = isMeant ? byScope.get(scopeKey(kind, scope)) : undefined;
        return rule === undefined ? [] : [{ origin, rule }];
      });
      const key = `${kind} ${layers.map(({ rule }) => scopeKey(kind, rule)).join(' ')}`;
      const found = known.get(key) ?? merge(kind, layers);
      known.set(key, found);
      return found;
    },
  };
}

function scopeKey(kind: AlertKind, scope: AlertRuleSubject): string {
  return JSON.stringify([kind, scope.itemId, scope.warehouseId, scope.category]);
}

function merge(
  kind: AlertKind,
  layers: readonly { readonly origin: AlertRuleOrigin; readonly rule: ScopedAlertRule }[],
): EffectiveAlertRule {
  const settings: Partial<Record<AlertRuleSetting, unknown>> = {};
  const origins: Partial<Record<AlertRuleSetting, AlertRuleOrigin>> = {};
  for (const name of alertRuleSettings) {
    const layer = layers.find(({ rule }) => rule.settings[name] !== null);
    settings[name] = layer?.rule.settings[name] ?? alertRuleDefaults[kind][name];
    origins[name] = layer?.origin ?? 'DEFAULT';
  }
  return {
    kind,
    settings: settings as unknown as AlertRuleSettings,
    origins: origins as { [Name in AlertRuleSetting]: AlertRuleOrigin },
  };
}
