import type { ParkedRecord } from '../../../shared/contract/clinic-api.ts';
import { Card } from '../components/card.tsx';
import type { Tone } from '../components/controls.tsx';
import { count, dateTime } from '../format.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';

type Moment = {
  readonly at: string;
  readonly tone: Tone;
  readonly name: string;
  readonly by?: string;
  readonly note?: string;
};

/** What became of a record, from its arrival to its release. */
export function RecordHistory({ record }: { readonly record: ParkedRecord }) {
  const text = useText();
  return (
    <Card title={text.clinic.history}>
      <ol className="history">
        {momentsOf(record, text).map((moment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two acts may share a moment; the past only grows
          <li key={index}>
            <span className={`dot dot-${moment.tone}`} aria-hidden="true" />
            <div>
              <p>{moment.name}</p>
              {moment.note === undefined ? null : <p className="soft">{moment.note}</p>}
              <p className="faint small">
                {dateTime(moment.at)}
                {moment.by === undefined ? '' : ` · ${moment.by}`}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function momentsOf(record: ParkedRecord, text: Texts): readonly Moment[] {
  const { parkedAt, releasedAt, acts, verdicts } = record;
  const moments: Moment[] = [
    { at: parkedAt, tone: 'warn', name: text.clinic.parkedThen },
    ...acts.map((act) => momentOf(act, record, text)),
    ...verdicts.map((verdict) => momentOfVerdict(verdict, text)),
  ];
  if (releasedAt !== null) {
    const cause = text.clinic.causes[record.releasedBy ?? ''] ?? '';
    moments.push({ at: releasedAt, tone: 'good', name: text.clinic.releasedThen(cause) });
  }
  // What happened at one moment stays as it was told: the act before what followed from it.
  return moments.toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at));
}

function momentOf(act: ParkedRecord['acts'][number], record: ParkedRecord, text: Texts): Moment {
  const { note, code, drug } = act.detail;
  const isMapping = typeof code === 'string' && typeof drug === 'string';
  const words = isMapping
    ? text.clinic.mapped(code, record.drugNames[code] ?? drug)
    : typeof note === 'string'
      ? note
      : undefined;
  return {
    at: act.at,
    tone: 'accent',
    name: text.clinic.actNames[act.action],
    by: act.account,
    ...(words === undefined ? {} : { note: words }),
  };
}

/** Why it waited before and after; what came of one cause again and again is told once. */
function momentOfVerdict(verdict: ParkedRecord['verdicts'][number], text: Texts): Moment {
  const { cause, before, after, firstAt, lastAt, times } = verdict;
  const title = (reason: keyof Texts['parkedReasons']) => text.parkedReasons[reason].title;
  const note =
    after === null
      ? text.clinic.verdictReleased(title(before))
      : before === after
        ? text.clinic.verdictSame(title(after))
        : text.clinic.verdictChanged(title(before), title(after));
  return {
    at: lastAt,
    tone: after === null ? 'good' : 'warn',
    name: text.clinic.judgedAs[cause] ?? cause,
    note,
    ...(times > 1 && { by: text.clinic.verdictTimes(count(times), dateTime(firstAt)) }),
  };
}
