import { useState } from 'react';
import type { CurrentShift } from '../../../../shared/contract/till-shop-api.ts';
import { formatMoney, parseWholeNumber } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { notify } from '../../base/notices.ts';
import { useBlockedBecause } from '../../base/session.ts';
import { newCommandId } from '../../base/till-client.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './shift.module.css';

/** The notes in circulation, in đồng; coins are none. */
const faces = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500];

/** Counts what is there, note by note, before anybody is shown what should be. */
export function CloseShift({
  shift,
  isBlind,
  onClosed,
}: {
  readonly shift: CurrentShift;
  /** Nobody was shown what should be there. */
  readonly isBlind: boolean;
  readonly onClosed: (shiftId: string) => void;
}) {
  const t = useText();
  const blocked = useBlockedBecause()('close-shift');
  const closing = useTillCommand('shifts.close');
  const [pieces, setPieces] = useState<Readonly<Record<number, string>>>({});
  const [bank, setBank] = useState('');
  const [note, setNote] = useState('');
  const countedCashVnd = faces.reduce((sum, face) => sum + face * Number(pieces[face] ?? 0), 0);
  const run = async () => {
    if (blocked !== undefined) return;
    const countedVietqrVnd = bank === '' ? null : (parseWholeNumber(bank) ?? null);
    const command = { commandId: newCommandId(), countedCashVnd, countedVietqrVnd, note };
    const reply = await closing.run({ ...command, isBlind });
    if (!reply.ok) return;
    notify(t('shift.closed', { number: shift.number }));
    onClosed(shift.shiftId);
  };
  useKeys({ finish: () => void run() });
  return (
    <Card label={t('shift.close')} isPadded>
      <h2>{t('shift.count')}</h2>
      <p>{t('shift.count.hint')}</p>
      <div className={styles['notes']}>
        {faces.map((face) => (
          <Field
            key={face}
            label={t('shift.pieces', { face: formatMoney(face) })}
            value={pieces[face] ?? ''}
            isNumber
            maxLength={5}
            onChange={(text) => setPieces({ ...pieces, [face]: text.replace(/\D/g, '') })}
          />
        ))}
      </div>
      <p className={styles['sum']}>
        {t('shift.counted')} <strong>{formatMoney(countedCashVnd)}</strong>
      </p>
      <Field label={t('shift.vietqr')} value={bank} onChange={setBank} isNumber />
      <Field label={t('shift.note')} value={note} onChange={setNote} />
      {closing.problem !== null && <ProblemNote problem={closing.problem} />}
      <Button
        look="primary"
        isLarge
        keyShown="F9"
        blockedBecause={blocked}
        onPress={() => void run()}
      >
        {t('shift.close')}
      </Button>
    </Card>
  );
}
