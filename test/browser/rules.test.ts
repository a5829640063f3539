import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findSerious } from './axe.ts';
import { type Look, launchChromium, openWindow } from './chromium.ts';
import { askAt } from './sandbox.ts';

/** The sandbox that all files share; what is set here is set back. */
const url = inject('sandboxUrl');
let browser: Browser;
const look: Look = { locale: 'en', theme: 'light', device: 'desktop' };

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

async function open(path: string, as = look): Promise<{ page: Page; close(): Promise<void> }> {
  const { context, page } = await openWindow(browser, as);
  await page.goto(url + path);
  return { page, close: () => context.close() };
}

/** What a rule of the whole organization says of a setting. */
async function ruleValue(kind: string, setting: string) {
  const { alertRules } = await askAt<{
    alertRules: {
      nodes: {
        kind: string;
        item: object | null;
        warehouse: object | null;
        category: string | null;
        values: { setting: string; value: string; origin: string }[];
      }[];
    };
  }>(
    url,
    '{ alertRules(first: 250) { nodes { kind item { id } warehouse { id } category values { setting value origin } } } }',
  );
  return alertRules.nodes
    .find((rule) => rule.kind === kind && !rule.item && !rule.warehouse && !rule.category)
    ?.values.find((one) => one.setting === setting);
}

test('a rule is changed in place by keyboard alone, shows whose word it is, and is given back', async () => {
  const { page, close } = await open('/alerts/rules');
  const card = page.getByRole('region', { name: 'Near the threshold' });
  const row = card.locator('.rule-values > div', { hasText: 'Share above the threshold' });
  await row.getByText('20%').waitFor();
  await card.getByRole('button', { name: /^Edit/ }).focus();
  await page.keyboard.press('Enter');
  const share = card.locator('input[name=thresholdShare]');
  await share.focus();
  await page.keyboard.type('35');
  expect(await findSerious(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await row.getByText('35%').waitFor();
  await row.getByText('general rule').waitFor();
  expect(await ruleValue('APPROACHING', 'thresholdShare')).toMatchObject({
    value: '0.35',
    origin: 'ORGANIZATION',
  });
  await card.getByRole('button', { name: /^Edit/ }).click();
  await share.fill('');
  await card.getByRole('button', { name: 'Save' }).click();
  await row.getByText('default').waitFor();
  expect(await ruleValue('APPROACHING', 'thresholdShare')).toMatchObject({ value: '0.2', origin: 'DEFAULT' });
  await close();
});

test('what the server refuses stands at its setting, and nothing that was typed is lost', async () => {
  const { page, close } = await open('/alerts/rules', { ...look, locale: 'zh-CN', device: 'phone' });
  const card = page.getByRole('region', { name: '数据源过期' });
  await card.getByRole('button', { name: /^修改/ }).click();
  await card.locator('input[name=ageMinutesMax]').fill('99999999');
  await card.getByRole('button', { name: '保存' }).click();
  await card.locator('label', { hasText: '多久没有读取' }).getByRole('alert').waitFor();
  expect(await card.locator('input[name=ageMinutesMax]').inputValue()).toBe('99999999');
  expect(await findSerious(page)).toEqual([]);
  await card.getByRole('button', { name: '取消' }).click();
  await close();
});

test('a kind is switched off for one warehouse only, and an unknown article number is refused', async () => {
  const { page, close } = await open('/alerts/rules');
  const card = page.getByRole('region', { name: 'Overstock' });
  await card.getByRole('button', { name: 'Set apart for some goods or places' }).click();
  await card.locator('input[name=sku]').fill('NO SUCH');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('There is no article number NO SUCH.').waitFor();
  await card.locator('input[name=sku]').fill('');
  await card.locator('select[name=warehouse]').selectOption({ index: 1 });
  const place = await card.locator('select[name=warehouse] option:checked').textContent();
  await card.getByRole('button', { name: 'Save' }).click();
  const narrow = card.locator('.rule.narrow', { hasText: place ?? '' });
  await narrow.getByText('Off').waitFor();
  expect(await ruleValue('OVERSTOCK', 'isEnabled')).toMatchObject({ value: 'true' });
  await close();
});

test('the threshold of an item in a place is set by hand and left to the plan again', async () => {
  const { page, close } = await open('/items/CF1018-03');
  const levels = page.getByRole('region', { name: 'Stock by place' }).first();
  await levels
    .getByRole('button', { name: /^Edit the threshold/ })
    .first()
    .click();
  await levels.locator('input[name=threshold]').fill('777');
  await page.keyboard.press('Enter');
  await levels.getByText('set by hand').waitFor();
  expect(await findSerious(page)).toEqual([]);
  await levels
    .locator('tr', { hasText: 'set by hand' })
    .getByRole('button', { name: /^Edit the threshold/ })
    .click();
  await levels.getByRole('button', { name: 'Back to the plan’s' }).click();
  await levels.getByText('set by hand').waitFor({ state: 'detached' });
  await close();
});

test('a threshold that a wider policy sets says so when it is left to the plan, and says nothing once closed', async () => {
  const sku = 'CF1018-01';
  const { item } = await askAt<{ item: { id: string } }>(url, `{ item(sku: "${sku}") { id } }`);
  const setForItem = (value: string | null) =>
    askAt(
      url,
      'mutation Set($input: StockPolicySetInput!) { stockPolicySet(input: $input) { userErrors { message } } }',
      { input: { scope: { itemId: item.id }, values: { safetyStock: value } } },
    );
  await setForItem('888');
  const { page, close } = await open(`/items/${sku}`);
  const levels = page.getByRole('region', { name: 'Stock by place' }).first();
  const edit = levels.getByRole('button', { name: /^Edit the threshold/ }).first();
  await edit.click();
  await levels.getByRole('button', { name: 'Back to the plan’s' }).click();
  await levels.getByText('set by hand for more than this place').waitFor();
  expect(await findSerious(page)).toEqual([]);
  await levels.getByRole('button', { name: 'Cancel' }).click();
  await edit.click();
  expect(await levels.getByRole('alert').count()).toBe(0);
  await setForItem(null);
  await close();
});
