import { useEffect, useRef } from 'react';
import type { TillStatus } from '../../../../shared/contract/till-api.ts';
import { useKeys } from '../../base/keys.ts';
import { goTo } from '../../base/route.ts';
import { Button, Kbd } from '../../components/button.tsx';
import { type PlainTextKey, useText } from '../../text/text.ts';
import styles from './setup.module.css';

type Beat = { readonly keys: readonly string[]; readonly meaning: PlainTextKey };
const beats: readonly Beat[] = [
  { keys: ['para', 'Enter'], meaning: 'setup.ready.lesson1' },
  { keys: ['20', 'Enter'], meaning: 'setup.ready.lesson2' },
  { keys: ['F9'], meaning: 'setup.ready.lesson3' },
  { keys: ['Enter'], meaning: 'setup.ready.lesson4' },
];

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
      <section className={styles['lesson']}>
        <h2>{t('setup.ready.lesson')}</h2>
        <ol>
          {beats.map(({ keys, meaning }) => (
            <li key={meaning}>
              <span>
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </span>
              {t(meaning)}
            </li>
          ))}
        </ol>
      </section>
      <div ref={ref} className={styles['start']}>
        <Button look="primary" isLarge keyShown="Enter" onPress={sell}>
          {t('setup.ready.run')}
        </Button>
        <Button isLarge onPress={() => goTo('setup', { step: 'opening' })}>
          {t('setup.ready.more')}
        </Button>
      </div>
    </>
  );
}
