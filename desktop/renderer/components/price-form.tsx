import { useState } from 'react';
import { formatMoney, formatNumber, parseWholeNumber } from '../base/format.ts';
import { notify } from '../base/notices.ts';
import { newCommandId } from '../base/till-client.ts';
import { useTillCommand } from '../base/till-queries.ts';
import { plainNaming } from '../text/problem-text.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import styles from './price-form.module.css';
import { Note, ProblemNote } from './states.tsx';

/** Lists the shop's retail price of one packing level, wherever it is found missing. */
export function PriceForm({
  drug,
  name,
  unit,
  currentVnd,
  label,
  onSaved,
  isFocusedFirst = false,
}: {
  readonly drug: string;
  readonly name: string;
  readonly unit: string;
  readonly currentVnd: number | undefined;
  readonly label: string;
  readonly onSaved?: () => void;
  readonly isFocusedFirst?: boolean;
}) {
  const t = useText();
  const setPrice = useTillCommand('prices.set');
  const [typed, setTyped] = useState<string>();
  const [commandId, setCommandId] = useState(newCommandId);
  const text = typed ?? (currentVnd === undefined ? '' : formatNumber(currentVnd));
  const priceVnd = parseWholeNumber(text);
  const [isZeroSure, setZeroSure] = useState(false);
  const isWrong = typed !== undefined && typed !== '' && priceVnd === undefined;
  const save = async () => {
    if (priceVnd === undefined || setPrice.isRunning) return;
    // A slip of the finger gives the goods away: 0 ₫ is asked for twice.
    if (priceVnd === 0 && !isZeroSure) {
      setZeroSure(true);
      return;
    }
    const reply = await setPrice.run({ commandId, drug, unit, priceVnd });
    if (!reply.ok) return;
    setCommandId(newCommandId());
    setTyped(undefined);
    notify(t('card.priceSaved', { unit, amount: formatMoney(priceVnd) }));
    onSaved?.();
  };
  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className={styles['field']}>
          <Field
            label={label}
            value={text}
            isNumber
            isFocusedFirst={isFocusedFirst}
            problem={isWrong ? t('line.costBad') : undefined}
            onChange={(value) => {
              setTyped(value);
              setZeroSure(false);
              setCommandId(newCommandId());
              setPrice.forgetProblem();
            }}
          />
        </div>
        {(typed !== undefined || currentVnd === undefined) && (
          <Button isSubmit blockedBecause={priceVnd === undefined ? '' : undefined}>
            {t('card.savePrice')}
          </Button>
        )}
      </form>
      {isZeroSure && priceVnd === 0 && (
        <Note kind="warning" role="alert">
          {t('price.isZero')}
        </Note>
      )}
      {setPrice.problem !== null && (
        <ProblemNote problem={setPrice.problem} naming={{ ...plainNaming, nameOf: () => name }} />
      )}
    </>
  );
}
