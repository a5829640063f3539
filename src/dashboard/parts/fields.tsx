import { useEffect, useRef, useState } from 'react';

/** A choice with its label. */
export function SelectField(props: {
  label: string;
  name: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onChange: (value: string) => void;
  /** Left out on a narrow window as long as nothing is chosen. */
  isSecondary?: boolean;
}) {
  const isSpare = props.isSecondary === true && props.value === '';
  return (
    <label className={isSpare ? 'field spare' : 'field'}>
      <span>{props.label}</span>
      <select name={props.name} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Typing goes on this long before it is searched, ms. */
const typingMs = 250;

/** A search that follows typing, a little later. */
export function SearchField(props: {
  label: string;
  name: string;
  value: string;
  hint: string;
  onChange: (value: string) => void;
  /** Left out on a narrow window as long as nothing is asked. */
  isSecondary?: boolean;
}) {
  const { value, onChange } = props;
  const isSpare = props.isSecondary === true && value === '';
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Changed from outside, such as by going back: then the address is right.
  if (known !== value) {
    setKnown(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label className={isSpare ? 'field grow spare' : 'field grow'}>
      <span>{props.label}</span>
      <input
        type="search"
        name={props.name}
        value={text}
        placeholder={props.hint}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(next.trim()), typingMs);
        }}
      />
    </label>
  );
}
