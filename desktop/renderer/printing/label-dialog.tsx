import { useState } from 'react';
import type { DoseLabelText } from '../../../shared/contract/till-print-api.ts';
import { formatDate } from '../base/format.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { useText } from '../text/text.ts';
import { printPaper } from './print.ts';
import styles from './printing.module.css';

const fields = ['patientName', 'dose', 'times', 'route', 'note'] as const;

/** The label of medicines sold loose (GPP): what the shop knows is filled in, the dose is typed. */
export function LabelDialog({
  label,
  onClose,
}: {
  readonly label: DoseLabelText;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [text, setText] = useState(label);
  const [isTried, setTried] = useState(false);
  const print = async () => {
    setTried(true);
    if (text.dose.trim() === '' || text.times.trim() === '') return;
    if (await printPaper(t, { type: 'label', label: text })) onClose();
  };
  const expiry = text.expiresOn === null ? '' : formatDate(text.expiresOn);
  return (
    <Dialog title={t('label.title')} onClose={onClose} onFinish={() => void print()}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void print();
        }}
      >
        <p>
          <strong>{text.drugName}</strong> · {text.quantity}
          <br />
          {t('label.lot', { lot: text.lot, date: expiry })}
        </p>
        {fields.map((field) => (
          <Field
            key={field}
            label={t(`label.${field}`)}
            value={text[field]}
            maxLength={200}
            problem={
              isTried && (field === 'dose' || field === 'times') && text[field].trim() === ''
                ? t('label.missing')
                : undefined
            }
            onChange={(typed) => setText({ ...text, [field]: typed })}
          />
        ))}
        <Button look="primary" icon="printer" keyShown="F9" isSubmit>
          {t('label.print')}
        </Button>
      </form>
    </Dialog>
  );
}
