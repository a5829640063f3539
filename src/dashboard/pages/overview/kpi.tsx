import { Link } from 'wouter';

/** One number that matters. */
export function Kpi(props: {
  title: string;
  /** Null = not there yet. */
  value: string | null;
  note: string;
  tone?: 'plain' | 'warn' | 'bad';
  /** Where more about it stands. */
  href?: string;
}) {
  const { title, value, note, tone = 'plain', href } = props;
  const body = (
    <>
      <span className="kpi-title">{title}</span>
      <span className="kpi-value">{value ?? <span className="bone" />}</span>
      <span className="kpi-note">{note}</span>
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
