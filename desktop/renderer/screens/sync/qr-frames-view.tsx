import encodeQR from 'qr';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
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
      <QrDrawing text={frames[shown] ?? ''} label={words} />
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

/** Quiet zone of four modules (ISO/IEC 18004 §6.3.8), always dark on white. */
const quietModules = 4;

function QrDrawing({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => drawingOf(text), [text]);
  return (
    <svg
      className={styles['qr']}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawingOf(text: string): { readonly path: string; readonly size: number } {
  const options = { ecc: 'low', encoding: 'alphanumeric', border: quietModules } as const;
  const modules = encodeQR(text, 'raw', options);
  const path = modules
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { path, size: modules.length };
}
