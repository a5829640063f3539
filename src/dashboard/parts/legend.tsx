import type { ReactNode } from 'react';

/** What colours and strokes mean; a swatch is never parted from its words. @param entries - class and words of each */
export function Legend(props: {
  entries: readonly (readonly [swatch: string, text: string])[];
  children?: ReactNode;
}) {
  return (
    <p className="legend">
      {props.entries.map(([swatch, text]) => (
        <span key={text}>
          <span className={`swatch ${swatch}`} aria-hidden="true" /> {text}
        </span>
      ))}
      {props.children}
    </p>
  );
}
