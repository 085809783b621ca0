import { useEffect } from 'react';
import type { ShownFinding } from '../../../../shared/contract/till-safety-api.ts';
import type { CartEntry } from '../../../../shared/rules/cart.ts';
import { findingKey } from '../../../../shared/rules/safety/check-basket.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { namingOf } from '../../components/naming.ts';
import { ProblemNote } from '../../components/states.tsx';
import { reasonIn } from '../../text/safety-text.ts';
import { useText } from '../../text/text.ts';
import styles from './safety.module.css';
import { changeSafety, forgetSafety, personOf, useSafetyState } from './safety-store.ts';

/** Beside the cart, in sight while money is taken: questions, warnings, buyer, prescription. */
export function SafetyPanel({
  entries,
  onPrescription,
  onList,
}: {
  readonly entries: readonly CartEntry[];
  readonly onPrescription: () => void;
  readonly onList: () => void;
}) {
  const t = useText();
  const state = useSafetyState();
  const drugs = [...new Set(entries.map(({ product }) => product.code))];
  const isEmpty = drugs.length === 0;
  useEffect(() => {
    if (isEmpty) forgetSafety();
  }, [isEmpty]);
  const check = useTillQuery(
    'safety.check',
    { drugs, person: personOf(state) },
    { isWanted: !isEmpty },
  );
  const { questions = [], findings = [], buyerFor = [] } = check.data ?? {};
  const { prescription } = state;
  return (
    <section className={styles['panel']} aria-label={t('safety.title')}>
      <div className={styles['papers']}>
        <Button keyShown="F6" onPress={onPrescription}>
          {prescription === null ? t('safety.prescription') : t('safety.prescriptionChange')}
        </Button>
        <Button look="quiet" keyShown="Shift F6" onPress={onList}>
          {t('safety.list')}
        </Button>
        {prescription !== null && (
          <span>
            <b>{prescription.prescription.code}</b> · {prescription.prescription.patient.name}
          </span>
        )}
      </div>
      {check.error !== null && <ProblemNote problem={check.error.problem} />}
      {!isEmpty && <Questions questions={questions} />}
      {!isEmpty && buyerFor.length > 0 && prescription === null && <BuyerFields />}
      {!isEmpty && findings.length > 0 && (
        <ul className={styles['findings']}>
          {findings.map((finding) => (
            <FindingLine key={findingKey(finding)} finding={finding} entries={entries} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Questions({
  questions,
}: {
  readonly questions: readonly ('age' | 'pregnancy' | 'breast-feeding')[];
}) {
  const t = useText();
  const state = useSafetyState();
  if (questions.length === 0) return null;
  return (
    <fieldset className={styles['questions']}>
      <legend>{t('safety.ask')}</legend>
      {questions.includes('age') && (
        <>
          <Field
            label={state.isInMonths ? t('safety.ageMonths') : t('safety.ageYears')}
            value={state.age}
            isNumber
            maxLength={3}
            onChange={(age) => changeSafety({ age })}
          />
          <Tick
            label={t('safety.inMonths')}
            isTicked={state.isInMonths}
            onChange={(isInMonths) => changeSafety({ isInMonths })}
          />
        </>
      )}
      {questions.includes('pregnancy') && (
        <Tick
          label={t('safety.pregnant')}
          isTicked={state.isPregnant}
          onChange={(isPregnant) => changeSafety({ isPregnant })}
        />
      )}
      {questions.includes('breast-feeding') && (
        <Tick
          label={t('safety.breastFeeding')}
          isTicked={state.isBreastFeeding}
          onChange={(isBreastFeeding) => changeSafety({ isBreastFeeding })}
        />
      )}
    </fieldset>
  );
}

function Tick({
  label,
  isTicked,
  onChange,
}: {
  readonly label: string;
  readonly isTicked: boolean;
  readonly onChange: (isTicked: boolean) => void;
}) {
  return (
    <label className={styles['tick']}>
      <input
        type="checkbox"
        checked={isTicked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

function BuyerFields() {
  const t = useText();
  const { buyerName, buyerAddress } = useSafetyState();
  return (
    <fieldset className={styles['questions']}>
      <legend>{t('safety.buyer')}</legend>
      <Field
        label={t('safety.buyerName')}
        value={buyerName}
        maxLength={200}
        onChange={(name) => changeSafety({ buyerName: name })}
      />
      <Field
        label={t('safety.buyerAddress')}
        value={buyerAddress}
        maxLength={200}
        onChange={(address) => changeSafety({ buyerAddress: address })}
      />
    </fieldset>
  );
}

function FindingLine({
  finding,
  entries,
}: {
  readonly finding: ShownFinding;
  readonly entries: readonly CartEntry[];
}) {
  const t = useText();
  const { reasons } = useSafetyState();
  const key = findingKey(finding);
  const { nameOf } = namingOf(entries.map(({ product }) => product));
  const isForbidden = finding.severity === 'contraindicated';
  const names = finding.drugs.map(nameOf).join(' + ');
  const because = reasonIn(t, finding.reason) ?? t('safety.twice');
  return (
    <li className={styles[isForbidden ? 'forbidden' : 'severe']}>
      <p>
        <Badge kind={isForbidden ? 'danger' : 'warning'}>
          {isForbidden ? t('safety.forbidden') : t('safety.severe')}
        </Badge>{' '}
        <strong>{names}</strong>
      </p>
      <p>{because}</p>
      <small>{finding.reference}</small>
      {!isForbidden && (
        <Field
          label={t('safety.reason', { names })}
          value={reasons[key] ?? ''}
          maxLength={200}
          onChange={(reason) => changeSafety({ reasons: { ...reasons, [key]: reason } })}
        />
      )}
    </li>
  );
}
