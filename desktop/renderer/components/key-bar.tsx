import { type KeyAction, type KeyEntry, keyTable, pressKey } from '../base/keys.ts';
import { useText } from '../text/text.ts';
import { Kbd } from './button.tsx';
import styles from './key-bar.module.css';

/** The keys of a screen as labelled buttons, for hands on a mouse or a touch screen. */
export function KeyBar({
  actions,
  label,
}: {
  readonly actions: readonly KeyAction[];
  readonly label: string;
}) {
  const t = useText();
  return (
    <div role="toolbar" aria-label={label} className={styles['bar']}>
      {actions.map((action) => {
        const entry: KeyEntry = keyTable[action];
        return (
          <button key={action} type="button" onClick={() => pressKey(action)}>
            <Kbd>{entry.shown}</Kbd>
            {t(entry.label ?? entry.meaning)}
          </button>
        );
      })}
    </div>
  );
}
