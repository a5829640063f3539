import { useLocale } from '../../i18n/locale-context.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';
import type { Place, PlaceCounts } from './use-warehouse-counts.ts';

/** Size of the drawing; it is scaled to its frame. */
const width = 520;
const height = 300;
const margin = 46;

/**
 * Places as points by longitude and latitude, without outlines of countries: the points alone show who is near whom.
 * East–west distances are shortened by the cosine of the middle latitude, so that shapes stay true there.
 */
export function PlaceMap(props: { warehouses: readonly Place[]; counts: ReadonlyMap<string, PlaceCounts> }) {
  const { t } = useLocale();
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
  const project = makeProjection(points);
  const most = Math.max(1, ...points.map(({ counts }) => counts?.levels ?? 0));
  const lines = gridOf(points);
  return (
    <Card title={t.warehouses.map} note={t.warehouses.mapHelp} className="place-map">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={points.map(({ name }) => name).join(', ')}
      >
        <g className="grid">
          {lines.longitudes.map((longitude) => {
            const [x] = project({ longitude, latitude: points[0]?.latitude ?? 0 });
            return <line key={longitude} x1={x} x2={x} y1={0} y2={height} />;
          })}
          {lines.latitudes.map((latitude) => {
            const [, y] = project({ longitude: points[0]?.longitude ?? 0, latitude });
            return <line key={latitude} y1={y} y2={y} x1={0} x2={width} />;
          })}
        </g>
        {points.map(({ id, name, counts, ...place }, index) => {
          const [x, y] = project(place);
          // Of two neighbours the later one is named above its point, so that names do not meet.
          const isAbove = points.slice(0, index).some((earlier) => {
            const [otherX, otherY] = project(earlier);
            return Math.abs(otherX - x) < 110 && Math.abs(otherY - y) < 44;
          });
          const lowShare = counts === undefined || counts.levels === 0 ? 0 : counts.low / counts.levels;
          const tone = lowShare > 0.2 ? 'critical' : lowShare > 0.1 ? 'warning' : 'info';
          const radius = 9 + 13 * Math.sqrt((counts?.levels ?? 0) / most);
          return (
            <g key={id} className={`point ${tone}`}>
              <circle cx={x} cy={y} r={radius} />
              <text x={x} y={isAbove ? y - radius - 6 : y + radius + 15} textAnchor="middle">
                {name} · {Math.round(lowShare * 100)}%
              </text>
            </g>
          );
        })}
      </svg>
    </Card>
  );
}

interface Spot {
  readonly longitude: number;
  readonly latitude: number;
}

function makeProjection(points: readonly Spot[]): (spot: Spot) => [x: number, y: number] {
  const longitudes = points.map(({ longitude }) => longitude);
  const latitudes = points.map(({ latitude }) => latitude);
  const middle = { longitude: mid(longitudes), latitude: mid(latitudes) };
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  const scale = Math.min(
    (width - 2 * margin) / Math.max(1, spread(longitudes) * shrink),
    (height - 2 * margin) / Math.max(1, spread(latitudes)),
  );
  return ({ longitude, latitude }) => [
    width / 2 + (longitude - middle.longitude) * shrink * scale,
    height / 2 - (latitude - middle.latitude) * scale,
  ];
}

/** Every fifth degree around the points. */
function gridOf(points: readonly Spot[]) {
  const fifths = (values: readonly number[]) => {
    const first = Math.floor(Math.min(...values) / 5) * 5 - 10;
    const last = Math.ceil(Math.max(...values) / 5) * 5 + 10;
    return Array.from({ length: Math.min(80, (last - first) / 5 + 1) }, (_, index) => first + index * 5);
  };
  return {
    longitudes: fifths(points.map(({ longitude }) => longitude)),
    latitudes: fifths(points.map(({ latitude }) => latitude)),
  };
}

function mid(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2;
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
