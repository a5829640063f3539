import { Link } from 'wouter';

/**
 * One figure with its note; the whole of it leads on.
 *
 * @param props.value - null = not there yet
 * @param props.meter - share shown as a bar, 0 to 1; null or absent = none
 */
export function Kpi(props: {
  title: string;
  value: string | null;
  note: string;
  tone?: 'plain' | 'warn' | 'bad' | 'good';
  meter?: number | null;
  href?: string;
}) {
  const { title, value, note, tone = 'plain', meter, href } = props;
  const body = (
    <>
      <span className="kpi-title">{title}</span>
      <span className="kpi-value">{value ?? <span className="bone" />}</span>
      <span className="kpi-note">{note}</span>
      {meter != null && (
        <span className="kpi-meter" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(1, Math.max(0, meter)) * 100}%` }} />
        </span>
      )}
    </>
  );
  return (
    <li className={`kpi ${tone}`}>
      {href === undefined ? (
        <span className="kpi-body">{body}</span>
      ) : (
        <Link href={href} className="kpi-body">
          {body}
        </Link>
      )}
    </li>
  );
}
