import { describe, expect, it } from 'vitest';
import {
  alertRuleDefaults,
  alertRuleSettings,
  createRuleBook,
  levelAlertKinds,
  type ScopedAlertRule,
  sourceAlertKinds,
} from '../../../src/domain/alert/alert-rule.ts';

const subject = { itemId: 'a', warehouseId: 'w', category: 'cups' };
const unset = Object.fromEntries(
  alertRuleSettings.map((name) => [name, null]),
) as unknown as ScopedAlertRule['settings'];
const rule = (
  scope: Partial<typeof subject>,
  settings: Partial<ScopedAlertRule['settings']>,
): ScopedAlertRule => ({
  ...{ kind: 'LOW_STOCK', itemId: null, warehouseId: null, category: null, ...scope },
  settings: { ...unset, ...settings },
});

describe('createRuleBook', () => {
  it('takes each setting from the narrowest rule that sets it', () => {
    const layers = [
      [rule({}, { fireAfterMinutes: 1 }), 'ORGANIZATION'],
      [rule({ category: 'cups' }, { fireAfterMinutes: 2 }), 'CATEGORY'],
      [rule({ warehouseId: 'w' }, { fireAfterMinutes: 3 }), 'WAREHOUSE'],
      [rule({ itemId: 'a' }, { fireAfterMinutes: 4 }), 'ITEM'],
      [rule({ itemId: 'a', warehouseId: 'w' }, { fireAfterMinutes: 5 }), 'ITEM_WAREHOUSE'],
    ] as const;
    for (let count = 1; count <= layers.length; count += 1) {
      const given = layers.slice(0, count);
      const [, origin] = given.at(-1)!;
      const found = createRuleBook(given.map(([one]) => one).reverse()).rule('LOW_STOCK', subject);
      expect(found.settings.fireAfterMinutes).toBe(count);
      expect(found.origins).toMatchObject({ fireAfterMinutes: origin, severity: 'DEFAULT' });
    }
  });

  it('repeats the example: severity of the item, minutes of the organization', () => {
    const rules = [rule({}, { fireAfterMinutes: 30 }), rule({ itemId: 'a' }, { severity: 'CRITICAL' })];
    const { settings, origins } = createRuleBook(rules).rule('LOW_STOCK', subject);
    expect(settings).toMatchObject({ fireAfterMinutes: 30, severity: 'CRITICAL' });
    expect(origins).toMatchObject({ fireAfterMinutes: 'ORGANIZATION', severity: 'ITEM' });
  });

  it('leaves rules of others and of other kinds alone', () => {
    const rules = [
      rule({ itemId: 'b' }, { isEnabled: false }),
      rule({ warehouseId: 'v' }, { isEnabled: false }),
    ];
    const book = createRuleBook(rules);
    expect(book.rule('LOW_STOCK', subject).settings).toEqual(alertRuleDefaults.LOW_STOCK);
    expect(book.rule('LOW_STOCK', { ...subject, itemId: 'b' }).settings.isEnabled).toBe(false);
    expect(book.rule('OUT_OF_STOCK', { ...subject, itemId: 'b' }).settings.isEnabled).toBe(true);
  });

  it('knows every kind', () => {
    const book = createRuleBook([]);
    for (const kind of [...levelAlertKinds, ...sourceAlertKinds]) {
      expect(book.rule(kind, { itemId: null, warehouseId: null, category: null }).settings).toEqual(
        alertRuleDefaults[kind],
      );
    }
  });
});
