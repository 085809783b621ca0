import { type CalendarDate, daysBetween } from '../../../shared/model/calendar.ts';
import { Tag } from '../components/controls.tsx';
import { count, today } from '../format.ts';
import { useText } from '../text/language.tsx';

const soonDays = 90;

/** Says what needs attention: a lot that has expired or soon will. */
export function ExpiryTag({ expiresOn }: { readonly expiresOn: CalendarDate }) {
  const text = useText();
  const days = daysBetween({ from: today(Date.now()), to: expiresOn });
  if (days <= 0) return <Tag tone="bad">{text.lots.expired}</Tag>;
  return days <= soonDays ? <Tag tone="warn">{text.lots.expiresIn(count(days))}</Tag> : null;
}
