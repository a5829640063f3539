import { expect, test } from 'vitest';
import type { DecisionSiteRow } from '../../src/db/queries/suggestion-site.ts';
import type { DecisionSite } from '../../src/domain/plan/item-decision.ts';
import { applyScenario, emptyScenario } from '../../src/domain/plan/scenario.ts';
import { decideRows, type ItemStanding, suggestItem } from '../../src/pipeline/suggest-item.ts';
import { decisionRow } from './decision-row.ts';

const nothing: ItemStanding = {
  ...{ standing: new Map(), decided: new Map(), causes: new Map(), isBatchHeld: false },
};
const [donor, receiver, pool] = [
  decisionRow('PHYSICAL', '100'),
  decisionRow('PHYSICAL', '0'),
  decisionRow('MARKETPLACE_POOL', '100'),
] as const;
const suggested = (rows: readonly DecisionSiteRow[], moved: (site: DecisionSite) => DecisionSite) =>
  suggestItem(decideRows(rows), nothing, moved).map(({ warehouseId, kind }) => [warehouseId, kind]);

test('goods on their way between warehouses are not bought, and are no reason to offer less', () => {
  const rows = [donor, receiver, pool];
  expect(suggested(rows, (site) => site)).toEqual([[receiver.warehouseId, 'PURCHASE']]);
  const moved = (site: DecisionSite): DecisionSite => {
    const given = site.warehouseId === donor.warehouseId ? 50 : 0;
    const received = site.warehouseId === receiver.warehouseId ? [{ day: 2, units: 50 }] : [];
    const scenario = { ...emptyScenario, leavingUnits: given, assumedArrivals: received };
    return { ...site, ...applyScenario(site, scenario) };
  };
  expect(suggested(rows, moved)).toEqual([]);
});

test('a channel that offers too much is told so, moved or not', () => {
  const rows = [donor, receiver, { ...pool, inputs: pool.inputs.replace('"100"', '"300"') }];
  const listing = [pool.warehouseId, 'LISTING'];
  expect(suggested(rows, (site) => site)).toContainEqual(listing);
  const scenario = { ...emptyScenario, leavingUnits: 1 };
  expect(suggested(rows, (site) => ({ ...site, ...applyScenario(site, scenario) }))).toContainEqual(listing);
});
