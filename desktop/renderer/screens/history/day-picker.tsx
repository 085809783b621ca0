import { useState } from 'react';
import { addDays, type CalendarDate } from '../../../../shared/model/calendar.ts';
import { formatDate, parseExpiry } from '../../base/format.ts';
import { Button } from '../../components/button.tsx';
import { useText } from '../../text/text.ts';
import styles from './history.module.css';

/** A day as it is written here, `22/11/2026`: a browser's own date box follows the system's order. */
export function DayPicker({
  day,
  today,
  onChange,
}: {
  readonly day: CalendarDate | undefined;
  readonly today: CalendarDate | undefined;
  /** Undefined: all days. */
  readonly onChange: (day: CalendarDate | undefined) => void;
}) {
  const t = useText();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (day === undefined ? '' : formatDate(day));
  const from = day ?? today;
  const settle = () => {
    setTyped(undefined);
    if (typed !== undefined) onChange(parseExpiry(typed));
  };
  const step = (days: number) => {
    if (from !== undefined) onChange(addDays(from, days));
  };
  return (
    <div className={styles['day']}>
      <Button look="quiet" label={t('history.dayBefore')} onPress={() => step(-1)}>
        ‹
      </Button>
      <input
        aria-label={t('history.day')}
        placeholder={t('history.allDays')}
        value={shown}
        inputMode="numeric"
        maxLength={10}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
      <Button look="quiet" label={t('history.dayAfter')} onPress={() => step(1)}>
        ›
      </Button>
      {day !== undefined && (
        <Button look="quiet" onPress={() => onChange(undefined)}>
          {t('history.allDays')}
        </Button>
      )}
    </div>
  );
}
