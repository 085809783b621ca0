import { limits } from '../../../shared/base/limits.ts';
import type { DrugMovement } from '../../../shared/contract/console-api.ts';
import { addDays, type CalendarDate, daysBetween } from '../../../shared/model/calendar.ts';
import { useAnswer } from '../answers.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { AsOf } from '../components/as-of.tsx';
import { Choice, Tag } from '../components/controls.tsx';
import { DateRange } from '../components/date-range.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, Placeholder } from '../components/states.tsx';
import { today } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { DrugAreasCard, DrugKindsCard } from './drug-areas.tsx';
import { DrugFactsCard } from './drug-facts.tsx';
import { DrugLotsCard } from './drug-lots.tsx';
import { DrugBalance, DrugMovementCard } from './drug-movement.tsx';
import './drug-page.css';

const buckets = ['hour', 'day', 'week', 'month'] as const;
const quickDays = [7, 30, 90, 365] as const;

/** One drug: how it moves, where it is, which lots, and that the figures add up. */
export function DrugPage({ view }: { readonly view: ViewOf<'drug'> }) {
  const text = useText();
  const { code, scheme, area, from, to, bucket } = view;
  const movement = useAnswer('drugMovement', {
    params: { code },
    query: {
      scheme,
      bucket,
      ...(area === undefined ? {} : { area }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  });
  const drug = movement.data?.drug;
  return (
    <>
      <PageHeader
        title={drug?.name ?? code}
        trail={<ViewLink to={{ page: 'drugs' }}>{text.nav.drugs}</ViewLink>}
        detail={
          drug === undefined ? null : (
            <>
              <span>{drug.ingredients}</span>
              <Tag tone={drug.prescriptionClass === 'prescription' ? 'warn' : 'neutral'}>
                {text.prescriptionClasses[drug.prescriptionClass]}
              </Tag>
              {drug.isDemonstration ? <Tag tone="neutral">{text.drugs.demonstration}</Tag> : null}
            </>
          )
        }
        aside={
          movement.data === undefined ? null : <AsOf completeness={movement.data.completeness} />
        }
        controls={
          <>
            <AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />
            <PeriodPicker view={view} answer={movement.data} />
          </>
        }
      />
      <AnswerView answer={movement} placeholder={<Placeholder height={520} />}>
        {(data) => (
          <>
            <DrugBalance movement={data} />
            <DrugMovementCard movement={data} view={view} />
            <div className={view.areas === 'table' ? 'stack' : 'columns'}>
              <DrugAreasCard movement={data} view={view} />
              <div className={view.areas === 'table' ? 'columns' : 'stack'}>
                <DrugKindsCard movement={data} view={view} />
                <DrugLotsCard movement={data} view={view} />
                <DrugFactsCard drug={data.drug} />
              </div>
            </div>
          </>
        )}
      </AnswerView>
    </>
  );
}

/** The period and its grain; hours are kept to the span the centre answers for them. */
function PeriodPicker({
  view,
  answer,
}: {
  readonly view: ViewOf<'drug'>;
  readonly answer: DrugMovement | undefined;
}) {
  const text = useText();
  const to = view.to ?? answer?.to ?? today(Date.now());
  const from = view.from ?? answer?.from ?? addDays(to, -29);
  const days = daysBetween({ from, to }) + 1;
  const change = (next: {
    readonly from?: CalendarDate;
    readonly to?: CalendarDate;
    readonly bucket?: (typeof buckets)[number];
  }) => {
    const bucket = next.bucket ?? view.bucket;
    const span = bucket === 'hour' ? limits.movementHourDaysMax : limits.movementDaysMax;
    const end = next.to ?? to;
    const start = next.from ?? from;
    const earliest = addDays(end, 1 - span);
    goTo({ ...view, bucket, to: end, from: start < earliest ? earliest : start });
  };
  return (
    <>
      <DateRange
        from={from}
        to={to}
        latest={today(Date.now())}
        onChange={(range) => change(range)}
      />
      <Choice
        label={text.period.quick}
        value={String(days)}
        options={quickDays.map((span) => ({ value: String(span), label: text.period.days(span) }))}
        onChange={(span) =>
          change({
            from: addDays(to, 1 - Number(span)),
            to,
            // A year by the hour or a week by the month is no picture.
            ...(view.bucket === 'hour' && Number(span) > limits.movementHourDaysMax
              ? { bucket: 'day' as const }
              : {}),
          })
        }
      />
      <Choice
        label={text.period.bucket}
        value={view.bucket}
        options={buckets.map((bucket) => ({ value: bucket, label: text.period.buckets[bucket] }))}
        onChange={(bucket) => change({ bucket })}
      />
    </>
  );
}
