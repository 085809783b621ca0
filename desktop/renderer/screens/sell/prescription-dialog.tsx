import { useState } from 'react';
import type { PaperPhoto } from '../../../../shared/events/prescription-dispensed.ts';
import { Treatment } from '../../../../shared/model/prescription.ts';
import type { CartEntry } from '../../../../shared/rules/cart.ts';
import { formatDate } from '../../base/format.ts';
import { callTill } from '../../base/till-client.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { PaperPhotoField } from './paper-photo-field.tsx';
import {
  emptyForm,
  formOf,
  missingIn,
  type PaperField,
  type PaperForm,
  type PaperLine,
  prescriptionOf,
} from './prescription-form.ts';
import styles from './safety.module.css';
import { changeSafety, safetyState } from './safety-store.ts';

type Known = Awaited<ReturnType<typeof lookUp>>;

/** F6: what stands on the paper, beside what is sold of it. */
export function PrescriptionDialog({
  entries,
  today,
  onClose,
}: {
  readonly entries: readonly CartEntry[];
  readonly today: string | undefined;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [form, setForm] = useState<PaperForm>(() => startForm(entries, today));
  const [photo, setPhoto] = useState<PaperPhoto | null>(safetyState().photo);
  const [isTried, setTried] = useState(false);
  const [known, setKnown] = useState<Known>();
  const change = (parts: Partial<PaperForm>) => setForm((before) => ({ ...before, ...parts }));
  const missing = missingIn(form);
  const use = () => {
    setTried(true);
    const prescription = prescriptionOf(form, photo);
    if (prescription === undefined) return;
    changeSafety({ form, prescription, photo });
    onClose();
  };
  const ask = async () => {
    setTried(true);
    const entered = prescriptionOf(form, null);
    if (entered !== undefined) setKnown(await lookUp(entered.prescription));
  };
  const remove = () => {
    changeSafety({ form: null, prescription: null, photo: null });
    onClose();
  };
  return (
    <Dialog title={t('paper.title')} onClose={onClose} onFinish={use} isBroad>
      <form
        className={styles['paper']}
        onSubmit={(event) => {
          event.preventDefault();
          use();
        }}
      >
        <PaperFields form={form} missing={isTried ? missing : []} onChange={change} />
        <PaperLines entries={entries} form={form} onChange={change} />
        <PaperPhotoField photo={photo} onChange={setPhoto} />
        {known !== undefined && <KnownNote known={known} />}
        <div className={styles['end']}>
          {safetyState().prescription !== null && (
            <Button onPress={remove}>{t('paper.remove')}</Button>
          )}
          <Button onPress={() => void ask()}>{t('paper.lookUp')}</Button>
          <Button look="primary" isSubmit keyShown="F9">
            {t('paper.use')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function PaperFields({
  form,
  missing,
  onChange,
}: {
  readonly form: PaperForm;
  readonly missing: readonly PaperField[];
  readonly onChange: (parts: Partial<PaperForm>) => void;
}) {
  const t = useText();
  const problem = (name: PaperField) => (missing.includes(name) ? t('paper.missing') : undefined);
  const text = (name: PaperField | 'birthYear' | 'address' | 'collectorName' | 'collectorId') => ({
    label: t(`paper.${name}`),
    value: form[name],
    maxLength: 200,
    onChange: (value: string) => onChange({ [name]: value }),
  });
  const written = formOf(form);
  const needsCollector = written === 'n' || written === 'h';
  return (
    <div className={styles['fields']}>
      <Field {...text('code')} hint={t('paper.codeHint')} problem={problem('code')} />
      <Choice
        label={t('paper.kind')}
        value={form.kind}
        options={[
          ['electronic', t('paper.kind.electronic')],
          ['paper', t('paper.kind.paper')],
        ]}
        onChange={(kind) => onChange({ kind: kind === 'paper' ? 'paper' : 'electronic' })}
      />
      <Choice
        label={t('paper.form')}
        value={written}
        options={(['c', 'n', 'h', 't', 'y'] as const).map((form) => [
          form,
          t(`paper.form.${form}`),
        ])}
        onChange={(value) => {
          const form = (['c', 'n', 'h', 't', 'y'] as const).find((letter) => letter === value);
          if (form !== undefined) onChange({ form });
        }}
      />
      <Field {...text('issuedOn')} problem={problem('issuedOn')} isNumber />
      <Choice
        label={t('paper.treatment')}
        value={form.treatment}
        options={Treatment.options.map((option) => [option, t(`paper.treatment.${option}`)])}
        onChange={(value) => {
          const treatment = Treatment.options.find((option) => option === value);
          if (treatment !== undefined) onChange({ treatment });
        }}
      />
      <Field {...text('facilityName')} problem={problem('facilityName')} />
      <Field {...text('prescriberName')} problem={problem('prescriberName')} />
      <Field {...text('patientName')} problem={problem('patientName')} />
      <Field {...text('birthYear')} isNumber />
      <Field {...text('address')} />
      {needsCollector && <Field {...text('collectorName')} />}
      {needsCollector && <Field {...text('collectorId')} hint={t('paper.collectorHint')} />}
    </div>
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
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className={styles['choice']}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function PaperLines({
  entries,
  form,
  onChange,
}: {
  readonly entries: readonly CartEntry[];
  readonly form: PaperForm;
  readonly onChange: (parts: Partial<PaperForm>) => void;
}) {
  const t = useText();
  const nameOf = (drug: string) =>
    entries.find(({ product }) => product.code === drug)?.product.name ?? drug;
  const set = (drug: string, parts: Partial<PaperLine>) =>
    onChange({
      lines: form.lines.map((line) => (line.drug === drug ? { ...line, ...parts } : line)),
    });
  return (
    <fieldset className={styles['lines']}>
      <legend>{t('paper.lines')}</legend>
      {form.lines.map(({ drug, units, days }) => (
        <div key={drug} className={styles['line']}>
          <strong>{nameOf(drug)}</strong>
          <Field
            label={t('paper.units')}
            value={units}
            isNumber
            maxLength={9}
            onChange={(value) => set(drug, { units: value })}
          />
          <Field
            label={t('paper.days')}
            value={days}
            isNumber
            maxLength={3}
            onChange={(value) => set(drug, { days: value })}
          />
        </div>
      ))}
    </fieldset>
  );
}

function KnownNote({ known }: { readonly known: Known }) {
  const t = useText();
  if (!known.ok) return <ProblemNote problem={known.error} />;
  const { state, lines } = known.value;
  if (state === 'unreachable') return <Note kind="warning">{t('paper.unreachable')}</Note>;
  if (lines.length === 0) return <Note kind="good">{t('paper.unknownElsewhere')}</Note>;
  const [first] = lines;
  return (
    <Note kind="warning">
      {t('paper.soldElsewhere', {
        units: first?.dispensedUnits ?? 0,
        prescribed: first?.prescribedUnits ?? 0,
      })}
    </Note>
  );
}

function lookUp(prescription: NonNullable<ReturnType<typeof prescriptionOf>>['prescription']) {
  return callTill('prescriptions.lookUp', { prescription });
}

/** What was typed before, with a line for each drug of the cart: all of it unless said otherwise. */
function startForm(entries: readonly CartEntry[], today: string | undefined): PaperForm {
  const before = safetyState().form ?? emptyForm(today === undefined ? '' : formatDate(today));
  const units = new Map<string, number>();
  for (const { product, unit, quantity } of entries) {
    if (!product.isPrescription && before.lines.every(({ drug }) => drug !== product.code))
      continue;
    units.set(product.code, (units.get(product.code) ?? 0) + quantity * unit.factor);
  }
  const all =
    units.size > 0 ? units : new Map(entries.map((one) => [one.product.code, one.quantity]));
  const lines = [...all].map(
    ([drug, sold]) =>
      before.lines.find((line) => line.drug === drug) ?? { drug, units: String(sold), days: '' },
  );
  return { ...before, lines };
}
