import { useState } from 'react';
import type { TillAnswer } from '../../../../shared/contract/till-api.ts';
import type { ReturnCondition } from '../../../../shared/events/customer-return-accepted.ts';
import type { PaymentMethod } from '../../../../shared/events/sale-completed.ts';
import type { UnitTree } from '../../../../shared/model/quantity.ts';
import { joinPacks } from '../../../../shared/model/quantity.ts';
import type { GoodsBack } from '../../../../shared/rules/open-sale.ts';
import type { CashRoundingStep } from '../../../../shared/rules/payment.ts';
import { parseQuantities } from '../../../../shared/rules/quantity-grammar.ts';
import { decideCustomerReturn } from '../../../../shared/rules/returns.ts';
import { formatDate, formatMoney, formatUnits } from '../../base/format.ts';
import { goTo } from '../../base/route.ts';
import { newCommandId } from '../../base/till-client.ts';
import { isClearNo, useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { type DrugNaming, problemSentence } from '../../text/problem-text.ts';
import { useText } from '../../text/text.ts';
import { changeCart } from './cart-store.ts';
import styles from './sell.module.css';

export type Slip = NonNullable<TillAnswer<'sales.get'>>;
export type Returned = { readonly slip: string; readonly paidVnd: number };

const conditions: readonly ReturnCondition[] = ['sealed', 'opened', 'damaged'];
const methods: readonly PaymentMethod[] = ['cash', 'vietqr'];

/** What of a sale comes back, how it looks and why; the refund is figured as it is typed. */
export function ReturnForm({
  slip,
  cashRoundingVnd,
  onBack,
  onReturned,
  onExchange,
}: {
  readonly slip: Slip;
  readonly cashRoundingVnd: CashRoundingStep;
  readonly onBack: (() => void) | undefined;
  readonly onReturned: (returned: Returned) => void;
  readonly onExchange: () => void;
}) {
  const t = useText();
  const form = useReturn(slip, cashRoundingVnd);
  const { goods, decided, reason, isTried, naming } = form;
  const isMissing = reason.trim() === '';
  const worthVnd = decided.ok ? decided.value.worthVnd : 0;
  const paidVnd = decided.ok ? (decided.value.refund?.paidVnd ?? 0) : 0;
  const isReady = decided.ok && !isMissing;
  const accept = async () => {
    form.setTried(true);
    const reply = isReady ? await form.send() : undefined;
    if (reply?.ok) onReturned({ slip: slip.row.slip, paidVnd: reply.value.paidVnd });
  };
  const exchange = () => {
    form.setTried(true);
    if (!isReady) return;
    changeCart({
      type: 'exchangeBegun',
      exchange: { ...goods, slip: slip.row.slip, worthVnd },
    });
    goTo('sell');
    onExchange();
  };
  const refusal = decided.ok || (decided.error.type === 'EmptyDocument' && !isTried);
  return (
    <form
      className={styles['pay']}
      onSubmit={(event) => {
        event.preventDefault();
        void accept();
      }}
    >
      <p>{t('back.lead', { slip: slip.row.slip })}</p>
      <Lines slip={slip} form={form} />
      <Choices form={form} slip={slip} />
      <Field
        label={t('back.reason')}
        value={reason}
        onChange={form.setReason}
        maxLength={200}
        problem={isTried && isMissing ? t('back.reasonMissing') : undefined}
      />
      <span className={styles['quick']}>
        {[t('back.reason.wrong'), t('back.reason.allergy'), t('back.reason.unused')].map((text) => (
          <Button key={text} onPress={() => form.setReason(text)}>
            {text}
          </Button>
        ))}
      </span>
      {!refusal && !decided.ok && (
        <p className={styles['reason']} role="alert">
          {decided.error.type === 'EmptyDocument'
            ? t('back.nothing')
            : problemSentence(t, decided.error, naming)}
        </p>
      )}
      {form.problem !== null && <ProblemNote problem={form.problem} naming={naming} />}
      <div className={styles['backEnd']}>
        <p className={styles['backSum']} role="status">
          {t('pay.givenBack')}
          <strong>{formatMoney(paidVnd)}</strong>
        </p>
        <div className={styles['formEnd']}>
          {onBack !== undefined && <Button onPress={onBack}>{t('back.other')}</Button>}
          <Button onPress={exchange}>{t('back.exchange')}</Button>
          <Button look="primary" isSubmit keyShown="Enter">
            {t('back.accept')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Lines({
  slip,
  form,
}: {
  readonly slip: Slip;
  readonly form: ReturnType<typeof useReturn>;
}) {
  const t = useText();
  return (
    <ul className={styles['backLines']}>
      {form.sold.map((sold, index) => (
        <li key={sold.key}>
          <span>
            <strong>{slip.drugNames[sold.drug] ?? sold.drug}</strong>
            <small className={styles['detail']}>
              {t('back.soldLot', {
                lot: sold.lot,
                date: formatDate(sold.expiresOn),
                left: formatUnits(sold.leftUnits, sold.tree),
              })}
            </small>
          </span>
          <Field
            label={t('back.quantityOf', { name: slip.drugNames[sold.drug] ?? sold.drug })}
            value={form.typed[sold.key] ?? ''}
            isNumber
            inputMode="text"
            isFocusedFirst={index === 0}
            placeholder="0"
            onChange={(text) => form.type(sold.key, text)}
          />
          <Button onPress={() => form.type(sold.key, String(sold.leftUnits))}>
            {t('back.all', { amount: formatUnits(sold.leftUnits, sold.tree) })}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Choices({
  form,
  slip,
}: {
  readonly form: ReturnType<typeof useReturn>;
  readonly slip: Slip;
}) {
  const t = useText();
  return (
    <div className={styles['choiceRows']}>
      <fieldset className={styles['choiceRow']}>
        <legend>{t('back.condition')}</legend>
        {conditions.map((condition) => (
          <label key={condition}>
            <input
              type="radio"
              name="condition"
              checked={form.condition === condition}
              onChange={() => form.setCondition(condition)}
            />
            <span>{t(`back.condition.${condition}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className={styles['choiceRow']}>
        <legend>{t('back.method')}</legend>
        {methods.map((method) => (
          <label key={method}>
            <input
              type="radio"
              name="method"
              checked={form.method === method}
              onChange={() => form.setMethod(method)}
            />
            <span>{t(`back.method.${method}`)}</span>
          </label>
        ))}
      </fieldset>
      {slip.controlledDrugs.length > 0 && (
        <Field
          label={t('back.minutes')}
          value={form.minutes}
          onChange={form.setMinutes}
          maxLength={50}
          hint={t('back.minutesHint')}
        />
      )}
    </div>
  );
}

function useReturn(slip: Slip, cashRoundingVnd: CashRoundingStep) {
  const command = useTillCommand('sales.return');
  const [commandId, setCommandId] = useState(newCommandId);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [condition, setCondition] = useState<ReturnCondition>('sealed');
  const [method, setMethod] = useState<PaymentMethod>('cash');
  const [minutes, setMinutes] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const sold = soldLots(slip);
  const lines = sold.flatMap(({ drug, lot, expiresOn, saleLine, tree, key }) => {
    const units = unitsOf(typed[key] ?? '', tree);
    return units === 0 ? [] : [{ drug, lot, expiresOn, saleLine, units, condition }];
  });
  const { id } = slip.row;
  const goods: GoodsBack = {
    ...{ saleId: id, reason: reason.trim(), lines, method },
    ...(minutes.trim() === '' ? {} : { minutesNumber: minutes.trim() }),
  };
  const { sale, row, returned, refundedVnd, controlledDrugs } = slip;
  const decided = decideCustomerReturn(
    {
      ...{ sale: { id, data: sale }, isVoided: row.isVoided, returned, refundedVnd },
      ...{ cashRoundingVnd, controlledDrugs: new Set(controlledDrugs) },
    },
    goods,
  );
  const send = async () => {
    const reply = await command.run({ commandId, ...goods });
    if (!reply.ok && isClearNo(reply.error)) setCommandId(newCommandId());
    return reply;
  };
  return {
    ...{ sold, typed, condition, method, minutes, reason, isTried, goods, decided, send },
    ...{ setCondition, setMethod, setMinutes, setReason, setTried },
    type: (key: string, text: string) => setTyped({ ...typed, [key]: text }),
    problem: command.problem,
    naming: namingOfSlip(slip),
  };
}

/** Every lot of every line with what has not come back of it yet. */
function soldLots({ sale, returned, unitsByDrug }: Slip) {
  return sale.lines.flatMap((line, saleLine) =>
    line.picks.map((pick) => {
      const { drug, unit } = line;
      const { lot, expiresOn } = pick;
      const backUnits = returned
        .filter((past) => past.saleLine === saleLine && past.lot === lot)
        .filter((past) => past.expiresOn === expiresOn)
        .reduce((sum, past) => sum + past.units, 0);
      const tree: UnitTree = unitsByDrug[drug] ?? [{ name: unit.name, factor: unit.factor }];
      const key = `${saleLine} ${lot} ${expiresOn}`;
      return { drug, lot, expiresOn, saleLine, tree, key, leftUnits: pick.units - backUnits };
    }),
  );
}

/** `10` counts the smallest unit, `1v` one vỉ; what is no quantity is refused by the rule. */
function unitsOf(text: string, tree: UnitTree): number {
  if (text.trim() === '' || text.trim() === '0') return 0;
  const [unit] = tree;
  const parts = unit === undefined ? undefined : parseQuantities(text, { tree, unit });
  return parts === undefined ? Number.NaN : joinPacks(parts);
}

function namingOfSlip({ drugNames, unitsByDrug }: Slip): DrugNaming {
  return {
    nameOf: (drug) => drugNames[drug] ?? drug,
    unitsOf: (drug, units) => formatUnits(units, unitsByDrug[drug] ?? []),
  };
}
