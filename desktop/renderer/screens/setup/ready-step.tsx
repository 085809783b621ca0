import { useEffect, useRef } from 'react';
import type { TillStatus } from '../../../../shared/contract/till-api.ts';
import { useKeys } from '../../base/keys.ts';
import { goTo } from '../../base/route.ts';
import { Button } from '../../components/button.tsx';
import { useText } from '../../text/text.ts';
import styles from './setup.module.css';

export function ReadyStep({
  status,
  drugs,
}: {
  readonly status: TillStatus;
  readonly drugs: number;
}) {
  const t = useText();
  const ref = useRef<HTMLDivElement>(null);
  const sell = () => goTo('sell');
  useKeys({ finish: sell });
  useEffect(() => ref.current?.querySelector('button')?.focus(), []);
  return (
    <>
      <div className={styles['intro']}>
        <h1>{t('setup.ready.title')}</h1>
        <p>{t('setup.ready.body', { facility: status.facility?.name ?? '', count: drugs })}</p>
      </div>
      <div ref={ref} className={styles['end']} style={{ justifyContent: 'flex-start' }}>
        <Button look="primary" isLarge keyShown="Enter" onPress={sell}>
          {t('setup.ready.run')}
        </Button>
        <Button onPress={() => goTo('setup', { step: 'opening' })}>{t('setup.ready.more')}</Button>
      </div>
    </>
  );
}
