import DataLoader from 'dataloader';
import type { Collection } from '../db/queries/collection.ts';
import { readByFields } from '../db/queries/keyset.ts';
import type { GraphqlContext } from './context.ts';

/** More keys than this go in several statements, so that none grows without bound. */
const batchMax = 1_000;

/**
 * The loader of this operation with a name; made on first use. Whatever fields ask of it in one turn of the event
 * loop becomes one call of `load`.
 *
 * @param name - what is loaded, with every argument that changes the answer
 * @param load - answers for all keys in their order; an error refuses its own key, one that is thrown all of them
 */
export function loaderOf<Key, Value>(
  context: GraphqlContext,
  name: string,
  load: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): DataLoader<Key, Value, string> {
  const known = context.loaders.get(name);
  // A name belongs to one call site, so the type is the one that was put in.
  if (known !== undefined) return known as DataLoader<Key, Value, string>;
  const loader = new DataLoader<Key, Value, string>(load, {
    maxBatchSize: batchMax,
    cacheKeyFn: (key) => (typeof key === 'string' ? key : JSON.stringify(key)),
  });
  context.loaders.set(name, loader);
  return loader;
}

/** Loads keys one by one, so that a refusal of one leaves the others alone. */
export function loadEach<Key, Value>(
  keys: readonly Key[],
  load: (key: Key) => Promise<Value>,
): Promise<(Value | Error)[]> {
  return Promise.all(
    keys.map((key) =>
      load(key).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
    ),
  );
}

/**
 * One row of a collection by some of its fields; all asked for together come in one statement.
 *
 * @returns null when there is none that the viewer's organization has
 */
export function loadRow<Row, Field extends string>(
  context: GraphqlContext,
  collection: Collection<Row, Field>,
  fields: readonly Field[],
  tuple: readonly string[],
): Promise<Row | null> {
  const name = `${collection.name} by ${fields.join(' ')}`;
  return loaderOf<readonly string[], Row | null>(context, name, (tuples) =>
    context.load(readByFields(collection, { fields, tuples })),
  ).load(tuple);
}

/** One row by the collection's key; null as in {@link loadRow}. */
export function loadByKey<Row, Field extends string>(
  context: GraphqlContext,
  collection: Collection<Row, Field>,
  ...key: readonly string[]
): Promise<Row | null> {
  return loadRow(context, collection, collection.key, key);
}

/** One row that a foreign key promises, by the collection's key. */
export async function loadPromised<Row, Field extends string>(
  context: GraphqlContext,
  collection: Collection<Row, Field>,
  ...key: readonly string[]
): Promise<Row> {
  const row = await loadByKey(context, collection, ...key);
  if (row === null) throw new Error(`a row of ${collection.name} is missing that another refers to`);
  return row;
}
