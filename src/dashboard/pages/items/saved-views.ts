/** A selection and order of items under a name. */
export interface SavedView {
  readonly name: string;
  /** The part of the address behind the question mark. */
  readonly query: string;
}

const storageName = 'shuiwei.item-views';
/** More than these nobody finds again. */
const viewsMax = 30;
/** Longer names do not fit. */
const nameMax = 40;

/** The views that this browser keeps, by name; none when it keeps nothing or what it kept cannot be read. */
export function readViews(storage: Pick<Storage, 'getItem'>): SavedView[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(storageName) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Keeps a view; one of the same name gives way, the oldest too when there are too many. */
export function saveView(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  name: string,
  query: string,
): SavedView[] {
  const view = { name: name.trim().slice(0, nameMax), query };
  const others = readViews(storage).filter((one) => one.name !== view.name);
  return keep(storage, [...others, view].slice(-viewsMax));
}

/** Forgets a view. */
export function deleteView(storage: Pick<Storage, 'getItem' | 'setItem'>, name: string): SavedView[] {
  return keep(
    storage,
    readViews(storage).filter((one) => one.name !== name),
  );
}

function keep(storage: Pick<Storage, 'setItem'>, views: SavedView[]): SavedView[] {
  try {
    storage.setItem(storageName, JSON.stringify(views));
  } catch {
    // Storage is switched off or full: the views hold until the page is left.
  }
  return views;
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  const { name, query } = value as Partial<SavedView>;
  return typeof name === 'string' && name !== '' && typeof query === 'string';
}
