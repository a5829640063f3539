import { AppError } from '../../shared/errors.ts';
import type { ListedQuantityChange } from '../listing-writer.ts';
import { isJsonObject } from '../lossless.ts';
import type { ShopSession } from '../marketplace.ts';
import { redactText } from '../redact.ts';
import { apis, describeApi } from './apis.ts';
import type { Gateway } from './client.ts';

/** Of the platform's number type; more is a mistake. */
const unitsMax = 999_999_999;

/**
 * Changes the quantity for sale of one variant, by `modifyStock`. One call, never repeated.
 *
 * Traps of this API: the parameter that says "add" is misspelt on purpose and its default is true; the member called
 * `skuId` holds the specId; an answer that calls itself a success can still refuse the product in its row; there is no
 * compare-and-set.
 *
 * @throws AppError as the port says; `permanent` when the row of the product says no, or there is no such row
 */
export async function changeListedQuantity(
  gateway: Gateway,
  session: ShopSession,
  change: ListedQuantityChange,
): Promise<void> {
  checkChange(change);
  const { productId, specId, units } = change;
  // The id is documented as a number: bare digits, which must not pass through a double.
  const target =
    specId === null
      ? `"productAmountChange":${units}`
      : `"skuStocks":[{"skuId":${JSON.stringify(specId)},"stockChange":${units}}]`;
  const params = {
    webSite: '1688',
    increaceModify: String(change.kind === 'INCREMENT'),
    productStockChange: `[{"productId":${productId},${target}}]`,
  };
  const api = describeApi(apis.modifyStock);
  await gateway.write(session, apis.modifyStock, params, (body) => {
    const rows: unknown[] = Array.isArray(body.result) ? body.result : [];
    const row = rows.find((one) => isJsonObject(one) && String(one.productId) === productId);
    if (!isJsonObject(row)) {
      // A success without a word about the product: it may or may not have been changed.
      throw new AppError('transient', `${api}: the answer does not name product ${productId}`);
    }
    if (row.result === true || row.result === 'true') return;
    const code = textOf(row.code) || 'unnamed';
    const message = redactText(textOf(row.desc).slice(0, 300), []);
    throw new AppError('permanent', `${api}: ${code} ${message}`.trimEnd(), {
      params: { api, platformCode: code, platformMessage: message },
    });
  });
}

function checkChange({ productId, specId, kind, units }: ListedQuantityChange): void {
  const isUnits =
    Number.isInteger(units) && Math.abs(units) <= unitsMax && (kind === 'INCREMENT' || units >= 0);
  if (!/^\d{1,19}$/.test(productId) || specId === '' || !isUnits) {
    const reason = `productId of 1 to 19 digits and whole units up to ${unitsMax} are needed; got ${productId}, ${units}`;
    throw new AppError('invalid_input', `modifyStock: ${reason}`);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
