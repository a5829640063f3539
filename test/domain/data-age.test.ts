import { describe, expect, it } from 'vitest';
import { classifyDataState, freshAgeMsMax, knownAgeMsMax } from '../../src/domain/data-age.ts';
import { hourMs } from '../../src/shared/time.ts';

describe('classifyDataState', () => {
  it('grows older at its bounds, which belong to the better state', () => {
    expect(classifyDataState(false, -1)).toBe('FRESH');
    expect(classifyDataState(false, freshAgeMsMax)).toBe('FRESH');
    expect(classifyDataState(false, freshAgeMsMax + 1)).toBe('STALE');
    expect(classifyDataState(false, 31 * hourMs)).toBe('STALE');
    expect(classifyDataState(false, knownAgeMsMax)).toBe('STALE');
    expect(classifyDataState(false, knownAgeMsMax + 1)).toBe('UNKNOWN');
  });

  it('is suspect whatever the age', () => {
    for (const age of [0, knownAgeMsMax * 2]) expect(classifyDataState(true, age)).toBe('SUSPECT');
  });
});
