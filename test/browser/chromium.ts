import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where systems keep it; CHROMIUM names another place. */
const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * Starts the system's Chromium without a window.
 *
 * @throws Error that says how to get one, when there is none
 */
export function launchChromium(): Promise<Browser> {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) {
    throw new Error('no Chromium: install the package chromium, or name one in CHROMIUM');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

/** How somebody looks at the dashboard. */
export interface Look {
  readonly locale: 'zh-CN' | 'en';
  readonly theme: 'light' | 'dark';
  readonly device: 'desktop' | 'phone';
}

/** Opens a window for one person, with what went wrong in it. */
export async function openWindow(
  browser: Browser,
  look: Look,
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const isPhone = look.device === 'phone';
  const context = await browser.newContext({
    locale: look.locale,
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    viewport: isPhone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    isMobile: isPhone,
    hasTouch: isPhone,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1')
      faults.push(`foreign request ${request.url()}`);
  });
  return { context, page, faults };
}

/**
 * Pixels by which a page is wider than its window; more than 0 = something sticks out. Against the window that was
 * opened: a phone zooms out to show a page that is too wide, and then calls that its width.
 */
export function overflowOf(page: Page): Promise<number> {
  const width = page.viewportSize()?.width ?? 0;
  return page.evaluate((wanted) => document.documentElement.scrollWidth - wanted, width);
}

/** Waits until everything is there: no place is held for something that is still being read. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.bone') === null);
}

/** Every way of looking: both languages, both themes, both devices. */
export const looks: readonly Look[] = (['zh-CN', 'en'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['desktop', 'phone'] as const).map((device) => ({ locale, theme, device })),
  ),
);

/** The pages, with what shows that their data are there. */
export const pages = [
  { name: 'overview', path: '/', ready: '.lines li .tank, .kpi-value:not(:has(.bone))' },
  { name: 'alerts', path: '/alerts', ready: '.board .alert' },
  { name: 'rules', path: '/alerts/rules', ready: '.rule-values' },
  { name: 'items', path: '/items', ready: '.item-body .item-row' },
  { name: 'item', path: '/items/CF1018-03', ready: '.chart canvas' },
  { name: 'suggestions', path: '/suggestions', ready: '.suggestion' },
  { name: 'warehouses', path: '/warehouses', ready: '.heat-cell.heat' },
  { name: 'connections', path: '/connections', ready: '.progress' },
] as const;
