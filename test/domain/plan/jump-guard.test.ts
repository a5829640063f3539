import { expect, test } from 'vitest';
import { type GuardInputs, isBatchHeld, judgeJump } from '../../../src/domain/plan/jump-guard.ts';

const steady: GuardInputs = {
  current: { target: 40, available: 30 },
  accepted: { target: 40, available: 32 },
  ...{
    held: [],
    issuedUnits: 2,
    addedUnits: 0,
    areIssuesKnown: true,
    areMovementsKnown: true,
    doubledUnits: 0,
  },
};

/** Repeatable numbers in [0, 1): constants of Numerical Recipes. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('ordinary runs pass, the first is accepted, a unit error is held', () => {
  expect(judgeJump(steady)).toEqual({ isHeld: false, causes: [] });
  expect(judgeJump({ ...steady, accepted: null, current: { target: 9e6, available: 0 } }).isHeld).toBe(false);
  const error = judgeJump({ ...steady, current: { target: 40_000, available: 30 } });
  expect(error).toEqual({ isHeld: true, causes: ['TARGET_ROSE'] });
  expect(judgeJump({ ...steady, current: { target: 15, available: 30 } }).causes).toEqual(['TARGET_FELL']);
  expect(judgeJump({ ...steady, current: { target: 40, available: 0 } }).causes).toEqual(['STOCK_VANISHED']);
  expect(judgeJump({ ...steady, current: { target: 40, available: 90 } }).causes).toEqual(['STOCK_APPEARED']);
  expect(judgeJump({ ...steady, current: { target: 40, available: 90 }, addedUnits: 60 }).isHeld).toBe(false);
  expect(() => judgeJump({ ...steady, current: { target: Number.NaN, available: 0 } })).toThrow(
    /cannot judge/,
  );
});

test('a true threefold shift passes on the third agreeing run; a thousandfold one and lost stock never do', () => {
  const shifted = { target: 120, available: 30 };
  const held = [shifted, { target: 126, available: 28 }];
  expect(judgeJump({ ...steady, current: shifted, held: held.slice(1) }).isHeld).toBe(true);
  expect(judgeJump({ ...steady, current: shifted, held })).toEqual({
    isHeld: false,
    causes: ['TARGET_ROSE'],
  });
  const disagreeing = [shifted, { target: 500, available: 30 }];
  expect(judgeJump({ ...steady, current: shifted, held: disagreeing }).isHeld).toBe(true);
  const error = { target: 40_000, available: 30 };
  expect(judgeJump({ ...steady, current: error, held: [error, error] }).isHeld).toBe(true);
  const lost = { target: 40, available: 0 };
  expect(judgeJump({ ...steady, current: lost, held: [lost, lost] }).isHeld).toBe(true);
});

test('seeded faults are held in at least 99 %, an ordinary run in at most 1 %', () => {
  const random = makeRandom(3);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const counts = { ordinary: 0, units: 0, warehouse: 0, doubled: 0 };
  const rows = 4000;
  for (let k = 0; k < rows; k++) {
    const target = Math.round(12 * Math.exp(1.2 * Math.abs(gauss())));
    const available = Math.round(target * (0.6 + 0.5 * random()));
    const sold = Math.round((target / 8) * random());
    const accepted = { target, available };
    const inputs = { ...steady, accepted, issuedUnits: sold };
    // From night to night a forecast moves by some ten percent, and counts are corrected now and then.
    const nextTarget = Math.max(1, Math.round(target * Math.exp(0.1 * gauss())));
    const corrected = random() < 0.02 ? Math.round(0.1 * target * gauss()) : 0;
    const current = { target: nextTarget, available: available - sold + corrected };
    if (judgeJump({ ...inputs, current }).isHeld) counts.ordinary += 1;
    if (judgeJump({ ...inputs, current: { ...current, target: nextTarget * 1000 } }).isHeld)
      counts.units += 1;
    if (judgeJump({ ...inputs, current: { ...current, available: 0 } }).isHeld) counts.warehouse += 1;
    if (judgeJump({ ...inputs, current: { ...current, target: nextTarget * 2 } }).isHeld) counts.doubled += 1;
  }
  expect(counts.ordinary / rows).toBeLessThanOrEqual(0.01);
  expect(counts.units / rows).toBe(1);
  expect(counts.warehouse / rows).toBeGreaterThanOrEqual(0.99);
  expect(counts.doubled / rows).toBeGreaterThanOrEqual(0.99);
});

test('a pool may be refilled unseen within reason, a warehouse may not; goods on record twice are held', () => {
  const pool = { ...steady, areMovementsKnown: false };
  expect(judgeJump({ ...pool, current: { target: 40, available: 150 } }).isHeld).toBe(false);
  expect(judgeJump({ ...pool, current: { target: 40, available: 30_000 } }).causes).toEqual([
    'STOCK_APPEARED',
  ]);
  expect(judgeJump({ ...pool, current: { target: 40, available: 0 } }).causes).toEqual(['STOCK_VANISHED']);
  const counted = { ...steady, areIssuesKnown: false, current: { target: 40, available: 0 } };
  expect(judgeJump(counted).isHeld).toBe(false);
  expect(judgeJump({ ...steady, doubledUnits: 30 }).causes).toEqual(['INBOUND_DOUBLED']);
  const held = [steady.current, steady.current];
  expect(judgeJump({ ...steady, doubledUnits: 30, held }).isHeld).toBe(true);
});

test('a run with too many held rows is held itself', () => {
  expect(isBatchHeld(150, 1000)).toBe(true);
  expect(isBatchHeld(100, 1000)).toBe(false);
  expect(isBatchHeld(19, 20)).toBe(false);
});
