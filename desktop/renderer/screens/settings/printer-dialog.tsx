import { useId, useState } from 'react';
import { type PrinterAddress, PrinterProfile } from '../../../../shared/contract/till-print-api.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import paperStyles from '../../printing/printing.module.css';
import { useText } from '../../text/text.ts';
import styles from './settings.module.css';

const kinds = ['tcp', 'serial', 'system'] as const;
const letterTypes = ['dots', 'plain', 'windows-1258'] as const;
/** The page of windows-1258 at most printers sold in Việt Nam (Epson's numbering). */
const usualPage = 52;

export function newPrinter(number: number): PrinterProfile {
  return {
    id: `printer-${Date.now().toString(36)}`,
    name: `Máy in ${number}`,
    address: { kind: 'tcp', host: '192.168.1.100', port: 9_100 },
    widthMm: 80,
    letters: { type: 'dots' },
    cutsPaper: true,
    hasDrawer: false,
  };
}

/** One printer: how it is reached, how wide its roll is, what hangs on it. */
export function PrinterDialog({
  printer,
  onSave,
  onClose,
}: {
  readonly printer: PrinterProfile;
  readonly onSave: (printer: PrinterProfile) => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [draft, setDraft] = useState(printer);
  const change = (part: Partial<PrinterProfile>) => setDraft({ ...draft, ...part });
  const isWhole = PrinterProfile.safeParse(draft).success;
  const save = () => {
    if (isWhole) onSave(draft);
  };
  return (
    <Dialog title={t('printer.dialog')} onClose={onClose} onFinish={save}>
      <form
        className={paperStyles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t('printer.name')} value={draft.name} onChange={(name) => change({ name })} />
        <Choice
          label={t('printer.kind')}
          value={draft.address.kind}
          options={kinds.map((kind) => ({ value: kind, words: t(`printer.kind.${kind}`) }))}
          onChange={(kind) => change({ address: addressOf(kind, draft.address) })}
        />
        <AddressFields address={draft.address} onChange={(address) => change({ address })} />
        <Choice
          label={t('printer.width')}
          value={String(draft.widthMm)}
          options={['80', '58'].map((width) => ({ value: width, words: `${width} mm` }))}
          onChange={(width) => change({ widthMm: width === '58' ? 58 : 80 })}
        />
        {draft.address.kind !== 'system' && (
          <>
            <Choice
              label={t('printer.letters')}
              value={draft.letters.type}
              options={letterTypes.map((type) => ({
                value: type,
                words: t(`printer.letters.${type}`),
              }))}
              onChange={(type) => change({ letters: lettersOf(type) })}
            />
            <Check
              label={t('printer.cuts')}
              isChecked={draft.cutsPaper}
              onChange={(cutsPaper) => change({ cutsPaper })}
            />
            <Check
              label={t('printer.drawer')}
              isChecked={draft.hasDrawer}
              onChange={(hasDrawer) => change({ hasDrawer })}
            />
          </>
        )}
        <Button
          look="primary"
          keyShown="F9"
          isSubmit
          blockedBecause={isWhole ? undefined : t('printer.notWhole')}
        >
          {t('printer.save')}
        </Button>
      </form>
    </Dialog>
  );
}

function AddressFields({
  address,
  onChange,
}: {
  readonly address: PrinterAddress;
  readonly onChange: (address: PrinterAddress) => void;
}) {
  const t = useText();
  const devices = useTillQuery('printing.devices', {});
  const { serialPaths = [], systemPrinters = [] } = devices.data ?? {};
  switch (address.kind) {
    case 'tcp':
      return (
        <>
          <Field
            label={t('printer.host')}
            value={address.host}
            onChange={(host) => onChange({ ...address, host })}
          />
          <Field
            label={t('printer.port')}
            isNumber
            value={String(address.port)}
            onChange={(port) => onChange({ ...address, port: wholeOf(port) })}
          />
        </>
      );
    case 'serial':
      return (
        <>
          <Field
            label={t('printer.path')}
            hint={t('printer.found', { names: serialPaths.join(', ') || '–' })}
            value={address.path}
            onChange={(path) => onChange({ ...address, path })}
          />
          <Field
            label={t('printer.baud')}
            isNumber
            value={String(address.baudRate)}
            onChange={(baud) => onChange({ ...address, baudRate: wholeOf(baud) })}
          />
        </>
      );
    case 'system':
      return (
        <Field
          label={t('printer.systemName')}
          hint={t('printer.found', { names: systemPrinters.join(', ') || '–' })}
          value={address.name}
          onChange={(name) => onChange({ ...address, name })}
        />
      );
  }
}

/** Digits only; a number that is none is caught by the profile's own schema. */
function wholeOf(typed: string): number {
  return Number(typed.replace(/\D/g, '').slice(0, 7));
}

function addressOf(kind: (typeof kinds)[number], before: PrinterAddress): PrinterAddress {
  if (kind === before.kind) return before;
  switch (kind) {
    case 'tcp':
      return { kind, host: '192.168.1.100', port: 9_100 };
    case 'serial':
      return { kind, path: 'COM1', baudRate: 9_600 };
    case 'system':
      return { kind, name: '' };
  }
}

function lettersOf(type: (typeof letterTypes)[number]): PrinterProfile['letters'] {
  return type === 'windows-1258' ? { type, page: usualPage } : { type };
}

function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly words: string }[];
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className={paperStyles['choice']}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles['time']}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Check({
  label,
  isChecked,
  onChange,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}) {
  return (
    <label className={styles['choice']}>
      <input
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
