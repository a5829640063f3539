import { type ReactNode, useEffect } from 'react';
import { useLocale } from '../i18n/locale-context.tsx';

/** Title of a page, in the page and in the window. */
export function PageHead(props: { title: string; note?: ReactNode; children?: ReactNode }) {
  const { t } = useLocale();
  const { title, note, children } = props;
  useEffect(() => {
    document.title = `${title} · ${t.appName}`;
  }, [title, t]);
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {note !== undefined && <p className="note">{note}</p>}
      </div>
      {children !== undefined && <div className="page-actions">{children}</div>}
    </div>
  );
}

/** A part of a page with its title. */
export function Card(props: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={`card ${props.className ?? ''}`} aria-label={props.title}>
      <div className="card-head">
        <h2>{props.title}</h2>
        {props.actions}
      </div>
      {props.note !== undefined && <p className="note">{props.note}</p>}
      {props.children}
    </section>
  );
}
