import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findSerious } from './axe.ts';
import { launchChromium, looks, openWindow, overflowOf, pages, untilDrawn } from './chromium.ts';
import { askAt } from './sandbox.ts';

/** The sandbox that all files share; nothing here stops it. */
const url = inject('sandboxUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

describe.each(looks)('in $locale, $theme, on a $device', (look) => {
  test.each(pages)(
    '$name shows its data, fits the window and can be used by everybody',
    async ({ path, ready }) => {
      const { context, page, faults } = await openWindow(browser, look);
      await page.goto(url + path);
      await page.waitForSelector(ready);
      await untilDrawn(page);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(look.locale);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await findSerious(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    },
  );
});

test('language and theme are switched and remembered', async () => {
  const { context, page } = await openWindow(browser, { locale: 'zh-CN', theme: 'light', device: 'desktop' });
  await page.goto(`${url}/alerts`);
  await page.getByRole('heading', { name: '预警看板' }).waitFor();
  await page.locator('.side select[name=language]').selectOption('en');
  await page.getByRole('heading', { name: 'Alert board' }).waitFor();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator('.side select[name=theme]').selectOption('dark');
  expect(await paper()).not.toBe(light);
  await page.reload();
  await page.getByRole('heading', { name: 'Alert board' }).waitFor();
  expect(await paper()).not.toBe(light);
  await context.close();
});

test('filters of the board live in the address; a wrong one shows everything', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  await page.goto(`${url}/alerts?severity=CRITICAL&state=nonsense`);
  await page.waitForSelector('.board .alert.critical');
  expect(await page.locator('.board .alert:not(.critical)').count()).toBe(0);
  await page.locator('select[name=severity]').selectOption('WARNING');
  await page.waitForSelector('.board .alert.warning');
  expect(new URL(page.url()).searchParams.get('severity')).toBe('WARNING');
  await context.close();
});

test('the table is sorted by the server and exported as CSV', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  await page.goto(`${url}/items`);
  await page.waitForSelector('.item-body .item-row');
  const level = page.getByRole('columnheader', { name: 'Water level' }).getByRole('button');
  await level.click();
  await page.waitForSelector('[role=columnheader][aria-sort=ascending].available');
  await page.waitForFunction(() => document.querySelector('.item-body .numbers b')?.textContent === '0');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n');
  const { overview } = await askAt<{ overview: { itemCount: number } }>(url, '{ overview { itemCount } }');
  expect(lines).toHaveLength(overview.itemCount + 1);
  await context.close();
});

test('rows of a former filter that come late are not counted: their number would stand under other rows', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  const counted: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON() as {
      operationName: string;
      variables?: { filter?: object };
    };
    const filter = JSON.stringify(variables?.filter ?? {});
    if (operationName === 'ItemCount') counted.push(filter);
    if (operationName === 'Items' && filter.includes('isLow')) await held;
    await route.continue();
  });
  const late = page.waitForResponse((response) => response.request().postData()?.includes('isLow') === true);
  await page.goto(`${url}/items?show=low`);
  await page.locator('select[name=show]').selectOption('');
  await page.waitForSelector('.item-body .item-row');
  await page.getByText(/^\d+ items$/).waitFor();
  release();
  await (await late).finished();
  await page.getByRole('columnheader', { name: 'Water level' }).getByRole('button').click();
  await page.waitForSelector('[role=columnheader][aria-sort=ascending].available');
  await page.waitForFunction(() => document.querySelector('.item-body .numbers b')?.textContent === '0');
  expect([...new Set(counted)]).toEqual(['{}']);
  await context.close();
});

test('an alert of a source stands on the board for those that are held with it, which are a click away', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'phone' });
  const asked: string[] = [];
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON() as {
      operationName: string;
      variables?: { filter?: object };
    };
    if (operationName !== 'AlertBoard') return route.continue();
    asked.push(JSON.stringify(variables?.filter));
    const answer = await (await route.fetch()).json();
    const [node] = answer.data.stockAlerts.nodes;
    // As if a shop had not been read for long.
    answer.data.held.totalCount.value = 4321;
    const source = {
      kind: 'SOURCE_STALE',
      item: null,
      warehouse: null,
      available: null,
      suppressedCount: 4321,
    };
    if (node !== undefined) answer.data.stockAlerts.nodes = [{ ...node, ...source }];
    return route.fulfill({ json: answer });
  });
  await page.goto(`${url}/alerts`);
  await page.locator('.board').getByText('stands for 4,321 held stock alerts').waitFor();
  await page.getByText(/^4,321 more stock alerts are held/).waitFor();
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(await findSerious(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show them' }).click();
  await page.getByRole('button', { name: 'Back to the board' }).waitFor();
  expect(new URL(page.url()).searchParams.get('held')).toBe('yes');
  expect(asked[0]).toContain('"isSuppressedBySource":{"eq":false}');
  expect(asked.at(-1)).toContain('"isSuppressedBySource":{"eq":true}');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
});

test('an item that does not exist says so', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  await page.goto(`${url}/items/${encodeURIComponent('NO/SUCH 1')}`);
  await page.getByText('There is no article number NO/SUCH 1.').waitFor();
  await context.close();
});

test('a key that is not accepted is asked for again and can be removed', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  await context.addInitScript(() => localStorage.setItem('shuiwei.key', 'sw_no_such_key'));
  await page.goto(url);
  await page.getByText('This key is not valid, has expired or was revoked.').waitFor();
  expect(await findSerious(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove key' }).click();
  await page.waitForSelector('.lines li .tank');
  await context.close();
});

test('the chart is also a table', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  await page.goto(`${url}/items/CF1018-03`);
  await page.waitForSelector('.chart canvas');
  await page.locator('.chart-card').getByRole('button', { name: 'Show as a table' }).click();
  expect(await page.locator('.series-table tbody tr').count()).toBeGreaterThan(0);
  await context.close();
});
