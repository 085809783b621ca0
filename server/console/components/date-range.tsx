import { CalendarDate } from '../../../shared/model/calendar.ts';
import { useText } from '../text/language.tsx';

/** From and to, both days included. The browser's own date field knows keyboard and calendar. */
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
  return (
    <span className="row">
      <DateField
        label={text.period.from}
        value={from}
        max={to}
        onChange={(day) => onChange({ from: day, to })}
      />
      <DateField
        label={text.period.to}
        value={to}
        min={from}
        max={latest}
        onChange={(day) => onChange({ from, to: day })}
      />
    </span>
  );
}

function DateField({
  label,
  value,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly value: CalendarDate;
  readonly min?: CalendarDate;
  readonly max: CalendarDate;
  readonly onChange: (day: CalendarDate) => void;
}) {
  return (
    <label className="field-inline">
      <span className="field-inline-label">{label}</span>
      <input
        type="date"
        className="input"
        // Uncontrolled: a half-typed date belongs to the field, a whole one to the URL.
        key={value}
        defaultValue={value}
        max={max}
        {...(min === undefined ? {} : { min })}
        onBlur={(event) => leave(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave(event.currentTarget);
        }}
      />
    </label>
  );

  function leave(field: HTMLInputElement) {
    const parsed = CalendarDate.safeParse(field.value);
    if (!parsed.success || !field.validity.valid) field.value = value;
    else if (parsed.data !== value) onChange(parsed.data);
  }
}
