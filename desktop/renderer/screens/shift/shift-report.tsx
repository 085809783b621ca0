import { csvText } from '../../base/csv.ts';
import { formatMoment, formatMoney } from '../../base/format.ts';
import { saveText } from '../../base/save-file.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { pageStyles } from '../../components/page.tsx';
import { Skeleton } from '../../components/states.tsx';
import { PaperButtons } from '../../printing/print-buttons.tsx';
import { useText } from '../../text/text.ts';
import styles from './shift.module.css';

/** The Z report as it was sealed: it never changes. */
export function ShiftReport({
  shiftId,
  nameOf,
  onClose,
}: {
  readonly shiftId: string;
  readonly nameOf: (staffId: string) => string;
  readonly onClose: () => void;
}) {
  const t = useText();
  const report = useTillQuery('shifts.get', { shiftId }).data;
  if (report === undefined || report === null) return <Skeleton rows={3} />;
  const { figures, closedAt, closedBy } = report;
  const tallies = [
    [t('shift.sales'), figures.sales],
    [t('shift.voids'), figures.voids],
    [t('shift.returns'), figures.returns],
  ] as const;
  const heads = ['shift.taken', 'shift.paidBack', 'shift.expected', 'shift.counted'] as const;
  const payments = figures.payments.map((payment) => ({
    name: t(payment.method === 'cash' ? 'shift.cash' : 'shift.bank'),
    amounts: [
      ...[payment.takenVnd, payment.paidBackVnd, payment.expectedVnd],
      ...[payment.countedVnd, payment.differenceVnd],
    ],
  }));
  const save = () => {
    const rows = [
      [t('shift.z', { number: figures.number }), figures.openedAt, closedAt, nameOf(closedBy)],
      ...tallies.map(([name, { count, totalVnd }]) => [name, count, totalVnd]),
      ['', ...heads.map((key) => t(key)), t('shift.difference')],
      ...payments.map(({ name, amounts }) => [name, ...amounts.map((amount) => amount ?? '')]),
      [t('shift.note'), figures.note],
    ];
    saveText(`Z-${figures.number}.csv`, csvText(rows));
  };
  return (
    <Dialog title={t('shift.z', { number: figures.number })} onClose={onClose} isBroad>
      <p>
        {formatMoment(figures.openedAt)} – {formatMoment(closedAt)} · {nameOf(closedBy)}
      </p>
      <dl className={styles['facts']}>
        {tallies.map(([name, { count, totalVnd }]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {count} · {formatMoney(totalVnd)}
            </dd>
          </div>
        ))}
      </dl>
      <section
        className={styles['scroll']}
        aria-label={t('shift.z', { number: figures.number })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is scrolled by arrow keys
        tabIndex={0}
      >
        <table className={pageStyles['table']}>
          <thead>
            <tr>
              <th aria-label={t('shift.z', { number: figures.number })} />
              {heads.map((key) => (
                <th key={key} className={pageStyles['number']}>
                  {t(key)}
                </th>
              ))}
              <th className={pageStyles['number']}>{t('shift.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {payments.map(({ name, amounts }) => (
              <tr key={name}>
                <td>{name}</td>
                {amounts.map((amount, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move.
                  <td key={index} className={pageStyles['number']}>
                    {amount === null ? '–' : formatMoney(amount)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {figures.note !== '' && <p>{figures.note}</p>}
      <div className={styles['actions']}>
        <PaperButtons request={{ type: 'shift', shiftId }} label={t('shift.printZ')} />
        <Button onPress={save}>{t('shift.csv')}</Button>
      </div>
    </Dialog>
  );
}
