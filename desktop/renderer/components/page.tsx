import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './page.module.css';

export { styles as pageStyles };

/** A screen with a title, its own words beside it and its actions at the end of the line. */
export function Page({
  title,
  intro,
  actions,
  children,
  isFull = false,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Exactly as high as the window: its lists scroll, not the page. */
  readonly isFull?: boolean;
}) {
  return (
    <div className={classNames(styles['page'], isFull && styles['isFull'])}>
      <header className={styles['head']}>
        <div>
          <h1>{title}</h1>
          {intro !== undefined && <p>{intro}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}

export function Card({
  children,
  isGrowing = false,
  isPadded = false,
  label,
}: {
  readonly children: ReactNode;
  readonly isGrowing?: boolean;
  readonly isPadded?: boolean;
  readonly label?: string;
}) {
  return (
    <section
      aria-label={label}
      className={classNames(
        styles['card'],
        isGrowing && styles['grows'],
        isPadded && styles['padded'],
      )}
    >
      {children}
    </section>
  );
}
