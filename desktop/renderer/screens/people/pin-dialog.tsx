import { useState } from 'react';
import type { StaffRow } from '../../../../shared/contract/till-shop-api.ts';
import { notify } from '../../base/notices.ts';
import { takeSession } from '../../base/session.ts';
import { callTill, newCommandId } from '../../base/till-client.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './people.module.css';

/** A new PIN, typed twice; nobody, not even this screen, ever sees an old one. */
export function PinDialog({
  row,
  onClose,
}: {
  readonly row: StaffRow;
  readonly onClose: () => void;
}) {
  const t = useText();
  const setting = useTillCommand('staff.setPin');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isDifferent, setDifferent] = useState(false);
  const save = async () => {
    setDifferent(pin !== again);
    if (pin !== again) return;
    const reply = await setting.run({ commandId: newCommandId(), staffId: row.staffId, pin });
    if (!reply.ok) return;
    const session = await callTill('session.get', {});
    if (session.ok) takeSession(session.value);
    notify(t('people.pin.saved', { name: row.name }));
    onClose();
  };
  return (
    <Dialog
      title={t('people.setPin.of', { name: row.name })}
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
        <p>{t('people.pin.hint')}</p>
        <PinBox label={t('people.pin.new')} value={pin} onChange={setPin} />
        <PinBox label={t('people.pin.again')} value={again} onChange={setAgain} />
        {isDifferent && pin !== again && (
          <p className={styles['problem']} role="alert">
            {t('people.pin.different')}
          </p>
        )}
        {setting.problem !== null && <ProblemNote problem={setting.problem} />}
        <Button look="primary" isLarge isSubmit keyShown="Enter">
          {t('people.save')}
        </Button>
      </form>
    </Dialog>
  );
}

function PinBox({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className={styles['pin']}>
      {label}
      <input
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        maxLength={6}
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
      />
    </label>
  );
}
