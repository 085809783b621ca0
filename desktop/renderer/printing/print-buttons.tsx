import type { PrintRequest } from '../../../shared/contract/till-print-api.ts';
import { useKeys } from '../base/keys.ts';
import { notify } from '../base/notices.ts';
import { saveFile } from '../base/save-file.ts';
import { askTill, TillSaidNo } from '../base/till-queries.ts';
import { Button } from '../components/button.tsx';
import { plainNaming, problemSentence } from '../text/problem-text.ts';
import { useText } from '../text/text.ts';
import { printPaper } from './print.ts';
import styles from './printing.module.css';

/** Prints the slip of a sale, or gives it as a page. */
export function SlipButtons({ saleId }: { readonly saleId: string }) {
  const t = useText();
  return <PaperButtons request={{ type: 'sale', saleId }} label={t('print.slip')} />;
}

/** Prints a paper, or gives it as a page; Ctrl P while it is in sight. */
export function PaperButtons({
  request,
  label,
  hasPage = true,
}: {
  readonly request: PrintRequest;
  readonly label: string;
  /** What is true for a moment only is no page to keep. */
  readonly hasPage?: boolean;
}) {
  const t = useText();
  const print = () => void printPaper(t, request);
  useKeys({ print });
  const savePdf = async () => {
    try {
      const pdf = await askTill('paper.pdf', { request, format: 'a5' });
      if (pdf !== null) saveFile(pdf.fileName, pdf.file, 'application/pdf');
    } catch (error) {
      if (!(error instanceof TillSaidNo)) throw error;
      notify(problemSentence(t, error.problem, plainNaming));
    }
  };
  return (
    <div className={styles['buttons']}>
      <Button icon="printer" keyShown="Ctrl P" onPress={print}>
        {label}
      </Button>
      {hasPage && <Button onPress={() => void savePdf()}>{t('print.pdf')}</Button>}
    </div>
  );
}
