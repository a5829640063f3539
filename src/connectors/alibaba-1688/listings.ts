import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/time.ts';
import { isJsonObject } from '../lossless.ts';
import type { ListingObservation, ObservationPage, PageRequest, ShopSession } from '../marketplace.ts';
import { decimal } from '../wire-values.ts';
import { apis, describeApi } from './apis.ts';
import type { Gateway } from './client.ts';
import { assertWholePage, nextPosition, pageSize, parseCursor, type RawPage, toCursor } from './paging.ts';
import { type Converted, toListings } from './to-listing.ts';

/**
 * Reads one page of all offers of the shop, with their variants, by id.
 *
 * @param clock - business time
 * @throws AppError as `Gateway.read`; `permanent` when the answer holds no list
 */
export async function fetchListingsPage(
  gateway: Gateway,
  clock: Clock,
  session: ShopSession,
  request: PageRequest,
): Promise<ObservationPage> {
  const position = parseCursor(request.cursor);
  const params = {
    pageNo: String(position.page),
    pageSize: String(pageSize),
    // Ids never change and new ones come last: the steadiest order there is.
    orderByCondition: 'ID',
    orderByType: 'ASC',
    needDetail: 'true',
  };
  const raw = await gateway.read(session, apis.productList, params, (body) =>
    assertWholePage(describeApi(apis.productList), position.page, readProductPage(body)),
  );
  const next = nextPosition(position, raw);
  return {
    ...convertAll(raw.rows, clock.now()),
    nextCursor: next === null ? null : toCursor(next),
    totalRows: raw.total,
  };
}

/**
 * Reads these offers again. Offers that the platform does not know are missing from the result.
 *
 * @param productIds - 1 to 20, digits
 * @throws AppError `invalid_input` for more, or for ids that are no digits; else as `Gateway.read`
 */
export async function fetchListingsById(
  gateway: Gateway,
  clock: Clock,
  session: ShopSession,
  productIds: readonly string[],
): Promise<ObservationPage> {
  if (productIds.length === 0) return { observations: [], rejected: [], nextCursor: null, totalRows: 0 };
  if (productIds.length > pageSize || !productIds.every((id) => /^\d{1,19}$/.test(id))) {
    throw new AppError('invalid_input', `productIds: at most ${pageSize} ids of 1 to 19 digits`);
  }
  // Documented as a list of numbers: bare digits, which must not pass through a double.
  const params = { productIdList: `[${productIds.join(',')}]` };
  const rows = await gateway.read(session, apis.productsById, params, (body) => {
    const found = findList(body, ['productList', 'result', 'productInfos']);
    if (found === null) throw noList(describeApi(apis.productsById));
    return found;
  });
  return { ...convertAll(rows, clock.now()), nextCursor: null, totalRows: rows.length };
}

function convertAll(rows: readonly unknown[], now: Date): Converted<ListingObservation> {
  const all: Converted<ListingObservation> = { observations: [], rejected: [] };
  for (const row of rows) {
    // The single detail wraps each offer once more.
    const offer = isJsonObject(row) && isJsonObject(row.productInfo) ? row.productInfo : row;
    const { observations, rejected } = toListings(offer, now);
    all.observations.push(...observations);
    all.rejected.push(...rejected);
  }
  return all;
}

function noList(api: string): AppError {
  return new AppError('permanent', `${api}: the answer is a success without a list of offers`);
}

/** The first of these fields that is a list; null in place of a list counts as an empty one. */
function findList(place: Record<string, unknown>, names: readonly string[]): unknown[] | null {
  for (const name of names) {
    const value = place[name];
    if (Array.isArray(value)) return value;
  }
  return names.some((name) => place[name] === null) ? [] : null;
}

/** The list stands in `result.pageResult.resultList`; older generations put it higher up. */
function readProductPage(body: Record<string, unknown>): RawPage {
  const result = isJsonObject(body.result) ? body.result : body;
  const page = isJsonObject(result.pageResult) ? result.pageResult : result;
  const names = ['resultList', 'productList', 'result'];
  const rows = findList(page, names) ?? findList(result, names);
  if (rows === null) throw noList(describeApi(apis.productList));
  const total = decimal.safeParse(page.totalRecords ?? page.totalRecord ?? result.totalRecords ?? null).data;
  return { rows, total: total === null || total === undefined ? null : Number(total) };
}
