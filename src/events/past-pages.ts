import type { ReadPage } from './log-reader.ts';

/** Pages of the past kept while many clients resume at once. */
const pagesMax = 16;

/** Pages of the past, shared by readers at different places. */
export interface PastPages {
  /** The page in which the number after `number` lies. */
  readAt(number: bigint): Promise<ReadPage>;
  /** Forgets all: the log has another epoch. */
  clear(): void;
}

/**
 * Keeps the pages last read. They begin at round numbers, so that a thousand clients who resume at a thousand
 * different places still need only the few pages that all of them lie in.
 *
 * @param read - reads a page after a number
 * @param entriesMax - of a full page: one that is not full reached the end of the log and will grow, so is not kept
 */
export function createPastPages(read: (after: bigint) => Promise<ReadPage>, entriesMax: number): PastPages {
  const pages = new Map<bigint, Promise<ReadPage>>();
  return {
    readAt(number) {
      const after = number - (number % BigInt(entriesMax));
      const known = pages.get(after);
      if (known !== undefined) return known;
      const reading = read(after);
      pages.set(after, reading);
      const oldest = pages.keys().next();
      if (pages.size > pagesMax && oldest.done !== true) pages.delete(oldest.value);
      const forget = () => {
        if (pages.get(after) === reading) pages.delete(after);
      };
      reading.then(({ page }) => page.entries.length < entriesMax && forget(), forget);
      return reading;
    },
    clear: () => pages.clear(),
  };
}
