import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium, looks, openWindow, overflowOf, pages, untilDrawn } from './chromium.ts';
import { startSandbox, untilPlanned } from './sandbox.ts';

/**
 * Takes the pictures of docs/screenshots anew: `npm run screenshots`, or of a sandbox that runs already and so has a past
 * to show: `npm run screenshots -- http://127.0.0.1:4000`.
 */
const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
/** Together they may weigh so much, bytes. */
const weightMax = 2 * 1024 * 1024;
/** 0 to 100. */
const quality = 34;

await mkdir(folder, { recursive: true });
const running = process.argv[2];
const [sandbox, browser] = await Promise.all([
  running === undefined ? startSandbox({ args: ['--speed', '60'] }) : null,
  launchChromium(),
]);
const url = running ?? sandbox?.url ?? '';
try {
  await untilPlanned(url);
  for (const look of looks) {
    const { context, page } = await openWindow(browser, look);
    for (const { name, path, ready } of pages) {
      await page.goto(url + path);
      await page.waitForSelector(ready);
      await untilDrawn(page);
      await assertFits(page, `${name} ${look.locale} ${look.device}`);
      const file = `${name}-${look.locale}-${look.theme}-${look.device}.webp`;
      await writeFile(join(folder, file), await takePicture(page));
    }
    await context.close();
  }
} finally {
  await browser.close();
  await sandbox?.[Symbol.asyncDispose]();
}
const files = await readdir(folder);
const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
const weight = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${files.length} pictures, ${Math.round(weight / 1024)} KB`);
if (weight > weightMax) throw new Error(`the pictures weigh more than ${weightMax / 1024} KB`);

/** What the window shows, as WebP: half the weight of a JPEG with sharper letters. */
async function takePicture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
  return Buffer.from(data, 'base64');
}

/** @throws Error when something is wider than the window */
async function assertFits(page: Page, name: string): Promise<void> {
  const excess = await overflowOf(page);
  if (excess > 0) throw new Error(`${name} is ${excess} pixels wider than its window`);
}
