import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium, openWindow } from './chromium.ts';
import { askAt } from './sandbox.ts';

/** The sandbox that all files share; nothing here stops it. */
const url = inject('sandboxUrl');
let browser: Browser;
const look = { locale: 'en', theme: 'light', device: 'desktop' } as const;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

async function open(path: string): Promise<{ page: Page; close(): Promise<void> }> {
  const { context, page } = await openWindow(browser, look);
  await page.goto(url + path);
  return { page, close: () => context.close() };
}

/** The card of what to order and list; goods to move stand in lines that look the same, in a card of their own. */
const purchases = (page: Page) => page.getByRole('region', { name: 'Purchases and listings' });

/** An item with the soonest stock-out, which therefore has a forecast. */
async function plannedSku(): Promise<string> {
  const { items } = await askAt<{ items: { nodes: { sku: string }[] } }>(
    url,
    '{ items(first: 1, filter: { daysToStockOut: { gt: 1 } }, orderBy: [{ field: DAYS_TO_STOCK_OUT }]) { nodes { sku } } }',
  );
  const [item] = items.nodes;
  if (item === undefined) throw new Error('nothing is planned');
  return item.sku;
}

test('an item shows what its stock is expected to do, in one place too, and as a table', async () => {
  const { page, close } = await open(`/items/${await plannedSku()}`);
  const chart = page.locator('.chart-card');
  await chart.locator('canvas').waitFor();
  await chart.getByText('Expected stock').waitFor();
  await chart.getByRole('button', { name: 'Show as a table' }).click();
  await chart.locator('tr.expected').first().waitFor();
  await chart.locator('select[name=place]').selectOption({ index: 1 });
  await chart.getByRole('button', { name: '24 hours' }).click();
  await chart.locator('tbody tr').first().waitFor();
  await page.getByRole('region', { name: 'Demand' }).locator('canvas').waitFor();
  await close();
});

test('items are sorted by planned figures on the server, and a selection is kept under a name', async () => {
  const { page, close } = await open('/items');
  await page.waitForSelector('.item-body .item-row');
  await page.getByRole('columnheader', { name: 'Days left' }).getByRole('button').click();
  await page.waitForSelector('.item-table[aria-busy=false] [role=columnheader][aria-sort=ascending].days');
  const days = await page.locator('.item-body .days').allTextContents();
  const known = days.filter((text) => /^\d+$/.test(text)).map(Number);
  expect(known.length).toBeGreaterThan(3);
  expect(known).toEqual([...known].sort((one, other) => one - other));
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.locator('dialog input').fill('Soonest out');
  await page.locator('dialog').getByRole('button', { name: 'Save view' }).click();
  await page.goto(`${url}/items`);
  await page.locator('select[name=view]').selectOption({ label: '★ Soonest out' });
  await page.waitForSelector('[role=columnheader][aria-sort=ascending].days');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('days');
  await close();
});

test('a file of what is shown holds the planned figures', async () => {
  const { page, close } = await open('/items?show=low&sort=health');
  await page.waitForSelector('.item-body .item-row');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const [head = '', ...lines] = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n');
  const health = head.split(',').indexOf('Health score');
  expect(health).toBeGreaterThan(0);
  const scores = lines.map((line) => line.split(',')[health]).filter((text) => text !== '');
  expect(scores.length).toBeGreaterThan(0);
  await close();
});

test('a suggestion is explained, approved with another quantity and found among the approved', async () => {
  const { page, close } = await open('/suggestions?kind=PURCHASE');
  const line = purchases(page).locator('.suggestion').first();
  await line.getByRole('button', { name: 'Why' }).click();
  // By itself, not by its line: the list may be read anew and put another line first.
  await purchases(page).locator('.suggestion .why table').first().waitFor();
  const sku = (await line.locator('.what small').textContent())?.split(' · ')[0] ?? '';
  await line.getByRole('button', { name: 'Approve' }).click();
  await page.locator('dialog input[name=quantity]').fill('7');
  await page.locator('dialog textarea').fill('carton of seven');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.goto(`${url}/suggestions?state=APPROVED&sku=${sku}`);
  await page.getByText('carton of seven').waitFor();
  expect(await purchases(page).locator('.suggestion .suggested b').first().textContent()).toMatch(/^7 /);
  await close();
});

test('a suggestion is dismissed with a reason', async () => {
  const { page, close } = await open('/suggestions?kind=PURCHASE');
  await purchases(page).locator('.suggestion').first().getByRole('button', { name: 'Dismiss' }).click();
  await page.locator('dialog select').selectOption('30');
  await page.locator('dialog textarea').fill('goes out of the range');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.goto(`${url}/suggestions?state=DISMISSED`);
  await page.getByText('goes out of the range').waitFor();
  await close();
});

test('a slider tells what more demand would change', async () => {
  const { page, close } = await open('/suggestions');
  await page.locator('.what-if input[name=demand]').fill('150');
  const rows = page.locator('.what-if tbody tr');
  await rows.filter({ hasText: 'Cost of filling up to target' }).getByText(/^\+/).waitFor();
  await close();
});

test('the heat map is painted by what one chooses, which stays in the address', async () => {
  const { page, close } = await open('/warehouses');
  await page.waitForSelector('.heat-cell.heat');
  await page.locator('select[name=measure]').selectOption('health');
  await page.getByText('Colours say the health score').waitFor();
  expect(new URL(page.url()).searchParams.get('measure')).toBe('health');
  await page.waitForSelector('.place-map .land');
  expect(await page.locator('.place-map .point').count()).toBeGreaterThan(3);
  await close();
});

test('a test message is sent from the page and stands in the delivery log', async () => {
  await askAt(
    url,
    'mutation { notificationChannelUpsert(input: { name: "Desk", kind: INBOX, recipients: [{ name: "Wang", role: BUYER }] }) { userErrors { message } } }',
  );
  const { page, close } = await open('/connections');
  const channels = page.locator('section.card').filter({ hasText: 'Notification channels' });
  const line = channels.locator('tr').filter({ hasText: 'Desk' });
  await line.getByRole('button', { name: 'Send a test' }).click();
  await line.getByText('Test queued').waitFor();
  await page.reload();
  const log = page.locator('section.card').filter({ hasText: 'Delivery log' });
  await log.locator('tbody tr').filter({ hasText: 'Desk' }).first().waitFor();
  await close();
});
