import { useState } from 'react';
import { banks } from '../../../shared/model/banks.ts';
import {
  BankAccount,
  type PaymentSettings,
  ShopAccount,
} from '../../../shared/model/payment-settings.ts';
import { cashRoundingSteps } from '../../../shared/rules/payment.ts';
import { counterId } from '../base/counter-id.ts';
import { formatMoney } from '../base/format.ts';
import { notify } from '../base/notices.ts';
import { useTillCommand } from '../base/till-queries.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import styles from './payment-form.module.css';
import { ProblemNote } from './states.tsx';

/** Where this counter is paid. */
export function accountOf(settings: PaymentSettings): ShopAccount | null {
  return settings.counterAccounts[counterId] ?? settings.account;
}

/** The shop's bank account, an own one of this counter, and the rule for small change. */
export function PaymentForm({
  settings,
  onSaved,
}: {
  readonly settings: PaymentSettings;
  readonly onSaved?: () => void;
}) {
  const t = useText();
  const change = useTillCommand('settings.change');
  const before = accountOf(settings);
  const [bankBin, setBankBin] = useState(before?.bankBin ?? '');
  const [number, setNumber] = useState(before?.number ?? '');
  const [holder, setHolder] = useState(before?.holder ?? '');
  const [isOwn, setOwn] = useState(settings.counterAccounts[counterId] !== undefined);
  const [cashRoundingVnd, setRounding] = useState(settings.cashRoundingVnd);
  const [isTried, setTried] = useState(false);
  const wanted = ShopAccount.safeParse({ bankBin, number: number.replaceAll(' ', ''), holder });
  const isEmpty = bankBin === '' && number === '' && holder === '';
  const save = async () => {
    setTried(true);
    if (change.isRunning || (!wanted.success && !isEmpty)) return;
    const account = wanted.success ? wanted.data : null;
    const payment = settingsAfter(settings, { account, isOwn, cashRoundingVnd });
    const reply = await change.run({ payment });
    if (!reply.ok) return;
    notify(t('payset.saved'));
    onSaved?.();
  };
  const numberProblem = BankAccount.shape.number.safeParse(number.replaceAll(' ', '')).success
    ? undefined
    : t('payset.numberBad');
  const isWrong = isTried && !isEmpty;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className={styles['select']}>
        <span>{t('payset.bank')}</span>
        <select value={bankBin} onChange={(event) => setBankBin(event.target.value)}>
          <option value="">{t('payset.chooseBank')}</option>
          {banks.map(({ bin, name }) => (
            <option key={bin} value={bin}>
              {name}
            </option>
          ))}
        </select>
        {isWrong && bankBin === '' && (
          <small className={styles['problem']}>{t('payset.bankMissing')}</small>
        )}
      </label>
      <Field
        label={t('payset.number')}
        value={number}
        onChange={setNumber}
        maxLength={24}
        problem={isWrong ? numberProblem : undefined}
      />
      <Field
        label={t('payset.holder')}
        value={holder}
        onChange={setHolder}
        maxLength={100}
        problem={isWrong && holder.trim() === '' ? t('payset.holderMissing') : undefined}
      />
      <label className={styles['check']}>
        <input type="checkbox" checked={isOwn} onChange={(event) => setOwn(event.target.checked)} />
        <span>{t('payset.own')}</span>
      </label>
      <fieldset className={styles['choices']}>
        <legend>{t('payset.rounding')}</legend>
        {cashRoundingSteps.map((step) => (
          <label key={step} className={styles['check']}>
            <input
              type="radio"
              name="rounding"
              checked={cashRoundingVnd === step}
              onChange={() => setRounding(step)}
            />
            <span>
              {step === 0
                ? t('payset.noRounding')
                : t('payset.roundTo', { step: formatMoney(step) })}
            </span>
          </label>
        ))}
      </fieldset>
      {change.problem !== null && <ProblemNote problem={change.problem} />}
      <Button look="primary" isSubmit>
        {t('payset.save')}
      </Button>
    </form>
  );
}

function settingsAfter(
  before: PaymentSettings,
  chosen: {
    readonly account: ShopAccount | null;
    readonly isOwn: boolean;
    readonly cashRoundingVnd: PaymentSettings['cashRoundingVnd'];
  },
): PaymentSettings {
  const { account, isOwn, cashRoundingVnd } = chosen;
  const { [counterId]: _own, ...others } = before.counterAccounts;
  if (isOwn && account !== null) {
    const counterAccounts = { ...others, [counterId]: account };
    return { account: before.account, counterAccounts, cashRoundingVnd };
  }
  return { account, counterAccounts: others, cashRoundingVnd };
}
