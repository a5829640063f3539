import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { post } from '../support/graphql-client.ts';
import { makeBenchWorld } from './bench-world.ts';
import build from './build.ts';
import { launchChromium, openWindow } from './chromium.ts';
import { startSandbox } from './sandbox.ts';

/** Measures the dashboard in a real browser: `npm run bench -- dashboard`. */
const itemCount = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 7);
/** What is measured: `load`, `table`, `pan`; none named = all. */
const parts = new Set(process.argv.slice(4));
const wants = (part: 'load' | 'table' | 'pan') => parts.size === 0 || parts.has(part);
const look = { locale: 'en', theme: 'light', device: 'desktop' } as const;
/** What the issue allows: first load, KB of gzip; first rows after a click, ms; a task while panning, ms. */
const allowed = { firstLoadKb: 350, rowsMs: 500, taskMs: 50 };

await build();
console.log(`making ${itemCount.toLocaleString('en')} items …`);
const folder = await makeBenchWorld(itemCount);
const sandbox = await startSandbox({ folder, args: ['--roles', 'api,sandbox'] });
const browser = await launchChromium();
try {
  if (wants('load')) await measureFirstLoad(browser, sandbox.url);
  if (wants('table')) await measureTable(browser, sandbox.url);
  if (wants('pan')) await measurePanning(browser, sandbox.url);
} finally {
  await browser.close();
  await sandbox[Symbol.asyncDispose]();
}

/** What the first visit fetches and when it paints. */
async function measureFirstLoad(browser: Browser, url: string): Promise<void> {
  const paints: number[] = [];
  const ready: number[] = [];
  const delays: number[] = [];
  let sizes: { name: string; bytes: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { context, page } = await openWindow(browser, look);
    const fetched: Promise<{ name: string; bytes: number }>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/graphql')) return;
      fetched.push(
        response.body().then(
          (body) => ({ name: pathname, bytes: gzipSync(body, { level: 6 }).length }),
          // The window was closed while it came: a later page's, not the first load's.
          () => ({ name: pathname, bytes: 0 }),
        ),
      );
    });
    await page.goto(url);
    await page.waitForSelector('.kpis .kpi-value:not(:has(.bone))');
    ready.push(await page.evaluate(() => performance.now()));
    sizes = await Promise.all(fetched);
    paints.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
    );
    delays.push(...(await interactionDelays(page)));
    await context.close();
  }
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1024;
  console.log(`\nFirst load of the overview, gzip (allowed: ${allowed.firstLoadKb} KB)`);
  for (const { name, bytes } of sizes.sort((one, other) => other.bytes - one.bytes)) {
    console.log(`  ${name.padEnd(48)} ${(bytes / 1024).toFixed(1).padStart(7)} KB`);
  }
  row('all of it', `${total.toFixed(1)} KB`);
  row('first contentful paint', `${median(paints)} ms`);
  row('numbers of the overview shown', `${median(ready)} ms`);
  row('interaction delay, median', `${median(delays)} ms`);
  row('interaction delay, worst', `${Math.round(Math.max(...delays))} ms`);
}

/** How long the browser takes from a click to the next frame, for switching theme and opening pages. */
async function interactionDelays(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const kept: number[] = [];
    (window as unknown as { delays: number[] }).delays = kept;
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'click') kept.push(duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  for (const path of ['/alerts', '/warehouses', '/connections', '/']) {
    await page.click(`.side a[href="${path}"]`);
    await page.waitForLoadState('networkidle');
  }
  return page.evaluate(() => {
    const { delays } = window as unknown as { delays: number[] };
    // Faster than the observer tells: one frame.
    return delays.length === 0 ? [16] : delays;
  });
}

/** From the click to the first rows, beside what the API alone needs for the same question. */
async function measureTable(browser: Browser, url: string): Promise<void> {
  console.log(
    `\nTable of ${itemCount.toLocaleString('en')} items, median of ${rounds} (allowed: ${allowed.rowsMs} ms)`,
  );
  const { context, page } = await openWindow(browser, look);
  const questions: { query: string; variables: Record<string, unknown> }[] = [];
  page.on('request', (request) => {
    const body = request.method() === 'POST' ? (request.postDataJSON() as { operationName?: string }) : null;
    if (body?.operationName === 'Items') questions.push(body as never);
  });
  await page.goto(url);
  await page.waitForSelector('.kpis .kpi-value');
  // Once before it counts: the page's code is fetched by the first visit.
  await page.click('.side a[href="/items"]');
  await page.waitForSelector('.item-body .item-row');
  const steps: [name: string, before: () => Promise<unknown>, click: string, then?: string][] = [
    ['open the page', () => page.click('.side a[href="/"]'), '.side a[href="/items"]'],
    ...(['days', 'health', 'available', 'excess', 'incoming', 'difference'] as const).map(
      (column): [string, () => Promise<unknown>, string] => [
        `sort by ${column}`,
        () => freshTable(page, url),
        `[role=columnheader].${column} button`,
      ],
    ),
    ...(['low', 'out', 'risk', 'unhealthy', 'excess'] as const).map(
      (part): [string, () => Promise<unknown>, string, string] => [
        `filter ${part}`,
        () => freshTable(page, url),
        'select[name=show]',
        part,
      ],
    ),
  ];
  for (const [name, before, target, option] of steps) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await before();
      await page.waitForLoadState('networkidle');
      times.push(await timeRows(page, target, option));
    }
    const question = questions.at(-1);
    const alone: number[] = [];
    for (let round = 0; question !== undefined && round < rounds; round += 1) {
      const startedAt = performance.now();
      await post(`${url}/graphql`, question.query, question.variables);
      alone.push(performance.now() - startedAt);
    }
    row(name, `${median(times)} ms`, `API alone ${median(alone)} ms`);
  }
  await context.close();
}

async function freshTable(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/items`);
  await page.waitForSelector('.item-body .item-row');
}

/** Clicks inside the page and waits there for rows of the new question, so that nothing but the page is timed. */
function timeRows(page: Page, target: string, option: string | undefined): Promise<number> {
  return page.evaluate(
    async ([selector, value]) => {
      const element = document.querySelector<HTMLElement>(selector ?? '');
      if (element === null) throw new Error(`nothing to click: ${selector}`);
      const rowsAreThere = () =>
        document.querySelector('.item-table[aria-busy=false] .item-body .item-row') !== null;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const startedAt = performance.now();
      if (element instanceof HTMLSelectElement && value !== undefined) {
        element.value = value;
        element.dispatchEvent(new Event('change', { bubbles: true }));
      } else {
        element.click();
      }
      while (rowsAreThere()) await frame();
      while (!rowsAreThere()) await frame();
      return performance.now() - startedAt;
    },
    [target, option] as const,
  );
}

/** Drags a chart of 10,000 points and looks for tasks that would make it stutter. */
async function measurePanning(browser: Browser, url: string): Promise<void> {
  const { context, page } = await openWindow(browser, look);
  const points = 10_000;
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as { operationName?: string } | null;
    if (body?.operationName !== 'ItemSeries') return route.continue();
    const response = await route.fetch();
    const answer = (await response.json()) as { data: { item: { series: unknown[] } } };
    answer.data.item.series = Array.from({ length: points }, (_, index) => seriesPoint(index - points));
    await route.fulfill({ response, json: answer });
  });
  await page.goto(`${url}/items/B000001`);
  const chart = page.locator('.chart-card .chart canvas').first();
  await chart.waitFor();
  await page.waitForLoadState('networkidle');
  const box = await chart.boundingBox();
  if (box === null) throw new Error('no chart');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  // Zoomed in first, else there is nothing to pan.
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, -300);
  await page.waitForLoadState('networkidle');
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await page.mouse.down();
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.move(middle.x + Math.sin(step / 10) * 200, middle.y, { steps: 2 });
  }
  await page.mouse.up();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const tasks = mainThreadTasks(trace.traceEvents);
  console.log(
    `\nPanning a chart of ${points.toLocaleString('en')} points, ${tasks.length} tasks (allowed: none over ${allowed.taskMs} ms)`,
  );
  const over = (times: readonly number[]) => times.filter((ms) => ms > allowed.taskMs).length;
  const tell = (name: string, times: readonly number[]) =>
    row(name, String(over(times)), `worst ${Math.round(Math.max(0, ...times))} ms`);
  tell(
    'tasks over 50 ms by the clock',
    tasks.map(({ wallMs }) => wallMs),
  );
  // What the page itself is to blame for, whatever else this machine does at the time.
  tell(
    'tasks over 50 ms of processor time',
    tasks.map(({ cpuMs }) => cpuMs),
  );
  await context.close();
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, by the clock and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Tasks on the main threads of pages. */
function mainThreadTasks(events: readonly TraceEvent[]): { wallMs: number; cpuMs: number }[] {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return events
    .filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, cpuMs: tdur / 1000 }));
}

function seriesPoint(index: number) {
  const at = Date.now() + index * 3_600_000;
  const close = String(Math.round(400 + 300 * Math.sin(index / 90)));
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    ...{ startAt: time(at), endAt: time(at + 3_600_000), open: close, close, low: close, high: close },
    ...{ outOfStockMinutes: 0, __typename: 'StockSeriesPoint' },
  };
}

function row(name: string, value: string, note = ''): void {
  console.log(`  ${name.padEnd(34)} ${value.padStart(10)}   ${note}`.trimEnd());
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}
