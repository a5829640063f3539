import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertWholePage,
  nextPosition,
  pageSize,
  parseCursor,
  type RawPage,
  toCursor,
  walkStart,
} from '../../../src/connectors/alibaba-1688/paging.ts';

/** Walks a set that loses rows between the pages; returns what was met. */
function walk(rows: number[], losses: readonly number[], saysTotal: boolean) {
  const set = [...rows];
  const met = new Set<unknown>();
  let pages = 0;
  let cursor: string | null = null;
  do {
    const position = parseCursor(cursor);
    const start = (position.page - 1) * pageSize;
    const raw: RawPage = { rows: set.slice(start, start + pageSize), total: saysTotal ? set.length : null };
    assertWholePage('test', position.page, raw);
    for (const row of raw.rows) met.add(row);
    const next = nextPosition(position, raw);
    cursor = next === null ? null : toCursor(next);
    const lost = losses[pages++];
    if (lost !== undefined && set.length > 0) set.splice(lost % set.length, 1);
  } while (cursor !== null);
  return { met, left: set, pages };
}

const sizes = fc.nat({ max: 130 }).map((length) => Array.from({ length }, (_, index) => index));

describe('a walk over the pages', () => {
  it('meets every row that is there to the end, though others leave', () => {
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(), { maxLength: 10 }), (rows, losses) => {
        const { met, left, pages } = walk(rows, losses, true);
        for (const row of left) expect(met).toContain(row);
        expect(pages).toBeLessThanOrEqual(Math.ceil(rows.length / pageSize) + 1);
      }),
    );
  });

  it('meets every row of a set at rest when the platform does not count', () => {
    fc.assert(
      fc.property(sizes, (rows) => {
        expect(walk(rows, [], false).met.size).toBe(rows.length);
      }),
    );
  });

  it('takes one call for one page, and one call more for several', () => {
    const pagesOf = (length: number) =>
      walk(
        Array.from({ length }, (_, index) => index),
        [],
        true,
      ).pages;
    expect([0, 1, 20, 21, 60, 61].map(pagesOf)).toEqual([1, 1, 1, 3, 4, 5]);
  });

  it('does not take a short page for the end', () => {
    const short = { rows: [1, 2], total: 45 };
    expect(() => assertWholePage('x', 1, short)).toThrow(expect.objectContaining({ code: 'transient' }));
    expect(assertWholePage('x', 3, { rows: [1, 2, 3, 4, 5], total: 45 }).rows).toHaveLength(5);
    expect(assertWholePage('x', 9, { rows: [], total: 45 }).rows).toEqual([]);
  });

  it('has an end, whatever the platform says', () => {
    const full = { rows: Array.from({ length: pageSize }), total: null };
    expect(() => nextPosition({ page: 10_000, direction: 'up', isHistory: false }, full)).toThrow(
      '10000 pages',
    );
    expect(() => nextPosition(walkStart, { rows: [1], total: 1e12 })).toThrow('10000 pages');
  });
});
