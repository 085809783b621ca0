import { type ReactNode, useEffect } from 'react';
import { useText } from '../text/language.tsx';
import './page-header.css';

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
          <h1 id="page-title" tabIndex={-1}>
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
