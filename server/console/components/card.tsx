import { type ReactNode, useId } from 'react';
import './card.css';

type CardProps = {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Tables and maps reach to the edges. */
  readonly isFlush?: boolean;
  readonly className?: string;
};

/** One part of a page: a section with its own heading. */
export function Card({ title, subtitle, actions, children, isFlush, className = '' }: CardProps) {
  const headingId = useId();
  const hasActions = actions === undefined ? '' : 'has-actions';
  return (
    <section className={`card ${hasActions} ${className}`} aria-labelledby={headingId}>
      <header className="card-header">
        <div className="card-titles">
          <h2 id={headingId}>{title}</h2>
          {subtitle === undefined ? null : <p className="card-subtitle">{subtitle}</p>}
        </div>
        {actions === undefined ? null : <div className="card-actions">{actions}</div>}
      </header>
      <div className={isFlush === true ? 'card-body card-body-flush' : 'card-body'}>{children}</div>
    </section>
  );
}
