import { useRef, useState } from 'react';
import type { TillAnswer } from '../../../../shared/contract/till-api.ts';
import { base64Of, saveFile } from '../../base/save-file.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { QrFramesView } from './qr-frames-view.tsx';
import styles from './sync.module.css';

type Exported = TillAnswer<'carry.export'>;
type Done = { readonly kind: 'good' | 'warning'; readonly text: string };

/** Reports and answers by hand, for a shop whose line is out. */
export function CarryPart() {
  const t = useText();
  const exporting = useTillCommand('carry.export');
  const importing = useTillCommand('carry.import');
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<Exported>();
  const [done, setDone] = useState<Done>();

  const exportReports = async (as: 'file' | 'qr', afterSeq?: number) => {
    setDone(undefined);
    const reply = await exporting.run(afterSeq === undefined ? {} : { afterSeq });
    if (!reply.ok) return;
    const reports = reply.value;
    setShown(as === 'qr' && reports.frames.length > 0 ? reports : undefined);
    if (as === 'file') {
      saveFile(reports.fileName, reports.file);
      setDone({ kind: 'good', text: savedWords(t, reports) });
    } else if (reports.frames.length === 0) {
      setDone({ kind: 'warning', text: t('carry.qr.tooLong', { count: reports.events }) });
    }
  };
  const take = async (chosen: File) => {
    setDone(undefined);
    const reply = await importing.run({ file: await base64Of(chosen) });
    if (!reply.ok) return;
    if (reply.value.kind === 'relayed') saveFile(reply.value.fileName, reply.value.answerFile);
    setDone(takenWords(t, reply.value));
  };
  const problem = exporting.problem ?? importing.problem;
  const isBusy = exporting.isRunning || importing.isRunning;
  const blockedBecause = isBusy ? '' : undefined;
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>{t('carry.title')}</h2>
        <p>{t('carry.body')}</p>
        {problem !== null && <ProblemNote problem={problem} />}
        {done !== undefined && (
          <Note kind={done.kind} role="status">
            {done.text}
          </Note>
        )}
        <div className={styles['row']}>
          <Button blockedBecause={blockedBecause} onPress={() => void exportReports('file')}>
            {t('carry.export')}
          </Button>
          <Button
            blockedBecause={blockedBecause}
            onPress={() => (shown === undefined ? void exportReports('qr') : setShown(undefined))}
          >
            {shown === undefined ? t('carry.qr.show') : t('carry.qr.hide')}
          </Button>
          <Button blockedBecause={blockedBecause} onPress={() => input.current?.click()}>
            {t('carry.import')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('carry.import')}
            accept=".gz"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = '';
              if (chosen !== undefined) void take(chosen);
            }}
          />
        </div>
        {shown !== undefined && <QrFramesView frames={shown.frames} />}
      </div>
    </Card>
  );
}

function savedWords(t: Translate, reports: Exported): string {
  if (reports.events === 0) return t('carry.saved.nothing');
  const { events, eventsLeft } = reports;
  return eventsLeft === 0
    ? t('carry.saved', { count: events })
    : t('carry.saved.more', { count: events, left: eventsLeft });
}

function takenWords(t: Translate, taken: TillAnswer<'carry.import'>): Done {
  if (taken.kind === 'relayed') {
    const values = { name: taken.facilityName, count: taken.newEvents };
    return { kind: 'good', text: t('carry.relayed', values) };
  }
  if (taken.refused?.verdict === 'gap') {
    return { kind: 'warning', text: t('carry.taken.gap', { seq: taken.refused.detail }) };
  }
  if (taken.refused !== null) return { kind: 'warning', text: t('carry.taken.refused') };
  return taken.newlyAcked === 0 && taken.changes === 0
    ? { kind: 'good', text: t('carry.taken.known') }
    : {
        kind: 'good',
        text: t('carry.taken', { count: taken.newlyAcked, changes: taken.changes }),
      };
}
