import type { ReactNode } from 'react';
import './stat.css';

/** One headline figure: its name, the figure, and what puts it in proportion. */
export function Stat({
  name,
  figure,
  exact,
  note,
  tone,
}: {
  readonly name: string;
  readonly figure: ReactNode;
  /** The exact figure where the headline is rounded. */
  readonly exact?: string;
  readonly note?: ReactNode;
  readonly tone?: 'bad' | 'warn';
}) {
  return (
    <div className="stat">
      <dt className="stat-name">{name}</dt>
      <dd className={`stat-figure ${tone === undefined ? '' : `stat-${tone}`}`} title={exact}>
        {figure}
      </dd>
      {note === undefined ? null : <dd className="stat-note">{note}</dd>}
    </div>
  );
}

export function Stats({
  label,
  proof,
  children,
}: {
  readonly label: string;
  /** That the figures add up, in a sentence under them. */
  readonly proof?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="stats-card" aria-label={label}>
      <dl className="stats">{children}</dl>
      {proof === undefined ? null : <p className="stats-proof">{proof}</p>}
    </section>
  );
}
