import { expect, test } from 'vitest';
import type { AlertRowFragment } from '../../src/dashboard/gql/documents.ts';
import { compareUrgency, mergeAlerts } from '../../src/dashboard/pages/alerts/alert-list.ts';

const everything = { state: '', severity: '', kind: '', warehouse: '', sku: '', held: '' };

function alert(given: Partial<AlertRowFragment>): AlertRowFragment {
  return {
    id: 'a',
    kind: 'LOW_STOCK',
    severity: 'WARNING',
    state: 'FIRING',
    urgency: '10',
    available: '9',
    threshold: '10',
    thresholdOrigin: 'DEFAULT',
    openedAt: '2026-03-01T00:00:00.000Z',
    changedAt: '2026-03-01T00:00:00.000Z',
    resolvedAt: null,
    snoozedUntil: null,
    acknowledgedBy: null,
    acknowledgedNote: null,
    item: { id: 'i', sku: 'CF1006-01', title: 'cup', unit: { code: '个', decimals: 0 } },
    warehouse: { id: 'w', code: 'YW', name: '义乌仓' },
    shop: null,
    suppressedBy: null,
    suppressedCount: null,
    ...given,
  };
}

const states = (rows: ReadonlyMap<string, AlertRowFragment>) => [...rows.values()].map(({ state }) => state);

test('of two tellings of one alert the later change counts, whichever comes first', () => {
  const older = alert({ state: 'FIRING' });
  const newer = alert({ state: 'ACKNOWLEDGED', changedAt: '2026-03-01T00:01:00.000Z' });
  expect(states(mergeAlerts(new Map(), [older, newer], everything))).toEqual(['ACKNOWLEDGED']);
  expect(states(mergeAlerts(new Map(), [newer, older], everything))).toEqual(['ACKNOWLEDGED']);
});

test('a resolved alert leaves a board of open ones and stays on a board of all', () => {
  const open = mergeAlerts(new Map(), [alert({})], everything);
  const resolved = alert({ state: 'RESOLVED', changedAt: '2026-03-02T00:00:00.000Z' });
  expect(states(mergeAlerts(open, [resolved], everything))).toEqual([]);
  expect(states(mergeAlerts(open, [resolved], { ...everything, state: 'all' }))).toEqual(['RESOLVED']);
});

test.each([
  ['severity', 'CRITICAL', 0],
  ['severity', 'WARNING', 1],
  ['kind', 'SYNC_FAILED', 0],
  ['warehouse', 'GZ', 0],
  ['warehouse', 'YW', 1],
  ['sku', 'cf1006', 1],
  ['sku', 'CF2', 0],
  ['state', 'SNOOZED', 0],
] as const)('%s %s lets %i through', (name, value, count) => {
  expect(mergeAlerts(new Map(), [alert({})], { ...everything, [name]: value }).size).toBe(count);
});

test('what is held with its source stands on the board of held ones only', () => {
  const held = alert({ suppressedBy: { id: 'source', kind: 'SOURCE_STALE' } });
  const spokenFor = alert({ suppressedBy: { id: 'other', kind: 'OUT_OF_STOCK' } });
  expect(mergeAlerts(new Map(), [held], everything).size).toBe(0);
  expect(mergeAlerts(new Map(), [spokenFor], everything).size).toBe(1);
  expect(mergeAlerts(new Map(), [held], { ...everything, held: 'yes' }).size).toBe(1);
  expect(mergeAlerts(new Map(), [alert({})], { ...everything, held: 'yes' }).size).toBe(0);
});

test('the most urgent stand first, by number and not by letters', () => {
  const rows = [
    alert({ id: 'a', urgency: '9' }),
    alert({ id: 'b', urgency: '100' }),
    alert({ id: 'c', urgency: '25' }),
  ];
  expect(rows.sort(compareUrgency).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});
