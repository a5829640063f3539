/** One value of a small chart. */
export interface SparkPoint {
  readonly name: string;
  /** Null = not known. */
  readonly value: number | null;
  /** What the point says on hovering. */
  readonly text: string;
}

/** Size of the drawing; it is stretched to its frame. */
const width = 280;
const height = 64;

/**
 * A small chart without axes, as an area or as bars, that begins at zero; its numbers stand in a table elsewhere.
 *
 * @param label - what it shows, for those who do not see it
 */
export function Spark(props: { points: readonly SparkPoint[]; kind: 'area' | 'bars'; label: string }) {
  const { points, kind, label } = props;
  const top = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const step = width / Math.max(1, points.length);
  const y = (value: number) => height - 2 - (value / top) * (height - 8);
  const known = points.flatMap(({ value }, index) =>
    value === null ? [] : [[(index + 0.5) * step, y(value)] as const],
  );
  const line = known
    .map(([x, at], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${at.toFixed(1)}`)
    .join('');
  const first = known[0];
  const last = known.at(-1);
  return (
    <svg
      className={`spark ${kind}`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line className="floor" x1={0} x2={width} y1={height - 1} y2={height - 1} />
      {kind === 'area' && first !== undefined && last !== undefined && (
        <>
          <path className="fill" d={`${line}L${last[0]} ${height - 2}L${first[0]} ${height - 2}Z`} />
          <path className="line" d={line} />
        </>
      )}
      {points.map(({ name, value, text }, index) => (
        <g key={name}>
          {kind === 'bars' && value !== null && value > 0 && (
            <rect
              className="bar"
              x={index * step + step * 0.15}
              width={step * 0.7}
              y={y(value)}
              height={height - 2 - y(value)}
            />
          )}
          <rect className="reach" x={index * step} width={step} y={0} height={height}>
            <title>{text}</title>
          </rect>
        </g>
      ))}
    </svg>
  );
}
