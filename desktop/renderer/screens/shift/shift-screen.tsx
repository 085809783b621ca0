import { useState } from 'react';
import type { CurrentShift } from '../../../../shared/contract/till-shop-api.ts';
import { formatMoment, formatMoney, parseWholeNumber } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { notify } from '../../base/notices.ts';
import { useBlockedBecause, useSession } from '../../base/session.ts';
import { newCommandId } from '../../base/till-client.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Card, Page, pageStyles } from '../../components/page.tsx';
import { BlankSlate, ProblemNote, Skeleton } from '../../components/states.tsx';
import { PaperButtons } from '../../printing/print-buttons.tsx';
import { useText } from '../../text/text.ts';
import { CloseShift } from './close-shift.tsx';
import styles from './shift.module.css';
import { ShiftReport } from './shift-report.tsx';

/** From the float to the count of the drawer; and the reports of the shifts before. */
export function ShiftScreen() {
  const t = useText();
  const session = useSession();
  const blockedBecause = useBlockedBecause();
  const maySee = session !== undefined && blockedBecause('see-expected-cash') === undefined;
  // Whoever counts after having looked has not counted blindly, and the Z report says so.
  const [hasLooked, setLooked] = useState(false);
  const isXShown = maySee && hasLooked;
  const current = useTillQuery('shifts.current', { isBlind: !isXShown });
  const [shown, setShown] = useState<string>();
  const nameOf = (staffId: string) =>
    session?.people.find((member) => member.staffId === staffId)?.name ?? staffId;
  const open = current.data;
  const closed = (shiftId: string) => {
    setLooked(false);
    setShown(shiftId);
  };
  const intro =
    open &&
    t('shift.openNow', {
      number: open.number,
      time: formatMoment(open.openedAt),
      name: nameOf(open.openedBy),
    });
  return (
    <Page title={t('shift.title')} intro={intro ?? t('shift.none')}>
      {current.error !== null && <ProblemNote problem={current.error.problem} />}
      <div className={styles['parts']}>
        {current.data === undefined && <Skeleton rows={3} />}
        {current.data === null && <OpenShift />}
        {open && (
          <CloseShift key={open.shiftId} shift={open} isBlind={!hasLooked} onClosed={closed} />
        )}
        {open && isXShown && <XReport shift={open} />}
        {open && maySee && !hasLooked && (
          <Button onPress={() => setLooked(true)}>{t('shift.x')}</Button>
        )}
      </div>
      <ShiftList nameOf={nameOf} maySee={maySee} onShow={setShown} />
      {shown !== undefined && maySee && (
        <ShiftReport shiftId={shown} nameOf={nameOf} onClose={() => setShown(undefined)} />
      )}
    </Page>
  );
}

function OpenShift() {
  const t = useText();
  const blockedBecause = useBlockedBecause();
  const opening = useTillCommand('shifts.open');
  const [float, setFloat] = useState('');
  const blocked = blockedBecause('open-shift');
  const run = async () => {
    if (blocked !== undefined) return;
    const openingCashVnd = parseWholeNumber(float) ?? 0;
    const reply = await opening.run({ commandId: newCommandId(), openingCashVnd });
    if (reply.ok) notify(t('shift.opened', { number: reply.value.number }));
  };
  useKeys({ finish: () => void run() });
  return (
    <Card label={t('shift.open')} isPadded>
      <Field
        label={t('shift.float')}
        value={float}
        onChange={setFloat}
        isNumber
        isLarge
        isFocusedFirst
      />
      {opening.problem !== null && <ProblemNote problem={opening.problem} />}
      <Button
        look="primary"
        isLarge
        keyShown="F9"
        blockedBecause={blocked}
        onPress={() => void run()}
      >
        {t('shift.open')}
      </Button>
    </Card>
  );
}

function XReport({ shift }: { readonly shift: CurrentShift }) {
  const t = useText();
  const rows = [
    [t('shift.sales'), shift.sales],
    [t('shift.voids'), shift.voids],
    [t('shift.returns'), shift.returns],
  ] as const;
  return (
    <Card label={t('shift.x')} isPadded>
      <h2>{t('shift.x')}</h2>
      <dl className={styles['facts']}>
        {rows.map(([name, { count, totalVnd }]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{totalVnd === null ? count : `${count} · ${formatMoney(totalVnd)}`}</dd>
          </div>
        ))}
        {shift.payments?.map(({ method, expectedVnd }) => (
          <div key={method}>
            <dt>
              {t('shift.expected')} · {t(method === 'cash' ? 'shift.cash' : 'shift.bank')}
            </dt>
            <dd>{formatMoney(expectedVnd)}</dd>
          </div>
        ))}
      </dl>
      <PaperButtons
        request={{ type: 'shift-so-far', isBlind: false }}
        label={t('shift.printX')}
        hasPage={false}
      />
    </Card>
  );
}

function ShiftList({
  nameOf,
  maySee,
  onShow,
}: {
  readonly nameOf: (staffId: string) => string;
  readonly maySee: boolean;
  readonly onShow: (shiftId: string) => void;
}) {
  const t = useText();
  const shifts = useTillQuery('shifts.list', {});
  const rows = shifts.data?.rows ?? [];
  if (rows.length === 0) {
    return (
      <Card label={t('shift.list')}>
        <BlankSlate icon="shift" title={t('shift.list')} body={t('shift.list.empty')} />
      </Card>
    );
  }
  return (
    <Card label={t('shift.list')}>
      <section
        className={styles['scroll']}
        aria-label={t('shift.list')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is scrolled by arrow keys
        tabIndex={0}
      >
        <table className={pageStyles['table']}>
          <thead>
            <tr>
              <th>{t('shift.number')}</th>
              <th>{t('shift.from')}</th>
              <th>{t('shift.until')}</th>
              <th>{t('shift.by')}</th>
              {maySee && <th className={pageStyles['number']}>{t('shift.sales')}</th>}
              {maySee && <th className={pageStyles['number']}>{t('shift.difference')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.shiftId}>
                <td>
                  {maySee && row.closedAt !== null ? (
                    <Button
                      look="quiet"
                      label={t('shift.view', { number: row.number })}
                      onPress={() => onShow(row.shiftId)}
                    >
                      {`Z ${row.number}`}
                    </Button>
                  ) : (
                    row.number
                  )}
                </td>
                <td>{formatMoment(row.openedAt)}</td>
                <td>{row.closedAt === null ? t('shift.isOpen') : formatMoment(row.closedAt)}</td>
                <td>{nameOf(row.openedBy)}</td>
                {maySee && (
                  <td className={pageStyles['number']}>
                    {row.salesVnd === null ? '–' : formatMoney(row.salesVnd)}
                  </td>
                )}
                {maySee && (
                  <td className={pageStyles['number']}>
                    {row.cashDifferenceVnd === null ? '–' : formatMoney(row.cashDifferenceVnd)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
