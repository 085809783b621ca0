import type { ReactNode } from 'react';
import { Card, pageStyles } from '../../components/page.tsx';

/** One card of the settings: what it is about, in words, and what can be chosen. */
export function SettingsPart({
  title,
  body,
  children,
}: {
  readonly title: string;
  readonly body: string;
  readonly children: ReactNode;
}) {
  return (
    <Card label={title}>
      <div className={pageStyles['part']}>
        <h2>{title}</h2>
        <p>{body}</p>
        {children}
      </div>
    </Card>
  );
}
