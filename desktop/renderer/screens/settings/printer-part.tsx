import { useState } from 'react';
import {
  AutomaticSlip,
  type PrinterProfile,
  type PrintSettings,
} from '../../../../shared/contract/till-print-api.ts';
import { changePreferences, usePreferences } from '../../base/preferences.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote, Skeleton } from '../../components/states.tsx';
import { printPaper } from '../../printing/print.ts';
import paperStyles from '../../printing/printing.module.css';
import { useText } from '../../text/text.ts';
import { newPrinter, PrinterDialog } from './printer-dialog.tsx';
import styles from './settings.module.css';
import { SettingsPart } from './settings-part.tsx';

/** The printers of this till, which of them is this counter's, and when a slip comes by itself. */
export function PrinterPart() {
  const t = useText();
  const printing = useTillQuery('printing.get', {});
  const change = useTillCommand('printing.change');
  const [edited, setEdited] = useState<PrinterProfile>();
  const settings = printing.data?.settings;
  const save = (changed: Partial<PrintSettings>) =>
    settings === undefined ? undefined : change.run({ ...settings, ...changed });
  const keep = async (printer: PrinterProfile) => {
    const others = settings?.printers.filter(({ id }) => id !== printer.id) ?? [];
    const reply = await save({ printers: [...others, printer].sort(byId) });
    if (reply?.ok === true) setEdited(undefined);
  };
  return (
    <SettingsPart title={t('printer.title')} body={t('printer.body')}>
      {settings === undefined && <Skeleton rows={2} />}
      {printing.error !== null && <ProblemNote problem={printing.error.problem} />}
      {change.problem !== null && <ProblemNote problem={change.problem} />}
      {settings !== undefined && (
        <>
          <PrinterList
            settings={settings}
            onEdit={setEdited}
            onRemove={(id) =>
              void save({ printers: settings.printers.filter((other) => other.id !== id) })
            }
          />
          <label className={styles['choice']}>
            {t('printer.automatic')}
            <select
              className={styles['time']}
              value={settings.automaticSlip}
              onChange={(event) =>
                void save({ automaticSlip: AutomaticSlip.parse(event.target.value) })
              }
            >
              {AutomaticSlip.options.map((option) => (
                <option key={option} value={option}>
                  {t(`printer.automatic.${option}`)}
                </option>
              ))}
            </select>
          </label>
          <Button onPress={() => setEdited(newPrinter(settings.printers.length + 1))}>
            {t('printer.add')}
          </Button>
        </>
      )}
      {edited !== undefined && (
        <PrinterDialog
          printer={edited}
          onSave={(printer) => void keep(printer)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </SettingsPart>
  );
}

function byId(a: PrinterProfile, b: PrinterProfile): number {
  return a.id < b.id ? -1 : 1;
}

function PrinterList({
  settings: { printers },
  onEdit,
  onRemove,
}: {
  readonly settings: PrintSettings;
  readonly onEdit: (printer: PrinterProfile) => void;
  readonly onRemove: (id: string) => void;
}) {
  const t = useText();
  const { printerId } = usePreferences();
  const own = printers.some(({ id }) => id === printerId) ? printerId : printers[0]?.id;
  if (printers.length === 0) return <p>{t('printer.none')}</p>;
  return (
    <ul className={paperStyles['list']}>
      {printers.map((printer) => (
        <li key={printer.id}>
          <label className={styles['choice']}>
            <input
              type="radio"
              name="own-printer"
              checked={printer.id === own}
              onChange={() => changePreferences({ printerId: printer.id })}
            />
            <span>
              <strong>{printer.name}</strong>
              <small>
                {addressWords(printer)} · {printer.widthMm} mm
                {printer.id === own ? ` · ${t('printer.own')}` : ''}
              </small>
            </span>
          </label>
          <div className={styles['row']}>
            {printer.id === own && (
              <Button onPress={() => void printPaper(t, { type: 'test' })}>
                {t('printer.test')}
              </Button>
            )}
            {printer.id === own && printer.hasDrawer && (
              <Button onPress={() => void printPaper(t, { type: 'drawer' })}>
                {t('printer.openDrawer')}
              </Button>
            )}
            <Button onPress={() => onEdit(printer)}>{t('printer.edit')}</Button>
            <Button look="quiet" onPress={() => onRemove(printer.id)}>
              {t('printer.remove')}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function addressWords({ address }: PrinterProfile): string {
  switch (address.kind) {
    case 'tcp':
      return `${address.host}:${address.port}`;
    case 'serial':
      return `${address.path} · ${address.baudRate}`;
    case 'system':
      return address.name;
  }
}
