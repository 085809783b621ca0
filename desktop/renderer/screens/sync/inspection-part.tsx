import { useState } from 'react';
import { saveFile } from '../../base/save-file.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';

/** The whole journal as a file that an inspector can judge without this till and without a line. */
export function InspectionPart() {
  const t = useText();
  const exporting = useTillCommand('journal.export');
  const [done, setDone] = useState<string>();
  const run = async () => {
    setDone(undefined);
    const reply = await exporting.run({});
    if (!reply.ok) return;
    const { fileName, file, events, unreportedEvents } = reply.value;
    saveFile(fileName, file);
    setDone(t('inspection.done', { count: events, unreported: unreportedEvents }));
  };
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>{t('inspection.title')}</h2>
        <p>{t('inspection.body')}</p>
        {exporting.problem !== null && <ProblemNote problem={exporting.problem} />}
        {done !== undefined && (
          <Note kind="good" role="status">
            {done}
          </Note>
        )}
        <Button blockedBecause={exporting.isRunning ? '' : undefined} onPress={() => void run()}>
          {exporting.isRunning ? t('inspection.running') : t('inspection.run')}
        </Button>
      </div>
    </Card>
  );
}
