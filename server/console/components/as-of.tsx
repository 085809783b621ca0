import type { Completeness } from '../../../shared/contract/console-api.ts';
import { businessDateOf } from '../../../shared/model/calendar.ts';
import { count, dateTime, percent, time, today } from '../format.ts';
import { useText } from '../text/language.tsx';
import './as-of.css';

/** Every figure carries its time and how much of the country it holds. */
export function AsOf({ completeness }: { readonly completeness: Completeness }) {
  const text = useText();
  const { asOf, facilities, reportedLast24h, pendingBatches } = completeness;
  const isToday = businessDateOf(asOf) === today(Date.now());
  const sentence = text.common.asOf(
    isToday ? time(asOf) : dateTime(asOf),
    percent(reportedLast24h, facilities),
  );
  const title = text.common.asOfTitle(count(reportedLast24h), count(facilities));
  return (
    <span className="as-of" title={title}>
      <span className="as-of-dot" aria-hidden="true" />
      {sentence}
      {pendingBatches === 0 ? null : ` · ${text.common.pendingBatches(count(pendingBatches))}`}
    </span>
  );
}
