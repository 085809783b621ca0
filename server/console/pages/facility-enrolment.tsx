import { Button, Modal, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { type SyntheticEvent, useState } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { FacilityFile, TillRow } from '../../../shared/contract/console-api.ts';
import { useChange } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Card } from '../components/card.tsx';
import { Dot } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Icon } from '../components/icon.tsx';
import { EmptyState, FailureState } from '../components/states.tsx';
import { count, dateTime, decimal } from '../format.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { CodeTable } from './code-table.tsx';
import { tillTones } from './facility-words.ts';

/** The tills of a facility, and the codes by which new ones come in. */
export function FacilityEnrolment({ file }: { readonly file: FacilityFile }) {
  const text = useText();
  const issue = useChange('issueCode', ['facility', 'enrolmentCodes']);
  const recover = useChange('issueRecoveryCode', ['facility', 'enrolmentCodes']);
  const [revoking, setRevoking] = useState<TillRow>();
  return (
    <>
      <Card title={text.tills.title} subtitle={text.tills.lead} isFlush>
        {recover.error === null ? null : <FailureState failure={recover.error} />}
        <TillTable
          tills={file.tills}
          onRevoke={setRevoking}
          onRecover={(till) => recover.mutate({ params: { id: till.id } })}
        />
      </Card>
      <Card
        title={text.codes.title}
        subtitle={text.codes.once}
        isFlush
        actions={
          <Button
            size="xs"
            leftSection={<Icon name="plus" />}
            loading={issue.isPending}
            onClick={() => issue.mutate({ params: { id: file.facility.id } })}
          >
            {text.codes.issue}
          </Button>
        }
      >
        {issue.error === null ? null : <FailureState failure={issue.error} />}
        <CodeTable
          rows={file.codes}
          hasFacility={false}
          empty={<EmptyState title={text.codes.none}>{text.codes.noneHere}</EmptyState>}
        />
      </Card>
      {issue.data === undefined ? null : (
        <CodeSlip file={file} issued={issue.data} onClose={issue.reset} />
      )}
      {recover.data === undefined ? null : (
        <CodeSlip file={file} issued={recover.data} onClose={recover.reset} />
      )}
      {revoking === undefined ? null : (
        <RevokeTill till={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  );
}

type TillActions = {
  readonly onRevoke: (till: TillRow) => void;
  /** A code for a machine that takes this one's place. */
  readonly onRecover: (till: TillRow) => void;
};

function TillTable({ tills, ...actions }: TillActions & { readonly tills: readonly TillRow[] }) {
  const text = useText();
  const columns = tillColumns(text, actions);
  return (
    <DataTable
      caption={text.tills.title}
      columns={columns}
      rows={tills}
      rowKey={(till) => till.id}
      empty={<EmptyState title={text.tills.none}>{text.tills.noneNext}</EmptyState>}
    />
  );
}

function tillColumns(
  text: Texts,
  { onRevoke, onRecover }: TillActions,
): readonly Column<TillRow>[] {
  const moment = (instant: string | null) => (
    <span className="nowrap">{instant === null ? '–' : dateTime(instant)}</span>
  );
  return [
    {
      id: 'code',
      header: text.tills.code,
      value: (till) => till.shortCode,
      cell: (till) => <strong className="mono">{till.shortCode}</strong>,
    },
    {
      id: 'state',
      header: text.tills.key,
      value: (till) => text.tillStates[till.state],
      cell: (till) => <Dot tone={tillTones[till.state]}>{text.tillStates[till.state]}</Dot>,
    },
    headColumn(text.tills.head),
    {
      id: 'lastBatch',
      header: text.tills.lastBatch,
      value: (till) => till.lastBatchAt,
      cell: (till) => moment(till.lastBatchAt),
    },
    {
      id: 'agreed',
      header: text.tills.lastAgreed,
      value: (till) => till.lastAgreedAt,
      cell: (till) => moment(till.lastAgreedAt),
    },
    {
      id: 'skew',
      header: text.tills.clock,
      isNumber: true,
      value: (till) => till.clockSkewMs,
      cell: (till) => <ClockSkew skewMs={till.clockSkewMs} />,
    },
    {
      id: 'parked',
      header: text.tills.parked,
      isNumber: true,
      value: (till) => till.parkedEvents,
      cell: (till) => count(till.parkedEvents),
    },
    {
      id: 'version',
      header: text.tills.version,
      value: (till) => till.programVersion,
      cell: (till) => text.tills.versionOf(till.programVersion, String(till.protocol)),
    },
    {
      id: 'action',
      header: text.codes.action,
      value: () => '',
      isSortable: false,
      cell: (till) => (
        <div className="row">
          {till.isReplaced ? null : (
            <Button size="compact-xs" variant="default" onClick={() => onRecover(till)}>
              {text.tills.recover}
            </Button>
          )}
          {till.state === 'revoked' ? null : (
            <Button size="compact-xs" variant="default" onClick={() => onRevoke(till)}>
              {text.tills.revoke}
            </Button>
          )}
        </div>
      ),
    },
  ];
}

/** The last record the centre has signed for, with the hash that seals all before it. */
function headColumn(header: string): Column<TillRow> {
  return {
    id: 'head',
    header,
    isNumber: true,
    value: (till) => till.ackedSeq,
    cell: (till) => (
      <>
        {count(till.ackedSeq)}
        <span className="cell-sub mono" title={till.ackedHash}>
          {till.ackedHash.slice(0, 12)}…
        </span>
      </>
    ),
  };
}

function ClockSkew({ skewMs }: { readonly skewMs: number | null }) {
  const text = useText();
  if (skewMs === null) return <span className="faint">–</span>;
  if (Math.abs(skewMs) < limits.clockSkewMsShown) return <span>{text.tills.clockRight}</span>;
  const minutes = decimal(Math.abs(skewMs) / 60_000);
  return (
    <span className="tag tag-warn">
      {skewMs > 0 ? text.tills.clockFast(minutes) : text.tills.clockSlow(minutes)}
    </span>
  );
}

/** The one moment at which the code can be read: large, to copy or to print. */
function CodeSlip({
  file,
  issued,
  onClose,
}: {
  readonly file: FacilityFile;
  readonly issued: Answer<'issueCode'>;
  readonly onClose: () => void;
}) {
  const text = useText();
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Modal
      opened
      onClose={onClose}
      title={issued.row.replaces === null ? text.codes.slipTitle : text.codes.recoverySlipTitle}
      size="lg"
      centered
      // A click beside the box must not lose a code that is shown only once.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <div className="stack">
        <div className="code-slip">
          <p>
            <strong>{file.facility.name}</strong>
            <span className="cell-sub">
              {file.facility.code} · {file.row.provinceName}
            </span>
          </p>
          <p className="code-slip-code" data-testid="enrolment-code">
            {issued.code}
          </p>
          <p className="soft">{text.codes.validUntil(dateTime(issued.row.expiresAt))}</p>
          {issued.row.replaces === null ? null : (
            <p className="soft">{text.codes.replaces(issued.row.replaces)}</p>
          )}
        </div>
        <p className="soft code-note">{text.codes.onlyNow}</p>
        <div className="row code-actions">
          <Button
            variant="default"
            leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} />}
            onClick={() => clipboard.copy(issued.code)}
          >
            {clipboard.copied ? text.common.copied : text.common.copy}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="print" />}
            onClick={() => window.print()}
          >
            {text.common.print}
          </Button>
          <Button onClick={onClose}>{text.codes.done}</Button>
        </div>
      </div>
    </Modal>
  );
}

/** Cannot be undone, so the till's short code is typed. */
function RevokeTill({ till, onClose }: { readonly till: TillRow; readonly onClose: () => void }) {
  const text = useText();
  const revoke = useChange('revokeTill', ['facility', 'facilities', 'overview']);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const isConfirmed = typed.trim().toUpperCase() === till.shortCode.toUpperCase();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isConfirmed) return;
    revoke.mutate({ params: { id: till.id }, body: { reason } }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.tills.revokeTitle(till.shortCode)}
      centered
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <form onSubmit={submit} className="stack">
        <p>{text.tills.revokeLead}</p>
        <TextInput
          label={text.tills.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={limits.shortTextLength}
          data-autofocus
        />
        <TextInput
          label={text.tills.typeToConfirm(till.shortCode)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          required
          withAsterisk={false}
          autoComplete="off"
        />
        {revoke.error === null ? null : <FailureState failure={revoke.error} />}
        <div className="row">
          <Button type="submit" color="red" disabled={!isConfirmed} loading={revoke.isPending}>
            {text.tills.revoke}
          </Button>
          <Button variant="default" onClick={onClose}>
            {text.common.cancel}
          </Button>
          {isConfirmed ? null : (
            <span className="faint small">{text.tills.whyDisabled(till.shortCode)}</span>
          )}
        </div>
      </form>
    </Modal>
  );
}
