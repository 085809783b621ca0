import { useId, useState } from 'react';
import type { ShopSettings } from '../../../../shared/model/shop-settings.ts';
import { notify } from '../../base/notices.ts';
import { useBlockedBecause } from '../../base/session.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './people.module.css';
import { Tick } from './person-dialog.tsx';

const policies = ['offered', 'required', 'off'] as const;

/** What the shop decides about locks, PINs, discounts and shifts. */
export function ShopRules({ settings }: { readonly settings: ShopSettings }) {
  const t = useText();
  const blockedBecause = useBlockedBecause();
  const change = useTillCommand('settings.change');
  const [rules, setRules] = useState(settings);
  const shiftId = useId();
  const save = async () => {
    const { idleMinutes, isPinAskedAtStart, shift, freeDiscountPercent } = rules;
    const chosen = { idleMinutes, isPinAskedAtStart, shift, freeDiscountPercent };
    if ((await change.run(chosen)).ok) notify(t('people.settings.saved'));
  };
  const wholeNumber = (text: string, max: number) =>
    Math.min(max, Number(text.replace(/\D/g, '').slice(0, 3)));
  return (
    <Card label={t('people.settings.title')} isPadded>
      <form
        className={styles['rules']}
        onSubmit={(event) => {
          event.preventDefault();
          if (blockedBecause('keep-the-till') === undefined) void save();
        }}
      >
        <h2>{t('people.settings.title')}</h2>
        <Field
          label={t('people.settings.idle')}
          isNumber
          value={String(rules.idleMinutes)}
          onChange={(text) => setRules({ ...rules, idleMinutes: wholeNumber(text, 240) })}
        />
        <Field
          label={t('people.settings.discount')}
          isNumber
          value={String(rules.freeDiscountPercent)}
          onChange={(text) => setRules({ ...rules, freeDiscountPercent: wholeNumber(text, 100) })}
        />
        <div className={styles['select']}>
          <label htmlFor={shiftId}>{t('people.settings.shift')}</label>
          <select
            id={shiftId}
            value={rules.shift}
            onChange={({ target }) => {
              const shift = policies.find((policy) => policy === target.value);
              if (shift !== undefined) setRules({ ...rules, shift });
            }}
          >
            {policies.map((policy) => (
              <option key={policy} value={policy}>
                {t(`people.settings.shift.${policy}`)}
              </option>
            ))}
          </select>
        </div>
        <Tick
          label={t('people.settings.start')}
          hint={t('people.settings.start.hint')}
          isOn={rules.isPinAskedAtStart}
          onChange={(isPinAskedAtStart) => setRules({ ...rules, isPinAskedAtStart })}
        />
        {change.problem !== null && <ProblemNote problem={change.problem} />}
        <Button isSubmit blockedBecause={blockedBecause('keep-the-till')}>
          {t('people.save')}
        </Button>
      </form>
    </Card>
  );
}
