import type { Messages } from './messages.ts';
import type { zhCnRules } from './zh-cn-rules.ts';

/** English: alert rules. */
export const enRules: Pick<Messages, keyof typeof zhCnRules> = {
  rules: {
    title: 'Alert rules',
    intro:
      'For each setting the narrowest rule decides: item × warehouse → item → warehouse → category → everything; where none sets it, the default.',
    thresholdHelp:
      'The threshold (safety stock) comes from the plan, or is set by hand for a place on the item’s page under “Stock by place”. Durations are business time.',
    none: 'No alert rule yet',
    everything: 'All items and warehouses',
    on: 'On',
    off: 'Off',
    onAs: (severity) => `On, as ${severity}`,
    never: 'never',
    atOnce: 'at once',
    edit: 'Edit',
    save: 'Save',
    inherit: 'inherited',
    inheritAs: (value) => `inherited: ${value}`,
    emptyHelp: 'Empty = not set here, a wider rule decides.',
    add: 'Set apart for some goods or places',
    addHelp:
      'A category stands alone; item and warehouse may go together. Other numbers are set in the new row.',
    what: 'Set to',
    scopeMissing: 'Give a category, an article number or a warehouse.',
    tooMany: (count) => `There are many rules; the first ${count} are shown.`,
    settings: {
      isEnabled: 'Watches',
      severity: 'Severity',
      thresholdShare: 'Share beyond the line',
      probability: 'Stock-out risk from',
      recoveryShare: 'Recovery: share above the line',
      recoveryUnits: 'Recovery: and by at least',
      ageMinutesMax: 'Not read for',
      countMin: 'From this many',
      fireAfterMinutes: 'Fires after holding for',
      resolveAfterMinutes: 'Resolves after clear for',
      reopenWithinMinutes: 'Same alert if back within',
      escalateAfterMinutes: 'Critical if not taken up for',
    },
    settingsOf: {
      OUT_OF_STOCK: { recoveryUnits: 'Recovery: from' },
      LOW_STOCK: { recoveryShare: 'Recovery: share above the threshold' },
      APPROACHING: { thresholdShare: 'Share above the threshold' },
      REORDER_DUE: { recoveryShare: 'Recovery: share above the reorder point' },
      STOCK_OUT_PREDICTED: { recoveryShare: 'Recovery: share below that risk' },
      OVERSTOCK: {
        thresholdShare: 'Share above target, and beyond need',
        recoveryShare: 'Recovery: share below that line',
      },
      LISTING_MISMATCH: {
        thresholdShare: 'Differs by more than this share of physical stock',
        recoveryUnits: 'And by more than',
      },
      SYNC_FAILED: { countMin: 'Failures in a row, from' },
      SOURCE_SUSPECT: { countMin: 'Readings held back, from' },
    },
    units: { percent: '%', units: 'units', minutes: 'min', count: 'times' },
    withUnit: {
      percent: (value) => `${value}%`,
      units: (value) => (value === '1' ? '1 unit' : `${value} units`),
      count: (value) => `${value}×`,
    },
    origins: {
      ITEM_WAREHOUSE: 'item × warehouse rule',
      ITEM: 'item rule',
      WAREHOUSE: 'warehouse rule',
      CATEGORY: 'category rule',
      ORGANIZATION: 'general rule',
      DEFAULT: 'default',
    },
    kindHelp: {
      OUT_OF_STOCK: 'Available is 0 or less.',
      LOW_STOCK: 'Available is at or below the threshold.',
      APPROACHING: 'Available is at or below the threshold plus a share of it.',
      REORDER_DUE:
        'Available plus what arrives within the protection period is at or below the reorder point.',
      STOCK_OUT_PREDICTED: 'The stock-out risk within the protection period is this high.',
      OVERSTOCK:
        'Available is above the target level by more than this share of it, and more than this share of what is available is beyond need.',
      LISTING_MISMATCH:
        'The marketplace pool differs from the physical stock by more than both limits: a share of that stock, and a number of units. It is over once it differs by half of the larger one or less.',
      SYNC_FAILED: 'Readings failed one after another, or there is no connection.',
      SOURCE_STALE: 'No stock was read for too long.',
      SOURCE_SUSPECT: 'Readings are held back as implausible.',
    },
    threshold: {
      edit: 'Edit the threshold',
      value: 'Threshold',
      set: 'Set',
      back: 'Back to the plan’s',
      setWider:
        'Nothing is set here: the threshold is set by hand for more than this place (the item, warehouse, category, supplier, or everything). Set another number here, or set safetyStock of that scope to null with stockPolicySet.',
    },
  },
};
