import { Page } from '../../components/page.tsx';
import { useText } from '../../text/text.ts';
import { DiagnosticsPart } from './diagnostics-part.tsx';
import { LanPart } from './lan-part.tsx';
import { PaymentPart } from './payment-part.tsx';
import { PrinterPart } from './printer-part.tsx';
import styles from './settings.module.css';
import { UpdatePart } from './update-part.tsx';

/** How this shop wants its till: one card for each thing a person may look for. */
export function SettingsScreen() {
  const t = useText();
  return (
    <Page title={t('settings.title')} intro={t('settings.intro')}>
      <div className={styles['parts']}>
        <PaymentPart />
        <LanPart />
        <PrinterPart />
        <UpdatePart />
        <DiagnosticsPart />
      </div>
    </Page>
  );
}
