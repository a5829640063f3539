import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, openWindow } from './chromium.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

let sandbox: Sandbox;
let browser: Browser;

/** A place of the test's own, which the sandbox's feed does not know. */
const warehouseCode = 'BROWSER';
const look = { locale: 'en', theme: 'light', device: 'desktop' } as const;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
  await sandbox.ask(
    'mutation ($input: WarehouseUpsertInput!) { warehouseUpsert(input: $input) { userErrors { message } } }',
    { input: { code: warehouseCode, name: 'Browser' } },
  );
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.[Symbol.asyncDispose]();
});

/** Says how much of an article lies in the test's warehouse; low enough, an alert fires. */
async function setStock(sku: string, available: number): Promise<void> {
  const { stockLevelsImport } = await sandbox.ask<{ stockLevelsImport: { rejectedCount: number } }>(
    `mutation ($input: StockLevelsImportInput!) {
      stockLevelsImport(input: $input) { rejectedCount userErrors { message } }
    }`,
    { input: { createMissingItems: true, rows: [{ sku, warehouseCode, available }] } },
  );
  expect(stockLevelsImport.rejectedCount).toBe(0);
}

async function openBoard(sku: string): Promise<{ page: Page; close(): Promise<void> }> {
  const { context, page } = await openWindow(browser, look);
  await page.goto(`${sandbox.url}/alerts?state=all&sku=${sku}`);
  await page.waitForSelector('.connection.live');
  await page.getByText('No alert fits this selection').or(page.locator('.board .alert')).waitFor();
  return { page, close: () => context.close() };
}

test('an alert that fires is on the board without reloading, and so is its end', async () => {
  const sku = 'LIVE-1';
  await setStock(sku, 500);
  const { page, close } = await openBoard(sku);
  const firedAt = performance.now();
  await setStock(sku, 0);
  await page.locator('.board .alert.critical').waitFor();
  console.log(
    `an alert was on the board ${Math.round(performance.now() - firedAt)} ms after the change was sent`,
  );
  await setStock(sku, 500);
  await page.locator('.board .alert.over').waitFor();
  await close();
});

test('acknowledging in one browser shows in another, with its note', async () => {
  const sku = 'LIVE-2';
  await setStock(sku, 500);
  await setStock(sku, 0);
  const [one, other] = await Promise.all([openBoard(sku), openBoard(sku)]);
  await one.page.getByRole('button', { name: 'Acknowledge' }).last().click();
  await one.page.locator('dialog textarea').fill('supplier called');
  await one.page.getByRole('button', { name: 'Confirm' }).click();
  await one.page.locator('dialog').waitFor({ state: 'detached' });
  await other.page.getByText('supplier called').waitFor();
  expect(await other.page.locator('.board .state-acknowledged').count()).toBe(1);
  await one.close();
  await other.close();
});

test('snoozing names its end, and ends when asked', async () => {
  const sku = 'LIVE-3';
  await setStock(sku, 500);
  await setStock(sku, 0);
  const { page, close } = await openBoard(sku);
  await page.locator('.board').getByRole('button', { name: 'Snooze' }).click();
  await page.locator('dialog select').selectOption('72');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText(/^snoozed until/).waitFor();
  await page.getByRole('button', { name: 'End snooze' }).click();
  await page.locator('.board .state-firing').waitFor();
  await close();
});

test('why an alert fired is told with its numbers', async () => {
  const sku = 'LIVE-4';
  await setStock(sku, 500);
  await setStock(sku, 3);
  const { page, close } = await openBoard(sku);
  await page.getByRole('button', { name: 'Why' }).click();
  const why = page.locator('.why');
  await why.getByRole('rowheader', { name: 'Available', exact: true }).waitFor();
  expect(await why.locator('table').count()).toBe(3);
  await close();
});

test('what fires while the server is away or restarts is not lost', async () => {
  const sku = 'LIVE-5';
  await setStock(sku, 500);
  const { page, close } = await openBoard(sku);
  await sandbox.restart();
  // Sent before the browser is back: it must come by the cursor, since nothing is read again.
  await setStock(sku, 0);
  await page.locator('.board .alert.critical').waitFor();
  await page.waitForSelector('.connection.live');
  await close();
});
