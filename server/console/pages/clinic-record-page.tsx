import { useClipboard } from '@mantine/hooks';
import type { ParkedRecord } from '../../../shared/contract/clinic-api.ts';
import { useAnswer } from '../answers.ts';
import { Card } from '../components/card.tsx';
import { Dot, ToolButton } from '../components/controls.tsx';
import { Icon } from '../components/icon.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { ago, count, dateTime } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useLanguage, useText } from '../text/language.tsx';
import { eventName } from './alert-words.ts';
import { RecordActs } from './clinic-acts.tsx';
import { RecordHistory } from './clinic-history.tsx';
import { recordState } from './clinic-words.ts';
import { Fact } from './drug-facts.tsx';
import { contentOf, type RecordTable } from './record-content.ts';
import './clinic-page.css';
import './drug-page.css';
import './facility-page.css';

/** One record: what it says, why it waits, what can be done, and the bytes that were signed. */
export function ClinicRecordPage({ view }: { readonly view: ViewOf<'clinicRecord'> }) {
  const { text, language } = useLanguage();
  const record = useAnswer('parkedRecord', { params: { till: view.till, seq: view.seq } });
  const { data } = record;
  return (
    <>
      <PageHeader
        title={data === undefined ? text.clinic.record : titleOf(data, eventName(data.type, text))}
        trail={<ViewLink to={{ page: 'clinic' }}>{text.nav.clinic}</ViewLink>}
        detail={
          data === undefined ? null : (
            <>
              <State record={data} />
              <span className="faint">·</span>
              <ViewLink to={{ page: 'facility', id: data.facilityId }}>
                {data.facilityName}
              </ViewLink>
              <span className="faint">·</span>
              <span>{data.provinceName}</span>
              <span className="faint">·</span>
              <span>{text.clinic.numbered(count(data.seq))}</span>
              <span className="faint">·</span>
              <span title={dateTime(data.parkedAt)}>
                {text.clinic.waitingFor(ago(data.parkedAt, Date.now(), language))}
              </span>
            </>
          )
        }
      />
      <AnswerView answer={record} placeholder={<Placeholder height={520} />}>
        {(answer) => (
          <>
            <ReasonNote record={answer} />
            <div className="record-grid">
              <div className="stack">
                <ContentCard record={answer} />
                <SealedLineCard record={answer} />
                {answer.releasedAt === null ? <RecordHistory record={answer} /> : null}
              </div>
              {answer.releasedAt === null ? (
                <RecordActs record={answer} />
              ) : (
                <RecordHistory record={answer} />
              )}
            </div>
          </>
        )}
      </AnswerView>
    </>
  );
}

/** `Phiếu bán A1-12`: the slip is what the shop has on paper. */
function titleOf(record: ParkedRecord, kind: string): string {
  const slip = /"slip":"([A-Z0-9]{2,8}-\d{1,9})"/.exec(record.line)?.[1];
  return slip === undefined ? kind : `${kind} ${slip}`;
}

function State({ record }: { readonly record: ParkedRecord }) {
  const text = useText();
  const { name, tone } = recordState(record);
  return <Dot tone={tone}>{text.clinic.states[name]}</Dot>;
}

/** Why it waits and what ends that; or that it is over, and how. */
function ReasonNote({ record }: { readonly record: ParkedRecord }) {
  const text = useText();
  if (record.releasedAt !== null) {
    const cause = text.clinic.causes[record.releasedBy ?? ''] ?? '';
    return (
      <section className="note note-released" role="status">
        <Icon name="check" size={20} />
        <p>{text.clinic.releasedBy(cause, dateTime(record.releasedAt))}</p>
      </section>
    );
  }
  const words = text.parkedReasons[record.reason];
  return (
    <section className="note note-waits" aria-label={words.title}>
      <Icon name="clinic" size={20} />
      <div>
        <p>
          <strong>{words.title}.</strong> {words.sentence(record.detail)}
        </p>
        <p>{words.next}</p>
      </div>
      {record.reason === 'WaitsForParked' && /^\d+$/.test(record.detail) ? (
        <ViewLink
          className="tool-button"
          to={{ page: 'clinicRecord', till: record.till, seq: record.detail }}
        >
          {text.clinic.toRecord(count(Number(record.detail)))}
        </ViewLink>
      ) : null}
    </section>
  );
}

function ContentCard({ record }: { readonly record: ParkedRecord }) {
  const text = useText();
  const content = contentOf(record.line, { text, drugNames: record.drugNames });
  return (
    <Card title={text.clinic.content} subtitle={text.clinic.contentLead}>
      {content === undefined ? (
        <EmptyState title={text.clinic.contentUnreadable} />
      ) : (
        <>
          <dl className="facts">
            <Fact name={text.clinic.at} value={content.at === null ? '–' : dateTime(content.at)} />
            <Fact name={text.clinic.by} value={content.by} />
            {content.facts.map((fact) => (
              <Fact key={fact.name} name={fact.name} value={fact.value} />
            ))}
          </dl>
          {content.tables.map((table) => (
            <ContentTable key={table.title} table={table} />
          ))}
        </>
      )}
    </Card>
  );
}

function ContentTable({ table }: { readonly table: RecordTable }) {
  const className = (column: number) =>
    table.columns[column]?.isNumber === true ? 'is-number' : '';
  return (
    <section
      className="record-table"
      aria-label={table.title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is scrolled by arrow keys
      tabIndex={0}
    >
      <h3>{table.title}</h3>
      <table className="figures">
        <thead>
          <tr>
            {table.columns.map(({ name }, column) => (
              <th key={name} scope="col" className={className(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a sealed document never move
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={table.columns[column]?.name} className={className(column)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The bytes as they were sealed: what is judged, and what can be proved later. */
function SealedLineCard({ record }: { readonly record: ParkedRecord }) {
  const text = useText();
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Card
      title={text.clinic.raw}
      subtitle={text.clinic.rawLead}
      actions={
        <ToolButton
          icon={clipboard.copied ? 'check' : 'copy'}
          label={clipboard.copied ? text.common.copied : text.common.copy}
          onClick={() => clipboard.copy(record.line)}
        />
      }
    >
      <section
        className="sealed-line"
        aria-label={text.clinic.raw}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by arrow keys
        tabIndex={0}
      >
        {record.line}
      </section>
      <p className="faint small sealed-hash">
        {text.clinic.hash}: <span className="mono">{record.hash}</span>
      </p>
    </Card>
  );
}
