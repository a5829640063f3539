import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../shared/errors.ts';
import { secondMs } from '../shared/time.ts';

/** Asks the API one thing and answers its data. */
export type Ask = (title: string, source: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** Data of an answer; {@link at} reads it. */
type Answer = unknown;

/** What stands at a place of an answer; undefined = nothing does. */
function at(answer: Answer, ...path: readonly (string | number)[]): Answer {
  return path.reduce<Answer>(
    (value, key) => (value as Record<string, Answer> | null | undefined)?.[key],
    answer,
  );
}

/** A list at a place of an answer. */
function list(answer: Answer, ...path: readonly (string | number)[]): readonly Answer[] {
  const found = at(answer, ...path);
  return Array.isArray(found) ? found : [];
}

/** Everything that follows from a change has happened long before, also on a busy machine; real time, ms. */
const waitMsMax = 300 * secondMs;
const lookEveryMs = 300;

/**
 * Asks until an answer fits.
 *
 * @param fits - whether the wait is over
 * @throws AppError `deadline_exceeded` naming the step after five minutes
 */
async function askUntil(
  ask: Ask,
  title: string,
  source: string,
  variables: Record<string, unknown>,
  fits: (data: Answer) => boolean,
): Promise<Answer> {
  const endMs = performance.now() + waitMsMax;
  for (;;) {
    // Only the answer that was waited for is shown.
    const data = await ask('', source, variables);
    if (fits(data)) return ask(title, source, variables);
    if (performance.now() > endMs) {
      await ask(`${title}: not yet, this is the last answer`, source, variables);
      throw new AppError('deadline_exceeded', `${title}: it did not happen`);
    }
    await delay(lookEveryMs);
  }
}

const readSuggestion = /* GraphQL */ `
  query Suggestion($sku: String!) {
    replenishmentSuggestions(first: 1, filter: { sku: { eq: $sku } }) {
      nodes {
        id kind state quantity need isDue orderByOn overdueDays expectedArrivalOn supplierName flags
        explanation {
          inputs { name value unit source }
          steps { code op operands value }
          binding
          text
        }
      }
    }
  }
`;

const readLevel = /* GraphQL */ `
  query Level($sku: String!, $code: String!) {
    stockLevel(sku: $sku, warehouseCode: $code) {
      available incoming reorderPoint { value } targetLevel { value } item { salesPolicy }
      alerts(first: 5) { nodes { kind state severity available threshold } }
    }
  }
`;

const importStock = /* GraphQL */ `
  mutation Count($rows: [StockLevelRowInput!]!) {
    stockLevelsImport(input: { rows: $rows, createMissingItems: true }) {
      changedCount
      userErrors { code path message }
    }
  }
`;

const recordShipment = /* GraphQL */ `
  mutation Record($input: InboundShipmentRecordInput!) {
    inboundShipmentRecord(input: $input) {
      inboundShipment { externalId status }
      userErrors { code path message }
    }
  }
`;

/**
 * Walks one item through its life: stocked, sold down until it is low, alert, suggestion, approval, expected inbound,
 * order on record, arrival, alert over; what a storefront may do follows. Everything by the API alone.
 *
 * @param ask - prints what it asks and what was answered
 * @param stamp - makes article number and warehouse new
 * @throws AppError `deadline_exceeded` when something does not follow, `invalid_input` when a call is refused
 */
export async function walkDecisions(ask: Ask, stamp: string): Promise<void> {
  const [sku, code] = [`DEMO-${stamp}`, `DEMO-${stamp}`];
  const count = (title: string, available: string) =>
    ask(title, importStock, { rows: [{ sku, warehouseCode: code, title: '演示保温杯', available }] });
  await ask(
    'A warehouse of one’s own',
    `mutation Warehouse($input: WarehouseUpsertInput!) {
      warehouseUpsert(input: $input) { warehouse { id code } userErrors { code path message } } }`,
    { input: { code, name: '演示仓' } },
  );
  await count('An item with 60 pieces on its shelf', '60');
  const ids = await ask(
    'Its ids',
    'query Ids($sku: String!, $code: String!) { stockLevel(sku: $sku, warehouseCode: $code) { item { id } warehouse { id } } }',
    { sku, code },
  );
  await prepare(ask, at(ids, 'stockLevel'));
  await askUntil(
    ask,
    'Nothing is low, nothing is to be ordered',
    readLevel,
    { sku, code },
    (data) => at(data, 'stockLevel', 'reorderPoint') != null,
  );
  await count('It sells: 9 are left', '9');
  await askUntil(
    ask,
    'The alert, and what the storefront may do',
    readLevel,
    { sku, code },
    (data) =>
      list(data, 'stockLevel', 'alerts', 'nodes').some(
        (alert) => at(alert, 'kind') === 'LOW_STOCK' && at(alert, 'state') === 'FIRING',
      ) && at(data, 'stockLevel', 'item', 'salesPolicy') !== 'NORMAL',
  );
  await decideAndReceive(ask, sku, code, count);
}

/** Settings and what a person knows of demand: a new item has no history of its own. */
async function prepare(ask: Ask, level: Answer): Promise<void> {
  const [itemId, warehouseId] = [at(level, 'item', 'id'), at(level, 'warehouse', 'id')];
  await ask(
    'What the buyer sets: lead time, safety stock, packs of 6',
    `mutation Policy($input: StockPolicySetInput!) {
      stockPolicySet(input: $input) { changedLevelCount userErrors { code path message } } }`,
    {
      input: {
        scope: { itemId, warehouseId },
        values: { leadTimeDays: '5', safetyStock: '10', orderMultiple: '6', minOrderQuantity: '12' },
      },
    },
  );
  const today = await ask('Today', '{ viewer { businessTime clockSpeed } }');
  const dayOf = (days: number) =>
    new Date(Date.parse(String(at(today, 'viewer', 'businessTime'))) + days * 24 * 3600 * secondMs)
      .toISOString()
      .slice(0, 10);
  await ask(
    'What the buyer knows: it sells 4 a day',
    `mutation Forecast($input: ForecastOverrideSetInput!) {
      forecastOverrideSet(input: $input) { stockLevel { id } userErrors { code path message } } }`,
    { input: { itemId, warehouseId, fromOn: dayOf(0), toOn: dayOf(120), unitsPerDay: '4', note: 'demo' } },
  );
}

async function decideAndReceive(
  ask: Ask,
  sku: string,
  code: string,
  count: (title: string, available: string) => Promise<unknown>,
): Promise<void> {
  const found = await askUntil(ask, 'What to order, and why', readSuggestion, { sku }, (data) =>
    list(data, 'replenishmentSuggestions', 'nodes').some(
      (node) => at(node, 'state') === 'OPEN' && at(node, 'isDue') === true,
    ),
  );
  const [suggestion] = list(found, 'replenishmentSuggestions', 'nodes');
  const decided = await ask(
    'The buyer approves; nothing is ordered by it',
    `mutation Approve($input: SuggestionDecideInput!) {
      replenishmentSuggestionDecide(input: $input) {
        replenishmentSuggestion { state decidedQuantity decidedBy inboundShipment { externalId status expectedAt } }
        userErrors { code path message } } }`,
    { input: { id: at(suggestion, 'id'), decision: 'APPROVE', idempotencyKey: `approve-${sku}` } },
  );
  const approved = at(decided, 'replenishmentSuggestionDecide', 'replenishmentSuggestion');
  const externalId = at(approved, 'inboundShipment', 'externalId');
  const quantity = at(approved, 'decidedQuantity');
  await ask(
    'The order as CSV for the supplier',
    'query Drafts { orderDrafts(state: APPROVED) { supplierName value { amount } csv } }',
  );
  await askUntil(
    ask,
    'It is expected inbound, and no longer suggested',
    readSuggestion,
    { sku },
    (data) => list(data, 'replenishmentSuggestions', 'nodes').length === 0,
  );
  const record = (title: string, status: string) =>
    ask(title, recordShipment, {
      input: {
        externalId,
        warehouseCode: code,
        status,
        lines: [{ sku, quantity }],
      },
    });
  await record('The buyer ordered: on record', 'ORDERED');
  await askUntil(
    ask,
    'The approval is done with',
    'query Recorded($sku: String!) { replenishmentSuggestions(first: 1, filter: { sku: { eq: $sku }, state: { eq: RECORDED } }) { nodes { state decidedQuantity versions { state recordedAt } } } }',
    { sku },
    (data) => list(data, 'replenishmentSuggestions', 'nodes').length === 1,
  );
  await record('The goods arrived', 'RECEIVED');
  await count('… and were put on the shelf', String(9 + Number(quantity)));
  await askUntil(
    ask,
    'The alert is over, the storefront sells as usual',
    readLevel,
    { sku, code },
    (data) =>
      list(data, 'stockLevel', 'alerts', 'nodes').every((alert) => at(alert, 'state') === 'RESOLVED') &&
      at(data, 'stockLevel', 'item', 'salesPolicy') === 'NORMAL',
  );
}
