import { useRef } from 'react';
import type { CalendarDate } from '../../../shared/model/calendar.ts';
import { date, dayOfText } from '../format.ts';
import { useText } from '../text/language.tsx';
import { Icon } from './icon.tsx';

/**
 * A day, typed as it is written here. The browser's own date field would write it by the language
 * of the browser, and 11/12 would be two different days; only its calendar is used.
 */
export function DateField({
  id,
  label,
  value,
  min,
  max,
  onChange,
  described = {},
}: {
  readonly id: string;
  readonly label: string;
  /** ISO text; empty where there is none. */
  readonly value: string;
  readonly min?: CalendarDate;
  readonly max?: CalendarDate;
  /** A real day within the bounds, or nothing once the field is emptied. */
  readonly onChange: (day: CalendarDate | undefined) => void;
  readonly described?: { readonly 'aria-invalid'?: boolean; readonly 'aria-describedby'?: string };
}) {
  const text = useText();
  const take = (day: CalendarDate | undefined): boolean => {
    const isOutside =
      day !== undefined && ((min !== undefined && day < min) || (max !== undefined && day > max));
    if (isOutside) return false;
    if ((day ?? '') !== value) onChange(day);
    return true;
  };
  const leave = (field: HTMLInputElement) => {
    const typed = field.value.trim();
    const day = dayOfText(typed);
    const isTaken = (day !== undefined || typed === '') && take(day);
    if (!isTaken) field.value = value === '' ? '' : date(value);
  };
  return (
    <span className="date-field">
      <input
        // Uncontrolled: a half-typed day belongs to the field, a whole one to the page.
        key={value}
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        placeholder={text.period.pattern}
        defaultValue={value === '' ? '' : date(value)}
        maxLength={10}
        onBlur={(event) => leave(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave(event.currentTarget);
        }}
        {...described}
      />
      <Calendar label={label} value={value} min={min} max={max} onTake={take} />
    </span>
  );
}

/** The browser's calendar, opened by a button; the field it belongs to is not seen. */
function Calendar({
  label,
  value,
  min,
  max,
  onTake,
}: {
  readonly label: string;
  readonly value: string;
  readonly min: CalendarDate | undefined;
  readonly max: CalendarDate | undefined;
  readonly onTake: (day: CalendarDate | undefined) => void;
}) {
  const text = useText();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="date-field-open"
        aria-label={text.period.openCalendar(label)}
        onClick={() => calendar.current?.showPicker()}
      >
        <Icon name="calendar" />
      </button>
      <input
        ref={calendar}
        type="date"
        className="date-field-calendar"
        tabIndex={-1}
        aria-hidden="true"
        value={value}
        min={min}
        max={max}
        onChange={(event) => onTake(dayOfText(event.target.value))}
      />
    </>
  );
}
