import { Button, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { ParkedRecord } from '../../../shared/contract/clinic-api.ts';
import { useAnswer, useChange } from '../answers.ts';
import type { Answer, RouteName } from '../client.ts';
import { Card } from '../components/card.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { AnswerView, EmptyState, FailureState, Placeholder } from '../components/states.tsx';
import { dateTime } from '../format.ts';
import { useText } from '../text/language.tsx';
import '../components/data-table.css';

type DrugHit = Answer<'searchDrugs'>['rows'][number];
type Of = { readonly record: ParkedRecord };

/** What an act on a record may change on other pages, too. */
const staleAfterAct: readonly RouteName[] = [
  'parkedRecord',
  'parkedRecords',
  'clinicFigures',
  'facilityHealth',
  'facility',
  'alerts',
  'overview',
];
const hitsShown = 8;

/** What a person can do so that a record waits no longer. */
export function RecordActs({ record }: Of) {
  const text = useText();
  const paramsOf = { till: record.till, seq: String(record.seq) };
  const judge = useChange('judgeAgain', staleAfterAct);
  const judgedAt = judge.data?.releasedAt === null ? judge.data.judgedAt : null;
  return (
    <Card
      title={text.clinic.acts}
      actions={
        <Button
          size="xs"
          variant="default"
          loading={judge.isPending}
          onClick={() => judge.mutate({ params: paramsOf })}
        >
          {text.clinic.judge}
        </Button>
      }
    >
      {judge.error === null ? null : <FailureState failure={judge.error} />}
      <p className="soft" role="status">
        {judgedAt === null ? text.clinic.noActs : text.clinic.stillWaiting(dateTime(judgedAt))}
      </p>
      {record.foreignCodes.map((code) => (
        <MapCode key={code} record={record} code={code} />
      ))}
      <AskFacility record={record} />
    </Card>
  );
}

/** For good, so the drug's code is typed before it is done. */
function MapCode({ record, code }: Of & { readonly code: string }) {
  const text = useText();
  const map = useChange('mapDrugCode', staleAfterAct);
  const [search, setSearch] = useState('');
  const [drug, setDrug] = useState<DrugHit>();
  const [typed, setTyped] = useState('');
  const isConfirmed = drug !== undefined && typed.trim().toUpperCase() === drug.code.toUpperCase();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isConfirmed) return;
    map.mutate({
      params: { till: record.till, seq: String(record.seq) },
      body: { code, drug: drug.code },
    });
  };
  return (
    <form className="act" onSubmit={submit}>
      <h3>{text.clinic.map}</h3>
      <p className="soft">{text.clinic.mapLead(code)}</p>
      <SearchBox label={text.clinic.mapSearch} text={search} onSearch={setSearch} />
      {search === '' ? null : (
        <DrugChoices search={search} code={code} chosen={drug} onChoose={setDrug} />
      )}
      {drug === undefined ? null : (
        <div className="stack">
          <p>{text.clinic.mapForGood(code, drug.name)}</p>
          <TextInput
            label={text.clinic.mapConfirm(drug.code)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
          <div className="row">
            <Button type="submit" size="xs" disabled={!isConfirmed} loading={map.isPending}>
              {text.clinic.mapNow}
            </Button>
            {isConfirmed ? null : (
              <span className="faint small">{text.clinic.mapDisabled(drug.code)}</span>
            )}
          </div>
        </div>
      )}
      {map.error === null ? null : <FailureState failure={map.error} />}
    </form>
  );
}

function DrugChoices({
  search,
  code,
  chosen,
  onChoose,
}: {
  readonly search: string;
  readonly code: string;
  readonly chosen: DrugHit | undefined;
  readonly onChoose: (drug: DrugHit) => void;
}) {
  const text = useText();
  const drugs = useAnswer('searchDrugs', { query: { text: search, limit: hitsShown } });
  return (
    <AnswerView answer={drugs} placeholder={<Placeholder lines={3} />}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState title={text.clinic.mapNone} />
        ) : (
          <div className="drug-choices" role="radiogroup" aria-label={text.clinic.mapPick}>
            {rows.map((drug) => (
              <label key={drug.code}>
                <input
                  type="radio"
                  name={`drug of ${code}`}
                  checked={drug.code === chosen?.code}
                  onChange={() => onChoose(drug)}
                />
                <span>
                  {drug.name}
                  <span className="cell-sub">
                    {[drug.registrationNumber, drug.manufacturer, drug.code]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </span>
                </span>
              </label>
            ))}
          </div>
        )
      }
    </AnswerView>
  );
}

/** The till shows the note until the record is released. */
function AskFacility({ record }: Of) {
  const text = useText();
  const ask = useChange('askFacility', staleAfterAct);
  const [note, setNote] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (note.trim() === '') return;
    ask.mutate(
      { params: { till: record.till, seq: String(record.seq) }, body: { note: note.trim() } },
      { onSuccess: () => setNote('') },
    );
  };
  return (
    <form className="act" onSubmit={submit}>
      <h3>{text.clinic.ask}</h3>
      <p className="soft">{text.clinic.askLead}</p>
      <div className="stack">
        {record.askedAt === null ? null : (
          <p role="status">
            {text.clinic.askedAlready(dateTime(record.askedAt))}:{' '}
            <strong>{record.askedNote}</strong>
          </p>
        )}
        <Textarea
          label={text.clinic.askNote}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={limits.noteLength}
          autosize
          minRows={2}
          maxRows={6}
          required
          withAsterisk={false}
        />
        <div>
          <Button type="submit" size="xs" variant="default" loading={ask.isPending}>
            {text.clinic.askNow}
          </Button>
        </div>
      </div>
      {ask.error === null ? null : <FailureState failure={ask.error} />}
    </form>
  );
}
