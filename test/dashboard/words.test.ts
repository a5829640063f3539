import { describe, expect, test } from 'vitest';
import type { Stream } from '../../src/connectors/marketplace.ts';
import { en } from '../../src/dashboard/i18n/en.ts';
import { createFormat } from '../../src/dashboard/i18n/format.ts';
import { label, streamName } from '../../src/dashboard/i18n/messages.ts';
import { zhCn } from '../../src/dashboard/i18n/zh-cn.ts';
import { settingLabel, settingsOf, shownSetting } from '../../src/dashboard/pages/rules/rule-settings.ts';
import { alertNumbers } from '../../src/dashboard/parts/alert-numbers.ts';
import { type AlertKind, alertRuleDefaults } from '../../src/domain/alert/alert-rule.ts';
import { historyOf, sweepOf } from '../../src/pipeline/schedule.ts';

const languages = [
  ['zh-CN', zhCn],
  ['en', en],
] as const;

/** Every stream that the API can name, by type: a new one does not compile without a line here. */
const streams: Readonly<Record<Stream | 'push_messages', true>> = {
  ...{ listings: true, sales_orders: true, purchase_orders: true, warehouses: true, stock_levels: true },
  ...{ stock_movements: true, inbound_shipments: true, push_messages: true },
};

describe.each(languages)('in %s', (_locale, t) => {
  test('every stream has a name, and what is read of it apart has another', () => {
    for (const stream of Object.keys(streams)) {
      const names = [stream, historyOf(stream), sweepOf(stream)].map((code) => streamName(t, code));
      expect(new Set(names).size).toBe(3);
      for (const name of names) expect(name).not.toMatch(/[a-z]_|:/);
    }
  });

  test('every kind of alert has a name, a help and a label for each of its numbers, none of them twice', () => {
    for (const kind of Object.keys(alertRuleDefaults)) {
      expect(label(t.alertKind, kind)).not.toBe(kind);
      expect(label(t.rules.kindHelp, kind)).not.toBe(kind);
      const labels = settingsOf(kind).map((name) => settingLabel(t, kind, name));
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});

test('a stream that is newer than the page is shown as it is called', () => {
  expect(streamName(en, 'returns')).toBe('returns');
  expect(streamName(en, historyOf('returns'))).toBe('returns (past)');
});

test('units that a pool may differ by are no recovery, and what ends a risk lies below it', () => {
  const said = (kind: AlertKind, name: 'recoveryUnits' | 'recoveryShare' | 'thresholdShare') =>
    settingLabel(en, kind, name);
  expect(said('LOW_STOCK', 'recoveryUnits')).toMatch(/^Recovery/);
  expect(said('LISTING_MISMATCH', 'recoveryUnits')).not.toMatch(/Recovery/);
  expect(said('STOCK_OUT_PREDICTED', 'recoveryShare')).toMatch(/below/);
  expect(said('OVERSTOCK', 'recoveryShare')).toMatch(/below/);
  expect(said('OVERSTOCK', 'thresholdShare')).toMatch(/target/);
});

describe('dates and numbers', () => {
  const format = createFormat('en', 'America/Los_Angeles');

  test('a date of the API stays that day in every zone, in the way of the language', () => {
    expect(format.calendarDay('2026-11-20')).toBe('11/20');
    expect(createFormat('zh-CN', 'Asia/Shanghai').calendarDay('2026-11-20')).toBe('11/20');
    expect(format.day('2026-11-20T00:00:00Z')).toBe('11/19');
  });

  test.each([
    ['fireAfterMinutes', '0', 'at once'],
    ['fireAfterMinutes', '1440', '1 day'],
    ['escalateAfterMinutes', '0', 'never'],
    ['ageMinutesMax', '360', '6 hr'],
    ['thresholdShare', '0.25', '25%'],
    ['recoveryUnits', '1', '1 unit'],
  ] as const)('%s of %s is shown as %s', (name, value, shown) => {
    expect(shownSetting(en, format, name, value)).toBe(shown);
  });
});

test.each([
  ['LOW_STOCK', '3', '10', 'Available 3 · threshold 10'],
  ['APPROACHING', '11', '12', 'Available 11 · alert line 12'],
  ['REORDER_DUE', '40', '62', 'Position 40 · reorder point 62'],
  ['LISTING_MISMATCH', '84', '119', 'Pool 84 · physical 119'],
  ['OUT_OF_STOCK', '0', '0', 'Available 0'],
  ['STOCK_OUT_PREDICTED', '1234', null, 'Available 1,234'],
  ['SOURCE_STALE', null, null, null],
] as const)('the numbers of %s are told by what they are', (kind, available, threshold, told) => {
  expect(alertNumbers(en, createFormat('en', 'UTC'), { kind, available, threshold })).toBe(told);
});
