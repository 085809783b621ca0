import type { ReactNode } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type { SyncStatus } from '../../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { formatRecent } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { type Translate, useText } from '../../text/text.ts';
import styles from './sync.module.css';

export function SyncFacts({
  sync,
  today,
}: {
  readonly sync: SyncStatus;
  readonly today: CalendarDate | undefined;
}) {
  const t = useText();
  const status = useTillQuery('status.get', {});
  const { pendingEvents, pendingSales, ackedSeq, lastSeq, catalogueDrugs } = sync;
  const moment = (instant: string | null, otherwise: string) =>
    instant === null ? otherwise : formatRecent(instant, today);
  return (
    <dl className={styles['facts']}>
      <Fact name={t('sync.fact.pending')}>
        {t('sync.fact.pendingValue', { count: pendingEvents })}{' '}
        {pendingSales > 0 && <small>{t('sync.fact.pendingSales', { count: pendingSales })}</small>}
      </Fact>
      <Fact name={t('sync.fact.acked')}>
        {t('sync.fact.ackedValue', { acked: ackedSeq, last: lastSeq })}
      </Fact>
      <Fact name={t('sync.fact.contact')}>{moment(sync.lastContactAt, t('sync.fact.never'))}</Fact>
      <Fact name={t('sync.fact.next')}>{moment(sync.nextTryAt, t('sync.fact.nextNone'))}</Fact>
      <Fact name={t('sync.fact.clock')}>{clockWords(t, sync.clockSkewMs)}</Fact>
      <Fact name={t('sync.fact.catalogue')}>
        {t('sync.fact.catalogueValue', { count: catalogueDrugs })}
      </Fact>
      <Fact name={t('sync.fact.till')}>
        {status.data === undefined
          ? '–'
          : t('sync.fact.tillValue', {
              code: status.data.till?.shortCode ?? '–',
              version: status.data.programVersion,
            })}
      </Fact>
      <Fact name={t('sync.fact.centre')}>{sync.centreUrl ?? '–'}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function clockWords(t: Translate, skewMs: number | null): string {
  if (skewMs === null) return t('sync.fact.clockUnknown');
  if (Math.abs(skewMs) < limits.clockSkewMsShown) return t('sync.fact.clockRight');
  const amount = durationWords(t, Math.abs(skewMs));
  return skewMs > 0 ? t('sync.fact.clockFast', { amount }) : t('sync.fact.clockSlow', { amount });
}

function durationWords(t: Translate, durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (minutes < 120) return t('sync.duration.minutes', { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? t('sync.duration.hours', { count: hours })
    : t('sync.duration.days', { count: Math.round(hours / 24) });
}
