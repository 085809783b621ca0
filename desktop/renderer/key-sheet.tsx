import styles from './app.module.css';
import { type KeyEntry, keyTable } from './base/keys.ts';
import { Kbd } from './components/button.tsx';
import { Dialog } from './components/dialog.tsx';
import { type PlainTextKey, useText } from './text/text.ts';

type SheetLine = { readonly shown: string; readonly meaning: PlainTextKey };

/** What is typed rather than pressed. */
const typed: readonly SheetLine[] = [
  { shown: 'Enter', meaning: 'key.enterLong' },
  { shown: '↑ ↓', meaning: 'key.arrowsLong' },
  { shown: '20', meaning: 'key.quantityLong' },
  { shown: '2v', meaning: 'key.packsLong' },
  { shown: '1h+3', meaning: 'key.severalLong' },
  { shown: '▮▯▮', meaning: 'key.scanLong' },
];

/** F1: every key of the counter, from the same table that answers them. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const entries: readonly KeyEntry[] = Object.values(keyTable);
  const linesOf = (group: KeyEntry['group']) => entries.filter((entry) => entry.group === group);
  return (
    <Dialog title={t('key.sheetTitle')} onClose={onClose} isBroad>
      <p>{t('key.sheetIntro')}</p>
      <div className={styles['sheet']}>
        <Group title={t('key.group.everywhere')} lines={linesOf('everywhere')} />
        <div>
          <Group
            title={t('key.group.sell')}
            lines={[...typed, ...linesOf('sell'), ...linesOf('others')]}
          />
        </div>
      </div>
    </Dialog>
  );
}

function Group({ title, lines }: { readonly title: string; readonly lines: readonly SheetLine[] }) {
  const t = useText();
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {lines.map(({ shown, meaning }) => (
          <Line key={shown} shown={shown} text={t(meaning)} />
        ))}
      </dl>
    </section>
  );
}

function Line({ shown, text }: { readonly shown: string; readonly text: string }) {
  return (
    <>
      <dt>
        <Kbd>{shown}</Kbd>
      </dt>
      <dd>{text}</dd>
    </>
  );
}
