import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { QrDrawing } from '../../components/qr-drawing.tsx';
import { useText } from '../../text/text.ts';
import styles from './sync.module.css';

/** Two a second: a phone that misses one sees it again in the next round. */
const framePauseMs = 500;

/** The frames one after another, again and again, until somebody stops them. */
export function QrFramesView({ frames }: { readonly frames: readonly string[] }) {
  const t = useText();
  const [index, setIndex] = useState(0);
  const [isRunning, setRunning] = useState(true);
  useEffect(() => {
    if (!isRunning || frames.length < 2) return;
    const timer = setInterval(() => setIndex((shown) => (shown + 1) % frames.length), framePauseMs);
    return () => clearInterval(timer);
  }, [isRunning, frames.length]);
  const shown = index % frames.length;
  const step = (by: number) => {
    setRunning(false);
    setIndex((shown + by + frames.length) % frames.length);
  };
  const words = t('carry.qr.frame', { number: shown + 1, total: frames.length });
  return (
    <div className={styles['frames']}>
      <QrDrawing className={styles['qr']} text={frames[shown] ?? ''} label={words} />
      <p>{words}</p>
      {frames.length > 1 && (
        <div className={styles['row']}>
          <Button onPress={() => step(-1)}>{t('carry.qr.previous')}</Button>
          <Button onPress={() => setRunning(!isRunning)}>
            {isRunning ? t('carry.qr.pause') : t('carry.qr.go')}
          </Button>
          <Button onPress={() => step(1)}>{t('carry.qr.next')}</Button>
        </div>
      )}
    </div>
  );
}
