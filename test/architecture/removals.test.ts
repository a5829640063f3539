import { expect, test } from 'vitest';
import { listFiles, readText } from './project-files.ts';

/**
 * Migrations that take away what an older program may use, and why each may. Processes of two versions run beside each
 * other during an update: leave a column for a version before it is dropped, or name the migration here and, with the
 * processes to be stopped, in docs/operations.md.
 */
const removals: Readonly<Record<string, string>> = {
  '0006_alerts_and_decisions': 'the probability that raises an alert moved from policies to alert rules',
  '0008_lease_wakes': 'pauses of a shop moved to the call budgets',
  '0009_lease_wakes_security': 'the function that paused a shop went with its column',
  '0015_live_windows': 'windows are no longer read again, so nothing marks them as shaken',
  '0016_drop_reference_stake': 'nothing has written it since urgency has a scale of its own',
};

const removing = /\bdrop\s+(?:table|view|materialized\s+view|function|type|column)\b|\brename\b/i;

const takesAway = (text: string): boolean =>
  text
    .split('\n')
    .filter((line) => !/^\s*--/.test(line))
    // The function that drops partitions at run time, when they are too old.
    .some((line) => removing.test(line) && !line.includes('drop table public.%I'));

test('a migration takes nothing away that older programs use, unless it is named with its reason', () => {
  const found = listFiles('drizzle')
    .filter((path) => path.endsWith('.sql') && takesAway(readText(path)))
    .map((path) => path.replace(/^drizzle\/|\.sql$/g, ''));
  expect(found).toEqual(Object.keys(removals));
});

test('the operator is told which processes to stop before such a migration', () => {
  const update = readText('docs/operations.md').split('\n## Update\n')[1] ?? '';
  expect(Object.keys(removals).filter((name) => !update.includes(`\`${name}\``))).toEqual([]);
});

test.each([
  'ALTER TABLE "shop" DROP COLUMN "name";',
  'alter table shop drop column if exists name',
  'DROP TABLE "shop";',
  'drop function shop_lease_pause(uuid);',
  'ALTER TABLE "shop" RENAME COLUMN "name" TO "title";',
])('would be found: %s', (planted) => {
  expect(takesAway(planted)).toBe(true);
});

test.each([
  'DROP INDEX "item_plan_excess";',
  'ALTER TABLE "shop" ALTER COLUMN "name" DROP DEFAULT;',
  '-- drop table x',
])('is no removal: %s', (harmless) => {
  expect(takesAway(harmless)).toBe(false);
});
