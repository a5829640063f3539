/** A number between bounds, with what it means now. */
export function Slider(props: {
  label: string;
  name: string;
  value: number;
  shown: string;
  bounds: readonly [min: number, max: number, step: number];
  onChange: (value: number) => void;
}) {
  const [min, max, step] = props.bounds;
  return (
    <label className="field slider">
      <span>
        {props.label} <b>{props.shown}</b>
      </span>
      <input
        type="range"
        name={props.name}
        min={min}
        max={max}
        step={step}
        value={props.value}
        aria-valuetext={props.shown}
        onChange={(event) => props.onChange(Number(event.target.value))}
      />
    </label>
  );
}
