import type { Observation, ObservationPage, RejectedRow } from '../connectors/marketplace.ts';
import { minuteMs, secondMs } from '../shared/time.ts';

/** The observations of one kind. */
export function observationsOf<Kind extends Observation['kind']>(
  observations: readonly Observation[],
  kind: Kind,
): Extract<Observation, { kind: Kind }>[] {
  return observations.filter((one): one is Extract<Observation, { kind: Kind }> => one.kind === kind);
}

/** Clocks of other systems differ; more than five minutes ahead is a wrong date, not a wrong clock. */
const aheadMsMax = 5 * minuteMs;
/** In fast business time five minutes are an instant: two real seconds are allowed then. */
const realAheadMsMax = 2 * secondMs;
/** Nothing was sold online before; and no snapshot partition is made for it. */
const earliest = new Date('2000-01-01T00:00:00Z');

/**
 * Sorts out the rows whose time cannot be true: in the future, or before the year 2000. They would stand as the
 * newest version for ever, or have no partition. The other rows of the page are taken.
 *
 * @param now - business time
 * @param speed - of the business clock
 */
export function sortOut(
  page: Pick<ObservationPage, 'observations' | 'rejected'>,
  now: Date,
  speed: number,
): Pick<ObservationPage, 'observations' | 'rejected'> {
  const latest = new Date(now.getTime() + Math.max(aheadMsMax, realAheadMsMax * speed));
  const observations: Observation[] = [];
  const rejected: RejectedRow[] = [...page.rejected];
  for (const observation of page.observations) {
    const wrong = timesOf(observation).find(([, time]) => time > latest || time < earliest);
    if (wrong === undefined) {
      observations.push(observation);
    } else {
      const [name, time] = wrong;
      const what = time < earliest ? 'lies before the year 2000' : 'lies in the future';
      rejected.push({
        rowKey: rowKeyOf(observation),
        reason: `${name}: ${time.toISOString()} ${what}`,
        raw: JSON.stringify(observation).slice(0, rawLengthMax),
      });
    }
  }
  return { observations, rejected };
}

/**
 * Moves readings of levels that are older than what is kept to the edge of it: what lies there has not changed since,
 * so it was true then too. A partition for a month long past would be made for nothing, and dropped again. Of two such
 * readings of a level the one that comes later counts: the source says it now, whatever time it gives.
 *
 * @param earliest - business time before which no snapshot is kept
 */
export function bringForward(observations: readonly Observation[], earliest: Date): Observation[] {
  return observations.map((one) =>
    one.kind === 'stock_level' && one.observedAt < earliest ? { ...one, observedAt: earliest } : one,
  );
}

/** As the port bounds it. */
const rawLengthMax = 16 * 1024;

function timesOf(observation: Observation): [string, Date][] {
  switch (observation.kind) {
    case 'stock_level':
      return [['observedAt', observation.observedAt]];
    case 'stock_movement':
      return [['occurredAt', observation.occurredAt]];
    case 'sales_order':
      return [
        ['createdAt', observation.createdAt],
        ['modifiedAt', observation.modifiedAt],
      ];
    case 'inbound_shipment':
      return [['modifiedAt', observation.modifiedAt]];
    default:
      return [];
  }
}

function rowKeyOf(observation: Observation): string | null {
  switch (observation.kind) {
    case 'stock_level':
      return `${observation.warehouseCode}/${observation.sku}`;
    case 'stock_movement':
      return observation.movementId;
    case 'sales_order':
      return observation.orderId;
    case 'inbound_shipment':
      return observation.shipmentId;
    default:
      return null;
  }
}
