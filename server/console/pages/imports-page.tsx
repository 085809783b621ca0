import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { CatalogueImport } from '../../../shared/contract/console-api.ts';
import { keyOf, useAnswer } from '../answers.ts';
import { CallFailed } from '../client.ts';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Icon } from '../components/icon.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, EmptyState, FailureState, Placeholder } from '../components/states.tsx';
import { bytes, count, dateTime, percent } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';
import { type Upload, uploadCatalogue } from '../upload.ts';
import { ImportState } from './import-state.tsx';
import './imports-page.css';

/** The national register comes in as a file; here it is handed over, and its history kept. */
export function ImportsPage() {
  const text = useText();
  const imports = useAnswer('imports', {});
  return (
    <>
      <PageHeader
        title={text.nav.catalogue}
        detail={
          imports.data === undefined
            ? text.imports.lead
            : text.imports.drugs(count(imports.data.catalogueDrugs))
        }
      />
      <UploadCard />
      <Card title={text.imports.history} isFlush>
        <AnswerView answer={imports} placeholder={<Placeholder lines={6} />}>
          {({ rows }) => <ImportTable rows={rows} />}
        </AnswerView>
      </Card>
    </>
  );
}

type Sending = { readonly file: File; readonly sentBytes: number; readonly upload: Upload };

function UploadCard() {
  const text = useText();
  const queryClient = useQueryClient();
  const [sending, setSending] = useState<Sending>();
  const [failure, setFailure] = useState<Error>();

  const send = async (file: File) => {
    setFailure(undefined);
    if (file.size > limits.importBytesMax) {
      setFailure(new CallFailed({ type: 'too-large', detail: bytes(file.size) }));
      return;
    }
    const upload = uploadCatalogue(file, (sentBytes) => setSending({ file, sentBytes, upload }));
    setSending({ file, sentBytes: 0, upload });
    try {
      const started = await upload.done;
      queryClient.setQueryData(keyOf('catalogueImport', { params: { id: started.id } }), started);
      goTo({ page: 'import', id: started.id });
    } catch (cause) {
      const isCancelled = cause instanceof CallFailed && cause.detail === 'Cancelled';
      if (!isCancelled) setFailure(cause instanceof Error ? cause : new Error(String(cause)));
    }
    setSending(undefined);
  };

  return (
    <Card title={text.imports.upload} subtitle={text.imports.uploadLead}>
      {sending === undefined ? (
        <DropZone onFile={(file) => void send(file)} />
      ) : (
        <SendingNote sending={sending} />
      )}
      {failure === undefined ? null : <FailureState failure={failure} />}
    </Card>
  );
}

function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  return (
    <section
      aria-label={text.imports.upload}
      className={isOver ? 'drop is-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onFile(file);
      }}
    >
      <Icon name="upload" size={24} />
      <p>{text.imports.drop}</p>
      <Button variant="default" onClick={() => input.current?.click()}>
        {text.imports.chooseFile}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={text.imports.chooseFile}
        accept=".csv,.xlsx"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      <p className="faint small">{text.imports.limits(bytes(limits.importBytesMax))}</p>
    </section>
  );
}

function SendingNote({ sending: { file, sentBytes, upload } }: { readonly sending: Sending }) {
  const text = useText();
  return (
    <div className="stack">
      <p>{text.imports.sending(file.name, bytes(sentBytes), percent(sentBytes, file.size))}</p>
      <Progress
        value={(sentBytes / Math.max(1, file.size)) * 100}
        aria-label={text.imports.upload}
      />
      <div>
        <Button variant="default" onClick={upload.cancel}>
          {text.common.cancel}
        </Button>
      </div>
    </div>
  );
}

function ImportTable({ rows }: { readonly rows: readonly CatalogueImport[] }) {
  const text = useText();
  const number = (
    id: string,
    header: string,
    value: (row: CatalogueImport) => number,
  ): Column<CatalogueImport> => ({
    id,
    header,
    isNumber: true,
    value,
    cell: (row) => count(value(row)),
  });
  const columns: readonly Column<CatalogueImport>[] = [
    {
      id: 'startedAt',
      header: text.imports.startedAt,
      value: (row) => row.startedAt,
      cell: (row) => <span className="nowrap">{dateTime(row.startedAt)}</span>,
    },
    {
      id: 'file',
      header: text.imports.file,
      value: (row) => row.fileName,
      cell: (row) => <ViewLink to={{ page: 'import', id: row.id }}>{row.fileName}</ViewLink>,
    },
    {
      id: 'state',
      header: text.imports.state,
      value: (row) => text.importStates[row.state],
      cell: (row) => <ImportState state={row.state} />,
    },
    number('rows', text.imports.rows, (row) => row.rows),
    number('new', text.imports.newDrugs, (row) => row.newDrugs),
    number('changed', text.imports.changedDrugs, (row) => row.changedDrugs),
    number('unreadable', text.imports.unreadable, (row) => row.unreadableRows),
    number('warnings', text.imports.warnings, (row) => row.warnings),
    { id: 'by', header: text.imports.startedBy, value: (row) => row.startedBy },
  ];
  return (
    <DataTable
      caption={text.imports.history}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title={text.imports.none}>{text.imports.noneNext}</EmptyState>}
    />
  );
}
