import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../text/language.tsx';
import './page-header.css';

/** The first page of a visit leaves the focus to the browser, so that the skip link comes first. */
let isFirstPage = true;

/** The name of a page, what it is about, and its controls; also the title of the browser's tab. */
export function PageHeader({
  title,
  trail,
  detail,
  aside,
  controls,
}: {
  readonly title: string;
  readonly trail?: ReactNode;
  readonly detail?: ReactNode;
  readonly aside?: ReactNode;
  readonly controls?: ReactNode;
}) {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Keyboard and screen readers go on from the name of the new page.
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  useEffect(() => {
    document.title = `${title} · ${text.app.name}`;
  }, [title, text]);
  return (
    <header className="page-header">
      {trail === undefined ? null : (
        <nav className="page-trail" aria-label={text.common.trail}>
          {trail}
        </nav>
      )}
      <div className="page-header-line">
        <div className="page-titles">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {detail === undefined ? null : <div className="page-detail">{detail}</div>}
        </div>
        {aside === undefined ? null : <div className="page-aside">{aside}</div>}
      </div>
      {controls === undefined ? null : <div className="page-controls">{controls}</div>}
    </header>
  );
}
