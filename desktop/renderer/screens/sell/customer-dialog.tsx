import { useState } from 'react';
import type { Customer } from '../../../../shared/rules/open-sale.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useText } from '../../text/text.ts';
import { changeCart } from './cart-store.ts';
import styles from './sell.module.css';

/** Alt K: a name or a number for the slip, where the customer wants one. Nobody has to. */
export function CustomerDialog({
  customer,
  onClose,
}: {
  readonly customer: Customer | undefined;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [name, setName] = useState(customer?.name ?? '');
  const [phone, setPhone] = useState(customer?.phone ?? '');
  const use = () => {
    const named = { name: name.trim(), phone: phone.trim() };
    const isEmpty = named.name === '' && named.phone === '';
    changeCart({ type: 'customerNamed', customer: isEmpty ? undefined : named });
    onClose();
  };
  return (
    <Dialog title={t('customer.title')} onClose={onClose} onFinish={use}>
      <p>{t('customer.intro')}</p>
      <form
        className={styles['pay']}
        onSubmit={(event) => {
          event.preventDefault();
          use();
        }}
      >
        <Field
          label={t('customer.name')}
          value={name}
          onChange={setName}
          maxLength={100}
          isFocusedFirst
        />
        <Field label={t('customer.phone')} value={phone} onChange={setPhone} maxLength={20} />
        <div className={styles['formEnd']}>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" isSubmit keyShown="Enter">
            {t('customer.use')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
