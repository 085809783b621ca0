import type { Completeness } from '../../../shared/contract/console-api.ts';
import { businessDateOf } from '../../../shared/model/calendar.ts';
import { count, dateTime, percent, time, today } from '../format.ts';
import { useText } from '../text/language.tsx';
import './as-of.css';

/** Every figure carries its time and how much of the country it holds. */
export function AsOf({ completeness }: { readonly completeness: Completeness }) {
  const text = useText();
  const { asOf, facilities, reportedLast24h, pendingBatches } = completeness;
  const sentence = text.common.asOf(timeOrDate(asOf), percent(reportedLast24h, facilities));
  const title = text.common.asOfTitle(count(reportedLast24h), count(facilities));
  return (
    <span className="as-of" title={title}>
      <span className="as-of-dot" aria-hidden="true" />
      {sentence}
      {pendingBatches === 0 ? null : ` · ${text.common.pendingBatches(count(pendingBatches))}`}
    </span>
  );
}

/** A single facility is as fresh as its own last report, not as its province. */
export function LastReport({ at }: { readonly at: string | null }) {
  const text = useText();
  if (at === null) return <span className="as-of">{text.facilities.neverReported}</span>;
  return (
    <span className="as-of" title={dateTime(at)}>
      {text.facilities.lastReportAt(timeOrDate(at))}
    </span>
  );
}

function timeOrDate(instant: string): string {
  return businessDateOf(instant) === today(Date.now()) ? time(instant) : dateTime(instant);
}
