import { useEffect, useState } from 'react';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { fitPlaces } from './projection.ts';
import type { Place, PlaceCounts } from './use-warehouse-counts.ts';

/** Size of the drawing; it is scaled to its frame. */
const frame = { width: 560, height: 400, margin: 74 };

/** Goods that are suggested to move from one place to another. */
export interface TransferFlow {
  readonly fromId: string;
  readonly toId: string;
  readonly count: number;
}

/**
 * Places over the coastlines of their part of the world: size tells how many levels, colour the share that is low;
 * arrows show what is suggested to move. The figures stand as a list beside it.
 */
export function PlaceMap(props: {
  warehouses: readonly Place[];
  counts: ReadonlyMap<string, PlaceCounts>;
  flows: readonly TransferFlow[];
}) {
  const { t } = useLocale();
  const format = useFormat();
  const land = useLand();
  const points = props.warehouses.flatMap(({ id, name, location }) =>
    location === null ? [] : [{ id, name, ...location, counts: props.counts.get(id) }],
  );
  if (points.length === 0) {
    return (
      <Card title={t.warehouses.map}>
        <EmptyState icon="warehouse" title={t.warehouses.noLocation} />
      </Card>
    );
  }
  const projection = fitPlaces(points, frame);
  const most = Math.max(1, ...points.map(({ counts }) => counts?.levels ?? 0));
  const spots = new Map(points.map((point) => [point.id, { ...point, at: projection.place(point) }]));
  return (
    <Card title={t.warehouses.map} note={t.plan.mapHelp} className="place-map">
      <svg
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        role="img"
        aria-label={points
          .map(({ name, counts }) => `${name}: ${t.plan.lowShare} ${format.percent(lowShareOf(counts))}`)
          .join(', ')}
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" className="arrow-head" />
          </marker>
        </defs>
        {land !== null && (
          <path className="land" d={land.path} transform={projection.transform(land.unitsPerDegree)} />
        )}
        {props.flows.map(({ fromId, toId, count }) => {
          const from = spots.get(fromId);
          const to = spots.get(toId);
          if (from === undefined || to === undefined) return null;
          return (
            <path
              key={`${fromId} ${toId}`}
              className="flow"
              d={arc(from.at, to.at)}
              strokeWidth={1.5 + Math.min(2.5, Math.log2(1 + count) / 2)}
              markerEnd="url(#arrow)"
            >
              <title>{t.plan.transferArrow(from.name, to.name, format.count(count))}</title>
            </path>
          );
        })}
        {[...spots.values()].map(({ id, name, counts, at: [x, y] }, index, all) => {
          // Of two neighbours the later one is named above its point, so that names do not meet.
          const isAbove = all
            .slice(0, index)
            .some(({ at: [otherX, otherY] }) => Math.abs(otherX - x) < 120 && Math.abs(otherY - y) < 44);
          const share = lowShareOf(counts);
          const tone = share > 0.2 ? 'critical' : share > 0.1 ? 'warning' : 'info';
          const radius = 9 + 12 * Math.sqrt((counts?.levels ?? 0) / most);
          return (
            <g key={id} className={`point ${tone}`}>
              <circle cx={x} cy={y} r={radius} />
              <text x={x} y={isAbove ? y - radius - 6 : y + radius + 16} textAnchor="middle">
                {name} {format.percent(Math.round(share * 100) / 100)}
              </text>
            </g>
          );
        })}
      </svg>
      <p className="note map-source">{t.plan.mapData}</p>
    </Card>
  );
}

function lowShareOf(counts: PlaceCounts | undefined): number {
  return counts === undefined || counts.levels === 0 ? 0 : counts.low / counts.levels;
}

/** A bent line, so that there and back do not lie on each other; it ends a little before the place. */
function arc([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  const length = Math.max(1, Math.hypot(x2 - x1, y2 - y1));
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const bend = length * 0.18;
  const middle = [(x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend];
  const start = [x1 + ux * 16, y1 + uy * 16];
  const end = [x2 - ux * 26, y2 - uy * 26];
  return `M${start.join(' ')}Q${middle.join(' ')} ${end.join(' ')}`;
}

interface Land {
  readonly unitsPerDegree: number;
  readonly path: string;
}

/** The coastlines; they come with the first map. */
function useLand(): Land | null {
  const [land, setLand] = useState<Land | null>(null);
  useEffect(() => {
    let isOn = true;
    void import('./land.json').then((file) => {
      if (isOn) setLand(file.default);
    });
    return () => {
      isOn = false;
    };
  }, []);
  return land;
}
