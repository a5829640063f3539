import type { ScenarioInput } from '../../gql/documents.ts';

/** Where the sliders stand, percent. */
export interface Wishes {
  readonly demand: number;
  readonly leadTime: number;
  /** Below 80 = as planned. */
  readonly serviceLevel: number;
}

/** Everything as it is. */
export const emptyWishes: Wishes = { demand: 100, leadTime: 100, serviceLevel: 79 };

/** Whether nothing is wished. */
export function isEmpty(wishes: Wishes): boolean {
  return Object.keys(toScenario(wishes)).length === 0;
}

/** The same for the API, as exact decimals; what stands as it is is left out. */
export function toScenario({ demand, leadTime, serviceLevel }: Wishes): ScenarioInput {
  const share = (percent: number) => (percent / 100).toFixed(2);
  return {
    ...(demand === 100 ? {} : { demandFactor: share(demand) }),
    ...(leadTime === 100 ? {} : { leadTimeFactor: share(leadTime) }),
    ...(serviceLevel < 80 ? {} : { serviceLevel: share(serviceLevel) }),
  };
}
