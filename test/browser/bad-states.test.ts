import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findSerious } from './axe.ts';
import { type Look, launchChromium, openWindow, overflowOf } from './chromium.ts';

/** The sandbox that all files share; nothing here changes it: what goes wrong goes wrong on the way to it. */
const url = inject('sandboxUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

/** Answers of the API are replaced by a refusal, those of the start left out; what is live does not come, either. */
async function refuseAll(page: Page, code: string, message: string): Promise<void> {
  await page.routeWebSocket('**/graphql', (socket) => socket.close({ code: 4403, reason: 'Forbidden' }));
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as { operationName?: string } | null;
    if (body?.operationName === 'Boot') return route.continue();
    await route.fulfill({ json: { errors: [{ message, extensions: { code } }] } });
  });
}

const looks: readonly { look: Look; forbidden: string; away: string; refused: string; clear: string }[] = [
  {
    look: { locale: 'zh-CN', theme: 'dark', device: 'phone' },
    ...{
      forbidden: '没有权限',
      away: '服务器没有响应',
      refused: '服务器无法按这些条件查询',
      clear: '清除筛选',
    },
  },
  {
    look: { locale: 'en', theme: 'light', device: 'desktop' },
    ...{ forbidden: 'Not permitted', away: 'The server does not answer' },
    ...{ refused: 'The server cannot answer this selection', clear: 'Clear filters' },
  },
];

describe.each(looks)('in $look.locale on a $look.device', ({ look, forbidden, away, refused, clear }) => {
  test.each([
    '/',
    '/alerts',
    '/alerts/rules',
    '/items',
    '/items/CF1018-03',
    '/suggestions',
    '/warehouses',
    '/connections',
  ])('%s says that the key may not see it', async (path) => {
    const { context, page } = await openWindow(browser, look);
    await refuseAll(page, 'FORBIDDEN', 'scope missing');
    await page.goto(url + path);
    await page.getByText(forbidden, { exact: true }).first().waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    expect(await findSerious(page)).toEqual([]);
    await context.close();
  });

  test('a server that is away is named, and the page goes on by itself once it is back', async () => {
    const { context, page } = await openWindow(browser, look);
    let isAway = true;
    await page.route('**/graphql', (route) => (isAway ? route.abort('connectionrefused') : route.continue()));
    await page.goto(`${url}/alerts`);
    await page.getByText(away, { exact: true }).waitFor();
    expect(await findSerious(page)).toEqual([]);
    isAway = false;
    await page.waitForSelector('.board .alert');
    await context.close();
  });

  test('a filter in the address that the server does not know is named and can be cleared', async () => {
    const { context, page } = await openWindow(browser, look);
    await page.goto(`${url}/alerts?kind=NO_SUCH_KIND`);
    await page.getByText(refused, { exact: true }).waitFor();
    await page.getByRole('button', { name: clear }).first().click();
    await page.waitForSelector('.board .alert');
    await context.close();
  });
});

test('what was typed survives a server that goes away, and is sent once it is back', async () => {
  const { context, page } = await openWindow(browser, { locale: 'en', theme: 'light', device: 'desktop' });
  await page.goto(`${url}/alerts/rules`);
  const card = page.getByRole('region', { name: 'Sync failed' });
  await card.getByRole('button', { name: /^Edit/ }).click();
  await card.locator('input[name=countMin]').fill('4');
  await page.route('**/graphql', (route) => route.abort('connectionrefused'));
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('The server does not answer').waitFor();
  expect(await card.locator('input[name=countMin]').inputValue()).toBe('4');
  await page.unroute('**/graphql');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.locator('.rule-values').waitFor();
  await card.getByText('4×').waitFor();
  await context.close();
});
