import { useTillQuery } from '../../base/till-queries.ts';
import { PaymentForm } from '../../components/payment-form.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { SettingsPart } from './settings-part.tsx';

/** Where customers transfer money to, and the shop's rule for small change. */
export function PaymentPart() {
  const t = useText();
  const settings = useTillQuery('settings.get', {});
  return (
    <SettingsPart title={t('payset.title')} body={t('payset.body')}>
      {settings.data === undefined ? (
        <Skeleton rows={3} />
      ) : (
        <PaymentForm settings={settings.data.payment} />
      )}
    </SettingsPart>
  );
}
