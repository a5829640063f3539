/** A place on the globe, degrees. */
export interface Spot {
  readonly longitude: number;
  readonly latitude: number;
}

/** How degrees become points of a drawing. */
export interface Projection {
  place(spot: Spot): readonly [x: number, y: number];
  /** The same as an SVG transform of coordinates in parts of a degree, north being negative. */
  transform(unitsPerDegree: number): string;
}

/** A view is never narrower than so many degrees: two near places should not fill it. */
const degreesMin = 9;

/**
 * Fits places into a drawing. East–west distances are shortened by the cosine of the middle latitude, so that shapes
 * stay true there.
 */
export function fitPlaces(
  spots: readonly Spot[],
  frame: { readonly width: number; readonly height: number; readonly margin: number },
): Projection {
  const longitudes = spots.map(({ longitude }) => longitude);
  const latitudes = spots.map(({ latitude }) => latitude);
  const middle = { longitude: mid(longitudes), latitude: mid(latitudes) };
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  const scale = Math.min(
    (frame.width - 2 * frame.margin) / Math.max(degreesMin, spread(longitudes) * shrink),
    (frame.height - 2 * frame.margin) / Math.max(degreesMin, spread(latitudes)),
  );
  const origin = {
    x: frame.width / 2 - middle.longitude * shrink * scale,
    y: frame.height / 2 + middle.latitude * scale,
  };
  return {
    place: ({ longitude, latitude }) => [origin.x + longitude * shrink * scale, origin.y - latitude * scale],
    transform: (unitsPerDegree) =>
      `matrix(${(shrink * scale) / unitsPerDegree} 0 0 ${scale / unitsPerDegree} ${origin.x} ${origin.y})`,
  };
}

function mid(values: readonly number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2;
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
