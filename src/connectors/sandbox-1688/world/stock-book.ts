import { pushCell } from './steps.ts';
import type { WorldCell, WorldMovement } from './world.ts';

/** One SKU in one warehouse as it is now, with its past in `cell`. */
export interface StockAccount {
  readonly cell: WorldCell;
  onHand: number;
  reserved: number;
  damaged: number;
  /** Under way and known to the warehouse system. */
  incoming: number;
  /** Bought and not yet arrived, whoever knows it. */
  onOrder: number;
}

/** Units that may be promised to a customer now. */
export function availableOf(account: StockAccount): number {
  return Math.max(0, account.onHand - account.reserved - account.damaged);
}

/** The warehouses' books: accounts now, their past, and every movement in order of time. */
export class StockBook {
  readonly cells: WorldCell[] = [];
  readonly movements: WorldMovement[] = [];
  readonly #accounts = new Map<string, StockAccount>();

  /** The account of a SKU in a warehouse; undefined when it is not kept there. */
  find(warehouse: number, sku: string): StockAccount | undefined {
    return this.#accounts.get(`${warehouse} ${sku}`);
  }

  /** Opens an account with this stock; from then on the warehouse system shows it. */
  open(warehouse: number, sku: string, title: string, at: number, onHand: number): StockAccount {
    const cell: WorldCell = {
      warehouse,
      sku,
      title,
      at: [],
      onHand: [],
      reserved: [],
      damaged: [],
      incoming: [],
    };
    const account: StockAccount = { cell, onHand, reserved: 0, damaged: 0, incoming: 0, onOrder: 0 };
    this.cells.push(cell);
    this.#accounts.set(`${warehouse} ${sku}`, account);
    pushCell(cell, at, account);
    return account;
  }

  /** Changes quantities that are no movement (reserved, damaged, incoming) by these differences. */
  change(
    account: StockAccount,
    at: number,
    difference: { reserved?: number; damaged?: number; incoming?: number },
  ): void {
    account.reserved += difference.reserved ?? 0;
    account.damaged += difference.damaged ?? 0;
    account.incoming += difference.incoming ?? 0;
    pushCell(account.cell, at, account);
  }

  /** Books a movement: onHand changes by its quantity in its kind's direction. */
  move(
    account: StockAccount,
    movement: Pick<WorldMovement, 'id' | 'at' | 'kind' | 'quantity' | 'reference'>,
  ): void {
    const sign = movement.kind === 'SHIPPED' || movement.kind === 'ADJUSTED_DOWN' ? -1 : 1;
    account.onHand += sign * movement.quantity;
    this.movements.push({ ...movement, warehouse: account.cell.warehouse, sku: account.cell.sku });
    pushCell(account.cell, movement.at, account);
  }
}
