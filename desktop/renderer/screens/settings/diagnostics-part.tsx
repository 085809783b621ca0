import { useState } from 'react';
import { saveText } from '../../base/save-file.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './settings.module.css';
import { SettingsPart } from './settings-part.tsx';

type Report = { readonly fileName: string; readonly text: string };

/** Shows what support would see before it is given away. */
export function DiagnosticsPart() {
  const t = useText();
  const making = useTillCommand('care.diagnostics');
  const [report, setReport] = useState<Report>();
  const make = async () => {
    const reply = await making.run({});
    if (reply.ok) setReport(reply.value);
  };
  return (
    <SettingsPart title={t('settings.diagnostics.title')} body={t('settings.diagnostics.body')}>
      {making.problem !== null && <ProblemNote problem={making.problem} />}
      {report !== undefined && (
        <textarea
          className={styles['report']}
          readOnly
          rows={14}
          spellCheck={false}
          aria-label={report.fileName}
          value={report.text}
        />
      )}
      <div className={styles['row']}>
        <Button blockedBecause={making.isRunning ? '' : undefined} onPress={() => void make()}>
          {t('settings.diagnostics.make')}
        </Button>
        {report !== undefined && (
          <Button look="primary" onPress={() => saveText(report.fileName, report.text)}>
            {t('settings.diagnostics.save')}
          </Button>
        )}
      </div>
    </SettingsPart>
  );
}
