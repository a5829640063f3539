import { Decimal } from 'decimal.js';
import { findUnequal } from '../support/recompute.ts';
import { checkSorts } from './check-sorts.ts';
import { createReader, type GraphqlReader, type Json } from './graphql-reader.ts';
import { type AnswerField, aheadAnswers, aheadFields, answerFields, levelFields } from './level-answers.ts';
import { startSandbox } from './sandbox-server.ts';

/**
 * Walks every stock level and alert of a running server as a client would, counts what is there, and recomputes
 * every explanation. Nothing of the program is imported: `npm run acceptance:planning [-- URL]`; without an
 * address it starts a sandbox of its own. Ends with 1 when something is missing, unequal or out of order.
 */
const daysOfHistory = 28;
const shareMin = 0.95;
/** A threshold follows a new plan within seconds; until then there is nothing that explains the old one. */
const followingMax = 0.02;
const plannedDeadlineMs = 900_000;
const betweenLooksMs = 10_000;
const looksMax = 12;
const dayMs = 86_400_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * Waits until the first round is over: every level has been planned, a whole business day of stock is on record, which
 * the figures of the past need (two minutes of the sandbox), and nothing was added between two looks. Some levels get
 * their first day of stock with the next round; when that does not come within two minutes, it is not waited for.
 */
async function waitUntilPlanned(reader: GraphqlReader): Promise<void> {
  const deadline = Date.now() + plannedDeadlineMs;
  let before = '';
  let looksAlike = 0;
  for (;;) {
    const fields = 'id leadTime { days } inStockRate(days: 90) forecastUnavailableReason';
    const levels = await reader.walk('stockLevels()', fields, 250);
    const open = levels.filter((level) => level.leadTime === null).length;
    const withPast = levels.filter((level) => level.inStockRate !== null).length;
    const withForecast = levels.filter((level) => level.forecastUnavailableReason === null).length;
    const seen = [levels.length, open, withPast, withForecast].join();
    process.stderr.write(
      `${levels.length} levels, ${open} not planned yet, ${withForecast} with a forecast, ${withPast} with a day of stock\n`,
    );
    looksAlike = seen === before ? looksAlike + 1 : 0;
    const isEveryoneThere = withPast >= shareMin * withForecast;
    if (open === 0 && withPast > 0 && looksAlike >= (isEveryoneThere ? 1 : looksMax)) return;
    if (Date.now() > deadline) {
      throw new Error(`of ${levels.length} levels ${open} are not planned, ${withPast} know a day of stock`);
    }
    before = seen;
    await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
  }
}

/** Counts of one kind of explanation. */
interface Tally {
  checked: number;
  missing: number;
  unequal: string[];
}

const tallies = new Map<string, Tally>();

function recompute(kind: string, place: string, explanation: Json, published: Json): void {
  const tally = tallies.get(kind) ?? { checked: 0, missing: 0, unequal: [] };
  tallies.set(kind, tally);
  if (explanation == null || explanation.steps.length === 0) {
    tally.missing += 1;
    return;
  }
  tally.checked += 1;
  const last = explanation.steps.at(-1).value;
  const faults = findUnequal(explanation, String(published ?? last));
  if (explanation.text === '') faults.push('no text');
  if (explanation.previousValue != null) {
    const change = explanation.changeSincePrevious.reduce(
      (sum: Decimal, cause: Json) => sum.plus(cause.delta),
      new Decimal(0),
    );
    const difference = new Decimal(last).minus(explanation.previousValue);
    if (!change.eq(difference)) faults.push(`causes add up to ${change}, but it changed by ${difference}`);
  }
  if (faults.length > 0) tally.unequal.push(`${place}: ${faults.join('; ')}`);
}

interface Coverage {
  known: number;
  withoutReason: number;
  readonly reasons: Map<string, number>;
}

/** Counts what the levels with enough history answer; true when that is enough. */
function countAnswers(levels: readonly Json[], fields: readonly AnswerField[]): boolean {
  const old = levels.filter((level) => level.demand.length > 0);
  say(`\n${levels.length} levels, ${old.length} with at least ${daysOfHistory} days of history`);
  say(`${'value'.padEnd(26)}   share   known  reasons for the others`);
  let isEnough = old.length > 0;
  for (const field of fields) {
    const coverage: Coverage = { known: 0, withoutReason: 0, reasons: new Map() };
    for (const level of old) {
      if (field.value(level) != null) {
        coverage.known += 1;
        continue;
      }
      const reason: string = field.reason === undefined ? 'null' : (field.reason(level) ?? 'NO REASON GIVEN');
      if (field.reason !== undefined && field.reason(level) == null) coverage.withoutReason += 1;
      coverage.reasons.set(reason, (coverage.reasons.get(reason) ?? 0) + 1);
    }
    const share = coverage.known / Math.max(1, old.length);
    const isShort = (field.isRequired && share < shareMin) || coverage.withoutReason > 0;
    if (isShort) isEnough = false;
    const reasons = [...coverage.reasons].map(([reason, count]) => `${reason} ${count}`).join(', ');
    say(
      `${field.name.padEnd(26)} ${(share * 100).toFixed(1).padStart(6)} % ${String(coverage.known).padStart(6)}  ` +
        `${reasons}${isShort ? '  <-- too few' : ''}`,
    );
  }
  const noReason = levels.flatMap((level) =>
    fields
      .filter((f) => f.value(level) == null && f.reason !== undefined && f.reason(level) == null)
      .map((f) => f.name),
  );
  if (noReason.length > 0) say(`null without a reason, all levels: ${[...new Set(noReason)].join(', ')}`);
  return isEnough && noReason.length === 0;
}

function checkLevel(level: Json, fields: readonly AnswerField[]): void {
  const place = `${level.item.sku} @ ${level.warehouse.code}`;
  checkFacts(place, level, fields);
  for (const field of fields) {
    const value = field.value(level);
    if (field.explanation === undefined || value == null) continue;
    // What is owed already is out of stock for sure; the API says that there is nothing to compute.
    if (field.name.endsWith('.probability') && value === 1 && Number(level.available) < 0) continue;
    recompute(field.name, place, field.explanation(level), value);
  }
}

/** Inputs taken from the shelf are what the shelf shows, as long as it did not change since. */
function checkFacts(place: string, level: Json, fields: readonly AnswerField[]): void {
  const shown: Record<string, Json> = { available: level.available, on_hand: level.onHand };
  const tally = tallies.get('stock facts') ?? { checked: 0, missing: 0, unequal: [] };
  tallies.set('stock facts', tally);
  for (const field of fields) {
    for (const input of field.explanation?.(level)?.inputs ?? []) {
      const fact = shown[input.name];
      if (input.source !== 'stock_level' || fact == null) continue;
      if (Date.parse(input.observedAt) !== Date.parse(level.observedAt)) continue;
      tally.checked += 1;
      if (Number(fact) === Number(input.value)) continue;
      tally.unequal.push(`${place}, ${field.name}: ${input.name} ${input.value} instead of ${fact}`);
    }
  }
}

/** Prints what was recomputed; true when all was there and equal. */
function reportExplanations(): boolean {
  say(`\n${'explanation of'.padEnd(26)} recomputed  unequal  missing`);
  let isSound = true;
  for (const [kind, { checked, missing, unequal }] of tallies) {
    const cells = [checked, unequal.length, missing].map((count) => String(count).padStart(9)).join('');
    say(`${kind.padEnd(26)} ${cells}`);
    for (const line of unequal.slice(0, 5)) say(`  ${line}`);
    const missingMax = kind === 'safetyStock' ? followingMax * (checked + missing) : 0;
    if (unequal.length > 0 || missing > missingMax) isSound = false;
  }
  return isSound;
}

const explained = `explanation { steps { code op operands value } inputs { name value unit source }
  previousValue changeSincePrevious { cause delta } text }`;
const alertFields = `id kind state urgency item { sku } warehouse { code } shop { name } explanation {
  steps { code op operands value } inputs { name value unit source observedAt } text }`;

const ofShelf = ['available', 'recovery_share'];
/** What each kind of alert must rest on; those about running out on what is lost a day as well, where it is known. */
const alertInputs: Readonly<Record<string, readonly string[]>> = {
  OUT_OF_STOCK: [...ofShelf, 'recovery_units'],
  LOW_STOCK: [...ofShelf, 'recovery_units', 'safety_stock'],
  APPROACHING: [...ofShelf, 'recovery_units', 'safety_stock', 'threshold_share'],
  REORDER_DUE: [...ofShelf, 'recovery_units', 'inbound_due', 'reorder_point'],
  STOCK_OUT_PREDICTED: [...ofShelf, 'stock_out_probability', 'probability_limit'],
  OVERSTOCK: [
    ...ofShelf,
    'target_level',
    'excess_units',
    'excess_value',
    'threshold_share',
    'reference_loss',
  ],
  LISTING_MISMATCH: ['available', 'physical_available', 'threshold_share'],
  SYNC_FAILED: ['failed_readings', 'failed_readings_allowed'],
  SOURCE_STALE: ['minutes_since_reading', 'minutes_allowed'],
  SOURCE_SUSPECT: ['held_readings', 'levels'],
};
const ofLoss = ['units_per_day', 'lead_time_days', 'unit_margin', 'reference_loss'];

/** Counts the alerts that show all that they rest on, each with a source, and settings apart with a time. */
function reportAlertInputs(alerts: readonly Json[]): boolean {
  const isWhole = ({ kind, explanation: { inputs } }: Json): boolean => {
    const named = new Map(inputs.map((input: Json) => [input.name, input]));
    const wanted = [...(alertInputs[kind] ?? ['?']), ...(named.has('units_per_day') ? ofLoss : [])];
    const isKnown = (input: Json) => input.source !== '' && Number.isFinite(Number(input.value));
    return wanted.every((name) => named.has(name)) && inputs.every(isKnown);
  };
  const whole = alerts.filter(isWhole);
  const share = alerts.length === 0 ? 0 : whole.length / alerts.length;
  say(`\n${alerts.length} alerts, ${whole.length} (${(share * 100).toFixed(1)} %) with all inputs`);
  const first = alerts.find((alert) => !isWhole(alert));
  if (first !== undefined) say(`  not: ${JSON.stringify(first).slice(0, 400)}`);
  return share >= shareMin;
}

async function check(url: string): Promise<boolean> {
  const reader = createReader(url);
  await waitUntilPlanned(reader);
  const { viewer } = await reader.ask('{ viewer { businessTime } }');
  const day = (ago: number) =>
    new Date(Date.parse(viewer.businessTime) - ago * dayMs).toISOString().slice(0, 10);
  const [from, to] = [`"${day(daysOfHistory)}"`, `"${day(daysOfHistory - 1)}"`];
  let isAnswered = true;
  for (const [asked, fields] of [
    [levelFields, answerFields],
    [aheadFields, aheadAnswers],
  ] as const) {
    const levels = await reader.walk('stockLevels()', asked.replace('$from', from).replace('$to', to), 20);
    if (!countAnswers(levels, fields)) isAnswered = false;
    for (const level of levels) checkLevel(level, fields);
  }
  const alerts = await reader.walk('stockAlerts()', alertFields, 50);
  for (const alert of alerts) {
    const place = alert.item === null ? alert.shop.name : `${alert.item.sku} @ ${alert.warehouse.code}`;
    recompute(`alert ${alert.kind}`, place, alert.explanation, alert.urgency);
  }
  const isAlertsWhole = reportAlertInputs(alerts);
  const suggestions = await reader.walk(
    'replenishmentSuggestions()',
    `id kind quantity item { sku } warehouse { code } ${explained}`,
    50,
  );
  for (const suggestion of suggestions) {
    const place = `${suggestion.item.sku} @ ${suggestion.warehouse.code}`;
    recompute(`suggestion ${suggestion.kind}`, place, suggestion.explanation, suggestion.quantity);
  }
  const transfers = await reader.walk(
    'transferSuggestions()',
    `id quantity item { sku } donor { warehouse { code } } receiver { warehouse { code } } ${explained}`,
    50,
  );
  for (const { item, donor, receiver, explanation, quantity } of transfers) {
    recompute(
      'transfer',
      `${item.sku} ${donor.warehouse.code} → ${receiver.warehouse.code}`,
      explanation,
      quantity,
    );
  }
  const isExplained = reportExplanations();
  const isSorted = await checkSorts(reader, say);
  return isAnswered && isAlertsWhole && isExplained && isSorted;
}

const given = process.argv[2];
const server = given === undefined ? await startSandbox() : null;
try {
  const isSound = await check(given ?? server!.url);
  say(isSound ? '\nall as it should be' : '\nNOT as it should be: see above');
  process.exitCode = isSound ? 0 : 1;
} catch (error) {
  say(`${error instanceof Error ? error.message : error}\n${server?.output().slice(-2_000) ?? ''}`);
  process.exitCode = 1;
} finally {
  await server?.stop();
}
