import { type ReactNode, useId, useState } from 'react';
import type { AuditRow } from '../../../../shared/contract/till-shop-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { StaffRole } from '../../../../shared/model/staff.ts';
import { csvText } from '../../base/csv.ts';
import { formatMoney, formatTime } from '../../base/format.ts';
import { saveText } from '../../base/save-file.ts';
import { useSession } from '../../base/session.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Card, Page, pageStyles } from '../../components/page.tsx';
import { BlankSlate, ProblemNote, Skeleton } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { DayPicker } from '../history/day-picker.tsx';
import { documentName } from '../sync/document-name.ts';
import styles from './people.module.css';

/** A day of the shop by person and act, from the journal and the till's own notes. */
export function AuditView({ tabs }: { readonly tabs: ReactNode }) {
  const today = useTillQuery('status.get', {}).data?.today;
  return today === undefined ? <Skeleton /> : <DayOfAudit tabs={tabs} today={today} />;
}

function DayOfAudit({ tabs, today }: { readonly tabs: ReactNode; readonly today: CalendarDate }) {
  const t = useText();
  const session = useSession();
  const [day, setDay] = useState(today);
  const [person, setPerson] = useState('');
  const [what, setWhat] = useState('');
  const audit = useTillQuery('audit.list', { day });
  const all = audit.data?.rows ?? [];
  const rows = all.filter(
    (row) => (person === '' || row.by === person) && (what === '' || row.what === what),
  );
  const nameOf = (staffId: string | null) =>
    session?.people.find((member) => member.staffId === staffId)?.name ?? staffId ?? '–';
  const byOf = ({ by, approvedBy }: AuditRow) =>
    approvedBy === null
      ? nameOf(by)
      : t('audit.approvedBy', { by: nameOf(by), approvedBy: nameOf(approvedBy) });
  const save = () => {
    const head = [
      'audit.at',
      'audit.person',
      'audit.what',
      'audit.subject',
      'audit.changes',
    ] as const;
    const lines = rows.map((row) => [
      ...[row.at, byOf(row), whatWords(t, row.what), row.subject, changeWords(t, row)],
    ]);
    saveText(`nhat-ky-${day}.csv`, csvText([head.map((key) => t(key)), ...lines]));
  };
  return (
    <Page title={t('audit.title')} intro={t('audit.intro')} actions={tabs}>
      <div className={pageStyles['toolbar']}>
        <DayPicker day={day} today={today} onChange={(chosen) => setDay(chosen ?? today)} />
        <Choice
          label={t('audit.person')}
          value={person}
          onChange={setPerson}
          options={[...new Set(all.flatMap(({ by }) => by ?? []))].map((id) => [id, nameOf(id)])}
        />
        <Choice
          label={t('audit.what')}
          value={what}
          onChange={setWhat}
          options={[...new Set(all.map((row) => row.what))].map((id) => [id, whatWords(t, id)])}
        />
        <Button onPress={save}>{t('audit.csv')}</Button>
      </div>
      {audit.error !== null && <ProblemNote problem={audit.error.problem} />}
      <Card label={t('audit.title')}>
        {rows.length === 0 ? (
          <BlankSlate icon="history" title={t('audit.title')} body={t('audit.empty')} />
        ) : (
          <section
            className={styles['scroll']}
            aria-label={t('audit.title')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is scrolled by arrow keys
            tabIndex={0}
          >
            <table className={pageStyles['table']}>
              <thead>
                <tr>
                  <th>{t('audit.at')}</th>
                  <th>{t('audit.person')}</th>
                  <th>{t('audit.what')}</th>
                  <th>{t('audit.subject')}</th>
                  <th>{t('audit.changes')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an act has no name of its own.
                  <tr key={index}>
                    <td>{formatTime(row.at)}</td>
                    <td>{byOf(row)}</td>
                    <td>{whatWords(t, row.what)}</td>
                    <td>{row.subject}</td>
                    <td>{changeWords(t, row)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Card>
    </Page>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: (value: string) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div className={styles['select']}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('audit.all')}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

const ownWhats = [
  'signed-in',
  'locked',
  'wrong-pin',
  'approved',
  'settings-changed',
  'drawer-counted',
  'pin-reset-by-code',
] as const;

function whatWords(t: Translate, what: string): string {
  const own = ownWhats.find((name) => name === what);
  return own === undefined ? documentName(t, { slip: null, type: what }) : t(`audit.what.${own}`);
}

function changeWords(t: Translate, { changes }: AuditRow): string {
  return changes
    .map(({ field, before, after }) => {
      const name = t(`audit.field.${field}`);
      const now = valueWords(t, field, after);
      const was = before === null ? '' : `${valueWords(t, field, before)} → `;
      return field === 'pin' ? name : `${name}: ${was}${now}`;
    })
    .join(' · ');
}

type Change = AuditRow['changes'][number];

function valueWords(t: Translate, field: Change['field'], value: Change['after']): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? t('audit.yes') : t('audit.no');
  if (typeof value === 'number') return field.endsWith('Vnd') ? formatMoney(value) : String(value);
  const role = StaffRole.safeParse(value);
  return field === 'role' && role.success ? t(`role.${role.data}`) : value;
}
