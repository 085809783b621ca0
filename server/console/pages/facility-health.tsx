import { Button } from '@mantine/core';
import type { FacilityFile } from '../../../shared/contract/console-api.ts';
import { useAnswer, useChange } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Card } from '../components/card.tsx';
import { Dot } from '../components/controls.tsx';
import { AnswerView, FailureState, Placeholder } from '../components/states.tsx';
import { ago, count, dateTime } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import { useLanguage, useText } from '../text/language.tsx';
import { agreementTones, namedEvent } from './clinic-words.ts';
import { Fact } from './drug-facts.tsx';
import { tillTones } from './facility-words.ts';
import './clinic-page.css';

type Health = Answer<'facilityHealth'>;
const repairsShown = 5;

/** Whether the figures of a facility can be trusted: agreement, what waits, keys, checks, repairs. */
export function FacilityHealthCard({ file }: { readonly file: FacilityFile }) {
  const text = useText();
  const { id } = file.facility;
  const health = useAnswer('facilityHealth', { params: { id } });
  const check = useChange('checkFacility', [
    'facilityHealth',
    'facility',
    'facilityStock',
    'parkedRecords',
    'clinicFigures',
  ]);
  return (
    <Card
      title={text.health.title}
      actions={
        <Button
          size="xs"
          variant="default"
          loading={check.isPending}
          onClick={() => check.mutate({ params: { id } })}
        >
          {text.health.check}
        </Button>
      }
    >
      {check.error === null ? null : <FailureState failure={check.error} />}
      {check.data === undefined ? null : <Checked checked={check.data} />}
      <AnswerView answer={health} placeholder={<Placeholder lines={6} />}>
        {(answer) => (
          <>
            <HealthFacts health={answer} file={file} />
            <Repairs health={answer} />
          </>
        )}
      </AnswerView>
    </Card>
  );
}

function Checked({ checked }: { readonly checked: Answer<'checkFacility'> }) {
  const text = useText();
  const rows = rowsOf(checked.repaired);
  const events = count(checked.events);
  return (
    <p role="status" className={rows === 0 ? 'tag-good check-result' : 'tag-warn check-result'}>
      {rows === 0
        ? text.health.checkedNow(events, count(checked.movements))
        : text.health.repairedNow(events, count(rows))}
    </p>
  );
}

function HealthFacts({ health, file }: { readonly health: Health; readonly file: FacilityFile }) {
  const { text, language } = useLanguage();
  const { agreement, parked, checkedAt } = health;
  const till = file.tills[0];
  const lastSync = till?.lastBatchAt ?? null;
  return (
    <dl className="facts">
      <Fact name={text.health.agreement} value={<Agreement agreement={agreement} />} />
      {agreement?.state === 'different' ? (
        <Fact
          name={text.health.firstDifference}
          value={
            agreement.first === null
              ? text.agreement.firstUnknown
              : namedEvent(agreement.first, text)
          }
        />
      ) : null}
      <Fact
        name={text.health.waiting}
        value={
          parked === 0 ? (
            text.health.waitingNone
          ) : (
            <ViewLink to={{ page: 'clinic', facility: file.facility.id }}>
              {text.health.waitingSome(count(parked))}
            </ViewLink>
          )
        }
      />
      <Fact
        name={text.health.key}
        value={
          till === undefined ? (
            '–'
          ) : (
            <>
              <Dot tone={tillTones[till.state]}>{text.tillStates[till.state]}</Dot>
              <span className="cell-sub">
                {till.state === 'forked' ? text.health.fork : text.health.noFork}
              </span>
            </>
          )
        }
      />
      <Fact
        name={text.health.lastSync}
        value={
          lastSync === null ? (
            '–'
          ) : (
            <>
              <span title={dateTime(lastSync)}>{ago(lastSync, Date.now(), language)}</span>
              <span className="cell-sub">{text.health.lastSyncNote}</span>
            </>
          )
        }
      />
      <Fact
        name={text.health.checked}
        value={
          checkedAt === null ? text.health.neverChecked : text.health.checkedAt(dateTime(checkedAt))
        }
      />
    </dl>
  );
}

function Agreement({ agreement }: { readonly agreement: Health['agreement'] }) {
  const text = useText();
  if (agreement === null) return text.health.noTill;
  const { state, comparedAt } = agreement;
  return (
    <>
      <Dot tone={agreementTones[state]}>{text.agreement.states[state]}</Dot>
      <span className="cell-sub">
        {state === 'forked'
          ? text.agreement.forkedAt
          : comparedAt === null
            ? text.health.neverCompared
            : text.health.comparedAt(dateTime(comparedAt))}
      </span>
    </>
  );
}

function Repairs({ health }: { readonly health: Health }) {
  const text = useText();
  if (health.repairs.length === 0) return null;
  return (
    <div className="act">
      <h3>{text.health.repairs}</h3>
      <ul className="history">
        {health.repairs.slice(0, repairsShown).map((repair) => (
          <li key={repair.repairedAt}>
            <span className="dot dot-warn" aria-hidden="true" />
            <div>
              <p>
                {text.health.repair(
                  count(rowsOf(repair.differences)),
                  text.health.askers[repair.askedBy] ?? repair.askedBy,
                )}
              </p>
              <p className="faint small">{dateTime(repair.repairedAt)}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function rowsOf(differences: Readonly<Record<string, number>>): number {
  return Object.values(differences).reduce((sum, rows) => sum + rows, 0);
}
