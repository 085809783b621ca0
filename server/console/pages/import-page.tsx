import { Button, Progress } from '@mantine/core';
import { type CatalogueImport, consoleStreams } from '../../../shared/contract/console-api.ts';
import { useAnswer, useChange, usePages } from '../answers.ts';
import { type Answer, addressOf } from '../client.ts';
import { Card } from '../components/card.tsx';
import { Choice, Tag, ToolLink } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Stat, Stats } from '../components/stat.tsx';
import { AnswerView, EmptyState, FailureState, Placeholder } from '../components/states.tsx';
import { bytes, count, dateTime, percent } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { type Language, useLanguage, useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { ImportState } from './import-state.tsx';

type Issue = Answer<'importIssues'>['rows'][number];
type ImportView = ViewOf<'import'>;

/** While work goes on it is asked for twice a second, so that the counts are seen to run. */
const progressMs = 500;

/** One import: how far it is, what it found, what it could not read, and what happens next. */
export function ImportPage({ view }: { readonly view: ImportView }) {
  const text = useText();
  const { id } = view;
  const first = useAnswer('catalogueImport', { params: { id } });
  const isWorking = first.data?.state === 'reading' || first.data?.state === 'publishing';
  const found = useAnswer(
    'catalogueImport',
    { params: { id } },
    isWorking ? { refetchMs: progressMs } : {},
  );
  return (
    <>
      <PageHeader
        title={found.data?.fileName ?? text.imports.one}
        trail={<ViewLink to={{ page: 'imports' }}>{text.nav.catalogue}</ViewLink>}
        detail={
          found.data === undefined ? null : (
            <>
              <ImportState state={found.data.state} />
              <span>
                {text.imports.startedBySentence(
                  found.data.startedBy,
                  dateTime(found.data.startedAt),
                )}
              </span>
            </>
          )
        }
        aside={found.data === undefined ? null : <Actions found={found.data} />}
      />
      <AnswerView answer={found} placeholder={<Placeholder height={320} />}>
        {(data) => (
          <>
            <ProgressNote found={data} />
            <Counts found={data} />
            <IssuesCard found={data} view={view} />
          </>
        )}
      </AnswerView>
    </>
  );
}

function Actions({ found }: { readonly found: CatalogueImport }) {
  const text = useText();
  const stale = ['catalogueImport', 'imports', 'searchDrugs'] as const;
  const publish = useChange('publishImport', stale);
  const cancel = useChange('cancelImport', stale);
  const request = { params: { id: found.id } };
  const failure = publish.error ?? cancel.error;
  const changes = found.newDrugs + found.changedDrugs;
  return (
    <>
      {failure === null ? null : <FailureState failure={failure} />}
      {found.state === 'reading' || found.state === 'ready' ? (
        <Button
          size="sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(request)}
        >
          {text.imports.cancel}
        </Button>
      ) : null}
      {found.state === 'ready' ? (
        <Button size="sm" loading={publish.isPending} onClick={() => publish.mutate(request)}>
          {text.imports.publish(count(changes))}
        </Button>
      ) : null}
    </>
  );
}

function ProgressNote({ found }: { readonly found: CatalogueImport }) {
  const text = useText();
  const changes = found.newDrugs + found.changedDrugs;
  switch (found.state) {
    case 'reading':
      return (
        <Card title={text.imports.reading}>
          <div className="stack" aria-live="polite">
            <p>
              {text.imports.readingSentence(
                count(found.rows),
                bytes(found.bytesRead),
                bytes(found.sizeBytes),
              )}
            </p>
            <Progress
              value={(found.bytesRead / Math.max(1, found.sizeBytes)) * 100}
              aria-label={text.imports.reading}
            />
          </div>
        </Card>
      );
    case 'publishing':
      return (
        <Card title={text.imports.publishing}>
          <div className="stack" aria-live="polite">
            <p>
              {text.imports.publishingSentence(
                count(found.publishedDrugs),
                count(changes),
                percent(found.publishedDrugs, changes),
              )}
            </p>
            <Progress
              value={(found.publishedDrugs / Math.max(1, changes)) * 100}
              aria-label={text.imports.publishing}
            />
          </div>
        </Card>
      );
    case 'failed':
      return (
        <div className="failure-state" role="alert">
          <p>{text.imports.failed}</p>
          {found.failure === null ? null : <p lang="vi">{found.failure}</p>}
        </div>
      );
    case 'ready':
      return <p className="soft">{text.imports.readyNext}</p>;
    case 'published':
      return <p className="soft">{text.imports.publishedNext}</p>;
    case 'cancelled':
      return <p className="soft">{text.imports.cancelledNext}</p>;
  }
}

function Counts({ found }: { readonly found: CatalogueImport }) {
  const text = useText();
  return (
    <Stats label={text.imports.counts}>
      <Stat name={text.imports.rows} figure={count(found.rows)} />
      <Stat name={text.imports.newDrugs} figure={count(found.newDrugs)} />
      <Stat name={text.imports.changedDrugs} figure={count(found.changedDrugs)} />
      <Stat name={text.imports.unchangedDrugs} figure={count(found.unchangedDrugs)} />
      <Stat
        name={text.imports.unreadable}
        figure={count(found.unreadableRows)}
        {...(found.unreadableRows > 0 ? { tone: 'bad' as const } : {})}
      />
      <Stat
        name={text.imports.warnings}
        figure={count(found.warnings)}
        {...(found.warnings > 0 ? { tone: 'warn' as const } : {})}
      />
    </Stats>
  );
}

function IssuesCard({
  found,
  view,
}: {
  readonly found: CatalogueImport;
  readonly view: ImportView;
}) {
  const { text, language } = useLanguage();
  const issues = usePages(
    'importIssues',
    (cursor) => ({
      params: { id: view.id },
      query: {
        limit: 200,
        ...(view.severity === undefined ? {} : { severity: view.severity }),
        ...(cursor === undefined ? {} : { cursor }),
      },
    }),
    // Read again whenever the counts above it have moved, so that both say the same.
    `${found.state}|${found.unreadableRows}|${found.warnings}`,
  );
  const columns = issueColumns(text, language);
  const csv = addressOf(consoleStreams.importIssuesCsv.path, { params: { id: view.id } });
  return (
    <Card
      title={text.imports.issues}
      subtitle={text.imports.issuesLead}
      isFlush
      actions={
        <Choice
          label={text.imports.severity}
          value={view.severity ?? 'all'}
          options={[
            { value: 'all', label: text.imports.allIssues },
            { value: 'unreadable', label: text.severities.unreadable },
            { value: 'warning', label: text.severities.warning },
          ]}
          onChange={(severity) =>
            goTo({ ...view, severity: severity === 'all' ? undefined : severity })
          }
        />
      }
    >
      <AnswerView answer={issues} placeholder={<Placeholder lines={8} />}>
        {({ pages }) => (
          <DataTable
            caption={text.imports.issues}
            columns={columns}
            rows={pages.flatMap((page) => page.rows)}
            rowKey={(issue) => `${issue.rowNumber}|${issue.reason}|${issue.severity}|${issue.text}`}
            maxHeight="max(320px, calc(100vh - 420px))"
            hasCsv={false}
            {...(pages[0]?.total === 0
              ? {}
              : { tools: <ToolLink href={csv} label={text.common.csv} /> })}
            summary={text.common.rowsOf(
              count(pages.reduce((sum, page) => sum + page.rows.length, 0)),
              count(pages[0]?.total ?? 0),
            )}
            footer={<MoreButton pages={issues} />}
            empty={<EmptyState title={noIssuesTitle({ found, severity: view.severity, text })} />}
          />
        )}
      </AnswerView>
    </Card>
  );
}

/** That every row was readable is said only of a file that was read to its end. */
function noIssuesTitle({
  found,
  severity,
  text,
}: {
  readonly found: CatalogueImport;
  readonly severity: ImportView['severity'];
  readonly text: Texts;
}): string {
  if (found.state === 'failed' || found.state === 'cancelled') return text.imports.noIssuesListed;
  if (found.state === 'reading') return text.imports.noIssuesYet;
  if (found.unreadableRows + found.warnings === 0) return text.imports.noIssues;
  return severity === undefined ? text.imports.noIssuesListed : text.imports.noIssuesOfKind;
}

function issueColumns(text: Texts, language: Language): readonly Column<Issue>[] {
  return [
    {
      id: 'row',
      header: text.imports.rowNumber,
      isNumber: true,
      value: (issue) => issue.rowNumber,
      cell: (issue) => count(issue.rowNumber),
    },
    {
      id: 'severity',
      header: text.imports.severity,
      value: (issue) => text.severities[issue.severity],
      cell: (issue) => (
        <Tag tone={issue.severity === 'unreadable' ? 'bad' : 'warn'}>
          {text.severities[issue.severity]}
        </Tag>
      ),
    },
    {
      id: 'reason',
      header: text.imports.reason,
      value: (issue) => (language === 'vi' ? issue.sentenceVi : issue.sentenceEn),
      width: '38%',
    },
    {
      id: 'text',
      header: text.imports.rowText,
      value: (issue) => issue.text,
      isSortable: false,
      cell: (issue) => (
        <span className="mono small" title={issue.text}>
          {issue.text.length > 140 ? `${issue.text.slice(0, 140)}…` : issue.text}
        </span>
      ),
    },
  ];
}
