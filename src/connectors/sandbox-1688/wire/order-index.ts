import type { World } from '../world/world.ts';

/** When each order was created and last changed, in whole seconds as the platform tells them; ms. */
interface OrderTimes {
  created: number[];
  modified: number[];
  /** How many happenings are in it, and until when. */
  position: number;
  until: number;
}

const indexes = new WeakMap<World, OrderTimes>();

/**
 * Times of all orders as of an instant, by order number: read on from the happenings since the last question,
 * so that a page of a list costs no walk through every order's life.
 */
export function orderTimesAt(world: World, now: number): Readonly<Pick<OrderTimes, 'created' | 'modified'>> {
  let index = indexes.get(world);
  if (index === undefined || index.until > now) {
    index = { created: [], modified: [], position: 0, until: Number.NEGATIVE_INFINITY };
    indexes.set(world, index);
  }
  for (; index.position < world.happenings.length; index.position++) {
    const happening = world.happenings[index.position];
    if (happening === undefined || happening.at > now) break;
    const { order } = happening;
    index.created[order.number] ??= Math.floor(order.createdAt / 1_000) * 1_000;
    index.modified[order.number] = Math.floor(happening.at / 1_000) * 1_000;
  }
  index.until = now;
  return index;
}
