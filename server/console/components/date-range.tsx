import { useId } from 'react';
import type { CalendarDate } from '../../../shared/model/calendar.ts';
import { useText } from '../text/language.tsx';
import { DateField } from './date-field.tsx';

/** From and to, both days included. */
export function DateRange({
  from,
  to,
  latest,
  onChange,
}: {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly latest: CalendarDate;
  readonly onChange: (range: { readonly from: CalendarDate; readonly to: CalendarDate }) => void;
}) {
  const text = useText();
  const fromId = useId();
  const toId = useId();
  return (
    <span className="field-inline">
      <label className="field-inline-label" htmlFor={fromId}>
        {text.period.from}
      </label>
      <DateField
        id={fromId}
        label={text.period.from}
        value={from}
        max={to}
        onChange={(day) => onChange({ from: day ?? from, to })}
      />
      <label className="field-inline-label" htmlFor={toId}>
        {text.period.to}
      </label>
      <DateField
        id={toId}
        label={text.period.to}
        value={to}
        min={from}
        max={latest}
        onChange={(day) => onChange({ from, to: day ?? to })}
      />
    </span>
  );
}
