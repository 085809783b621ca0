import { Button, Tabs } from '@mantine/core';
import { consoleStreams, type FacilityFile } from '../../../shared/contract/console-api.ts';
import { province63, unit34 } from '../../../shared/model/area.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';
import { useAnswer } from '../answers.ts';
import { addressOf as routeAddress } from '../client.ts';
import { LastReport } from '../components/as-of.tsx';
import { Card } from '../components/card.tsx';
import { Dot, Tag } from '../components/controls.tsx';
import { Icon } from '../components/icon.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Stat, Stats } from '../components/stat.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { ago, compact, count, date, dateTime, money } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useLanguage, useText } from '../text/language.tsx';
import { AlertTable } from './alert-table.tsx';
import { DaysCard, type Measure } from './days-card.tsx';
import { Fact } from './drug-facts.tsx';
import { FacilityEnrolment } from './facility-enrolment.tsx';
import { FacilityHealthCard } from './facility-health.tsx';
import { FacilityMovements, FacilityStock } from './facility-stock.tsx';
import { stateTones } from './facility-words.ts';
import './drug-page.css';
import './facility-page.css';

type FacilityView = ViewOf<'facility'>;

/** Everything known of one facility. */
export function FacilityPage({ view }: { readonly view: FacilityView }) {
  const text = useText();
  const file = useAnswer('facility', { params: { id: view.id } });
  const data = file.data;
  return (
    <>
      <PageHeader
        title={data?.facility.name ?? text.facilities.file}
        trail={<ViewLink to={{ page: 'facilities' }}>{text.nav.facilities}</ViewLink>}
        detail={
          data === undefined ? null : (
            <>
              <Dot tone={stateTones[data.row.state]}>{text.facilityStates[data.row.state]}</Dot>
              <span className="faint">·</span>
              <span>{text.facilityKinds[data.facility.kind]}</span>
              <span className="faint">·</span>
              <ViewLink to={{ page: 'overview', area: data.facility.province }}>
                {data.row.provinceName}
              </ViewLink>
              <span className="faint">·</span>
              <span>{data.facility.code}</span>
            </>
          )
        }
        aside={
          // Of a facility outside the account's area nothing is offered: it would be refused.
          data === undefined ? null : (
            <>
              <LastReport at={data.row.lastReportedAt} />
              <Button
                size="xs"
                variant="default"
                component="a"
                href={routeAddress(consoleStreams.facilityJournal.path, {
                  params: { id: view.id },
                })}
                download
                leftSection={<Icon name="download" />}
              >
                {text.facilities.exportJournal}
              </Button>
              <Button
                size="xs"
                variant="default"
                leftSection={<Icon name="edit" />}
                onClick={() => goTo({ page: 'editFacility', id: view.id })}
              >
                {text.facilities.edit}
              </Button>
            </>
          )
        }
      />
      <AnswerView answer={file} placeholder={<Placeholder height={520} />}>
        {(answer) => (
          <>
            <SilenceNote file={answer} view={view} />
            <FileTabs file={answer} view={view} />
          </>
        )}
      </AnswerView>
    </>
  );
}

/** Silence has a reason, and somebody has something to do about it. */
function SilenceNote({ file, view }: { readonly file: FacilityFile; readonly view: FacilityView }) {
  const { text, language } = useLanguage();
  const { silence } = file;
  if (silence === null) return null;
  const words = text.silence[silence.reason];
  return (
    <section className={`note note-${silence.reason}`} aria-label={words.title}>
      <Icon name="alerts" size={20} />
      <div>
        <p>
          <strong>{words.title}</strong>
          {silence.since === null ? null : (
            <span className="soft">
              {' '}
              ·{' '}
              {text.silence.since(
                dateTime(silence.since),
                ago(silence.since, Date.now(), language),
              )}
            </span>
          )}
        </p>
        <p>{words.next}</p>
      </div>
      {view.tab === 'enrolment' ? null : (
        <Button size="xs" variant="default" onClick={() => goTo({ ...view, tab: 'enrolment' })}>
          {text.facilities.tabs.enrolment}
        </Button>
      )}
    </section>
  );
}

const tabs = ['summary', 'stock', 'movements', 'alerts', 'enrolment'] as const;

function FileTabs({ file, view }: { readonly file: FacilityFile; readonly view: FacilityView }) {
  const text = useText();
  return (
    <Tabs
      value={view.tab}
      keepMounted={false}
      onChange={(value) => {
        const tab = tabs.find((candidate) => candidate === value);
        if (tab !== undefined) goTo({ ...view, tab });
      }}
    >
      <Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {text.facilities.tabs[tab]}
            {tab === 'alerts' && file.row.openAlerts > 0 ? (
              <>
                {' '}
                <Tag tone="warn">{count(file.row.openAlerts)}</Tag>
              </>
            ) : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="summary" className="tab-panel">
        <Summary file={file} view={view} />
      </Tabs.Panel>
      <Tabs.Panel value="stock" className="tab-panel">
        <FacilityStock view={view} />
      </Tabs.Panel>
      <Tabs.Panel value="movements" className="tab-panel">
        <FacilityMovements view={view} />
      </Tabs.Panel>
      <Tabs.Panel value="alerts" className="tab-panel">
        <Card title={text.facilities.tabs.alerts} isFlush>
          <AlertTable
            rows={file.alerts}
            empty={<EmptyState title={text.alertList.none}>{text.alertList.noneNext}</EmptyState>}
          />
        </Card>
      </Tabs.Panel>
      <Tabs.Panel value="enrolment" className="tab-panel">
        <FacilityEnrolment file={file} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Summary({ file, view }: { readonly file: FacilityFile; readonly view: FacilityView }) {
  const { text, language } = useLanguage();
  const { row, days } = file;
  const sold = days.reduce((sum, day) => sum + day.soldUnits, 0);
  const amount = days.reduce((sum, day) => sum + day.amountVnd, 0);
  return (
    <>
      <Stats label={text.facilities.tabs.summary}>
        <Stat
          name={text.facilities.lastReported}
          figure={
            row.lastReportedAt === null
              ? text.facilities.never
              : ago(row.lastReportedAt, Date.now(), language)
          }
          note={row.lastReportedAt === null ? undefined : dateTime(row.lastReportedAt)}
        />
        <Stat
          name={text.facilities.soldUnits(count(days.length))}
          figure={compact(sold, text.scale)}
          exact={count(sold)}
        />
        <Stat
          name={text.facilities.soldAmount(count(days.length))}
          figure={`${compact(amount, text.scale)} ₫`}
          exact={money(amount)}
        />
        <Stat
          name={text.facilities.stockUnits}
          figure={compact(file.stockUnits, text.scale)}
          exact={count(file.stockUnits)}
          note={text.facilities.stockLots(count(file.stockLots))}
        />
        <Stat name={text.facilities.alerts} figure={count(row.openAlerts)} />
      </Stats>
      <div className="file-grid">
        <LicenceCard file={file} />
        <FacilityHealthCard file={file} />
      </div>
      <DaysCard
        days={days}
        show={view.days}
        measure={view.measure}
        onChange={(change: { readonly days?: 'chart' | 'table'; readonly measure?: Measure }) =>
          goTo({ ...view, ...change }, { replace: true })
        }
      />
    </>
  );
}

function LicenceCard({ file }: { readonly file: FacilityFile }) {
  const text = useText();
  const { facility } = file;
  const { licence, responsiblePharmacist } = facility;
  const province = file.row.provinceName;
  const unitName = unit34(province63(facility.province)?.unit34 ?? '')?.name;
  const validUntil = licence.validUntil === null ? text.facilities.noEnd : date(licence.validUntil);
  return (
    <Card title={text.facilities.licenceTitle}>
      <dl className="facts">
        <Fact
          name={text.facilities.licence}
          value={
            <span className="row">
              {licence.number}
              <Tag tone={licence.status === 'valid' ? 'good' : 'bad'}>
                {text.licenceStates[licence.status]}
              </Tag>
            </span>
          }
        />
        <Fact name={text.facilities.issuedOn} value={date(licence.issuedOn)} />
        <Fact name={text.facilities.validUntil} value={validUntil} />
        <Fact
          name={text.facilities.pharmacist}
          value={`${responsiblePharmacist.name} · ${responsiblePharmacist.certificateNumber}`}
        />
        <Fact name={text.facilities.address} value={addressOf(facility)} />
        <Fact
          name={text.area.province}
          value={
            unitName === undefined || foldVietnamese(unitName) === foldVietnamese(province)
              ? province
              : text.facilities.bothAreas(province, unitName)
          }
        />
        <Fact name={text.facilities.phone} value={facility.phone === '' ? '–' : facility.phone} />
      </dl>
    </Card>
  );
}

/** Some registers write the commune into the address, some beside it. */
function addressOf({ address, commune }: Facility): string {
  return commune === '' || address.includes(commune) ? address : `${address}, ${commune}`;
}
