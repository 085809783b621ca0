import { type ReactNode, useState } from 'react';
import type { StaffRow } from '../../../../shared/contract/till-shop-api.ts';
import { useKeys } from '../../base/keys.ts';
import { hrefOf } from '../../base/route.ts';
import { useBlockedBecause, useSession } from '../../base/session.ts';
import { newCommandId } from '../../base/till-client.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card, Page, pageStyles } from '../../components/page.tsx';
import { Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { AuditView } from './audit-view.tsx';
import styles from './people.module.css';
import { PersonDialog } from './person-dialog.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { ShopRules } from './shop-rules.tsx';

type Opened =
  | { readonly what: 'person'; readonly row: StaffRow | undefined }
  | { readonly what: 'pin'; readonly row: StaffRow };

/** Who works here, and what each of them did. */
export function PeopleScreen({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const t = useText();
  const blocked = useBlockedBecause()('see-audit');
  const isAudit = query['view'] === 'audit';
  const tabs = (
    <nav className={pageStyles['tabs']}>
      <a href={hrefOf('people')} aria-current={!isAudit}>
        {t('people.title')}
      </a>
      <a href={hrefOf('people', { view: 'audit' })} aria-current={isAudit}>
        {t('audit.title')}
      </a>
    </nav>
  );
  if (!isAudit) return <Staff tabs={tabs} />;
  return blocked === undefined ? (
    <AuditView tabs={tabs} />
  ) : (
    <Page title={t('audit.title')} actions={tabs}>
      <Note kind="warning">{blocked}</Note>
    </Page>
  );
}

/** Joins, leaves, gets a PIN, comes on duty. */
function Staff({ tabs }: { readonly tabs: ReactNode }) {
  const t = useText();
  const session = useSession();
  const blockedBecause = useBlockedBecause();
  const staff = useTillQuery('staff.list', {});
  const [opened, setOpened] = useState<Opened>();
  const add = () => setOpened({ what: 'person', row: undefined });
  useKeys({ finish: () => blockedBecause('change-staff') === undefined && add() });
  const rows = [...(staff.data?.rows ?? [])].sort(
    (a, b) => Number(b.isEmployed) - Number(a.isEmployed),
  );
  const first = session?.state === 'open' ? session.staff : undefined;
  const firstRow = rows.find(({ staffId }) => staffId === first?.staffId);
  const close = () => setOpened(undefined);
  return (
    <Page
      title={t('people.title')}
      intro={t('people.intro')}
      actions={
        <div className={styles['acts']}>
          {tabs}
          <Button
            look="primary"
            icon="people"
            keyShown="F9"
            blockedBecause={blockedBecause('change-staff')}
            onPress={add}
          >
            {t('people.add')}
          </Button>
        </div>
      }
    >
      {first && firstRow && (
        <Note
          kind="warning"
          icon="lock"
          actions={
            <Button look="primary" onPress={() => setOpened({ what: 'pin', row: firstRow })}>
              {t('people.setPin.of', { name: first.name })}
            </Button>
          }
        >
          <strong>{t('people.first.title')}</strong>
          <span>{t('people.first.body', { name: first.name })}</span>
        </Note>
      )}
      {staff.error !== null && <ProblemNote problem={staff.error.problem} />}
      <Card label={t('people.title')}>
        {staff.data === undefined ? (
          <Skeleton rows={3} />
        ) : (
          <StaffTable
            rows={rows}
            onChange={(row) => setOpened({ what: 'person', row })}
            onPin={(row) => setOpened({ what: 'pin', row })}
          />
        )}
      </Card>
      {session && <ShopRules key={JSON.stringify(session.settings)} settings={session.settings} />}
      {opened?.what === 'person' && <PersonDialog row={opened.row} known={rows} onClose={close} />}
      {opened?.what === 'pin' && <PinDialog row={opened.row} onClose={close} />}
    </Page>
  );
}

function StaffTable({
  rows,
  onChange,
  onPin,
}: {
  readonly rows: readonly StaffRow[];
  readonly onChange: (row: StaffRow) => void;
  readonly onPin: (row: StaffRow) => void;
}) {
  const t = useText();
  const session = useSession();
  const blockedBecause = useBlockedBecause();
  const duty = useTillCommand('staff.setDuty');
  const blocked = (row: StaffRow) =>
    row.staffId === session?.staff?.staffId ? undefined : blockedBecause('change-staff');
  return (
    <div className={styles['scroll']}>
      {duty.problem !== null && <ProblemNote problem={duty.problem} />}
      <table className={pageStyles['table']}>
        <thead>
          <tr>
            <th>{t('people.column.name')}</th>
            <th>{t('people.column.role')}</th>
            <th>{t('people.column.certificate')}</th>
            <th>{t('people.column.pin')}</th>
            <th>{t('people.column.duty')}</th>
            <th>{t('people.column.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.staffId}>
              <td>
                <strong>{row.name}</strong> <small>{row.staffId}</small>
              </td>
              <td>{t(`role.${row.role}`)}</td>
              <td>{row.certificateNumber || '–'}</td>
              <td>{row.hasPin ? t('people.hasPin') : t('people.noPin')}</td>
              <td>
                {row.isEmployed ? (
                  <Badge {...(row.isOnDuty && { kind: 'good' as const })}>
                    {row.isOnDuty ? t('people.isOnDuty') : t('people.isOffDuty')}
                  </Badge>
                ) : (
                  t('people.hasLeft')
                )}
              </td>
              <td>
                <div className={styles['acts']}>
                  {row.isEmployed && (
                    <>
                      <Button
                        look="quiet"
                        label={t(row.isOnDuty ? 'people.goOffDuty.of' : 'people.goOnDuty.of', {
                          name: row.name,
                        })}
                        blockedBecause={blocked(row) && ''}
                        onPress={() =>
                          void duty.run({
                            commandId: newCommandId(),
                            staffId: row.staffId,
                            isOnDuty: !row.isOnDuty,
                          })
                        }
                      >
                        {t(row.isOnDuty ? 'people.goOffDuty' : 'people.goOnDuty')}
                      </Button>
                      <Button
                        look="quiet"
                        label={t('people.setPin.of', { name: row.name })}
                        blockedBecause={blocked(row) && ''}
                        onPress={() => onPin(row)}
                      >
                        {t('people.setPin')}
                      </Button>
                    </>
                  )}
                  <Button
                    look="quiet"
                    label={t('people.change.of', { name: row.name })}
                    blockedBecause={blockedBecause('change-staff') && ''}
                    onPress={() => onChange(row)}
                  >
                    {t('people.change')}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
