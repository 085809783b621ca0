import { useId, useState } from 'react';
import type { StaffRow } from '../../../../shared/contract/till-shop-api.ts';
import { StaffId } from '../../../../shared/model/facility.ts';
import { StaffRole } from '../../../../shared/model/staff.ts';
import { notify } from '../../base/notices.ts';
import { newCommandId } from '../../base/till-client.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './people.module.css';

/** Somebody new, or what has changed about somebody; also that they have left. */
export function PersonDialog({
  row,
  known,
  onClose,
}: {
  readonly row: StaffRow | undefined;
  readonly known: readonly StaffRow[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const change = useTillCommand('staff.change');
  const [isTried, setTried] = useState(false);
  const [person, setPerson] = useState({
    staffId: row?.staffId ?? nextStaffId(known),
    name: row?.name ?? '',
    role: row?.role ?? 'seller',
    certificateNumber: row?.certificateNumber ?? '',
    isOnDuty: row?.isOnDuty ?? true,
    isEmployed: row?.isEmployed ?? true,
  });
  const roleId = useId();
  const isBadId = !StaffId.safeParse(person.staffId).success;
  const save = async () => {
    setTried(true);
    if (person.name.trim() === '' || isBadId) return;
    const reply = await change.run({ commandId: newCommandId(), ...person });
    if (!reply.ok) return;
    notify(t('people.saved', { name: person.name }));
    onClose();
  };
  const missing = isTried ? t('people.missing') : undefined;
  return (
    <Dialog
      title={row ? t('people.change.of', { name: row.name }) : t('people.add')}
      onClose={onClose}
      onFinish={() => void save()}
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t('people.name')}
          value={person.name}
          onChange={(name) => setPerson({ ...person, name })}
          problem={person.name.trim() === '' ? missing : undefined}
        />
        {row === undefined && (
          <Field
            label={t('people.staffId')}
            value={person.staffId}
            hint={t('people.staffId.hint')}
            onChange={(staffId) => setPerson({ ...person, staffId: staffId.toUpperCase() })}
            problem={isBadId && isTried ? t('people.staffId.hint') : undefined}
          />
        )}
        <div className={styles['select']}>
          <label htmlFor={roleId}>{t('people.role')}</label>
          <select
            id={roleId}
            value={person.role}
            onChange={(event) =>
              setPerson({ ...person, role: StaffRole.parse(event.target.value) })
            }
          >
            {StaffRole.options.map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </select>
        </div>
        <Field
          label={t('people.certificate')}
          value={person.certificateNumber}
          hint={t('people.certificate.hint')}
          onChange={(certificateNumber) => setPerson({ ...person, certificateNumber })}
        />
        <Tick
          label={t('people.duty')}
          isOn={person.isOnDuty}
          onChange={(isOnDuty) => setPerson({ ...person, isOnDuty })}
        />
        {row !== undefined && (
          <Tick
            label={t('people.employed')}
            hint={t('people.employed.hint')}
            isOn={person.isEmployed}
            onChange={(isEmployed) => setPerson({ ...person, isEmployed })}
          />
        )}
        {change.problem !== null && <ProblemNote problem={change.problem} />}
        <Button look="primary" isLarge isSubmit keyShown="F9">
          {t('people.save')}
        </Button>
      </form>
    </Dialog>
  );
}

export function Tick({
  label,
  hint,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label className={styles['tick']}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </label>
  );
}

/** `NV02` behind `NV01`: the first that nobody has. */
function nextStaffId(known: readonly StaffRow[]): string {
  const taken = new Set(known.map(({ staffId }) => staffId));
  for (let number = 1; number <= known.length + 1; number += 1) {
    const staffId = `NV${String(number).padStart(2, '0')}`;
    if (!taken.has(staffId)) return staffId;
  }
  return '';
}
