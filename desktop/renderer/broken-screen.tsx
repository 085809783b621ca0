import { Component, type ReactNode } from 'react';
import styles from './app.module.css';
import { Button } from './components/button.tsx';
import { Note } from './components/states.tsx';
import { useText } from './text/text.ts';

/** Catches a defect of a screen: only a class can. The till behind it goes on undisturbed. */
export class BrokenScreenBoundary extends Component<
  { readonly children: ReactNode },
  { readonly failure: string | null }
> {
  override state: { readonly failure: string | null } = { failure: null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }

  override render() {
    const { failure } = this.state;
    return failure === null ? this.props.children : <BrokenScreen failure={failure} />;
  }
}

function BrokenScreen({ failure }: { readonly failure: string }) {
  const t = useText();
  return (
    <main className={styles['broken']}>
      <h1>{t('app.broken.title')}</h1>
      <p>{t('app.broken.body')}</p>
      <Note kind="warning">
        <small>{t('app.code', { code: failure.slice(0, 200) })}</small>
      </Note>
      <Button look="primary" onPress={() => window.location.reload()}>
        {t('app.broken.reload')}
      </Button>
    </main>
  );
}
