import type { LanStatus } from '../../../../shared/contract/till-care-api.ts';
import { formatMoment } from '../../base/format.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { QrDrawing } from '../../components/qr-drawing.tsx';
import { Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './settings.module.css';
import { SettingsPart } from './settings-part.tsx';

/** Lets a second computer or a phone of the shop be a counter, one by one. */
export function LanPart() {
  const t = useText();
  const lan = useTillQuery('lan.status', {});
  const change = useTillCommand('settings.change');
  const status = lan.data;
  return (
    <SettingsPart title={t('settings.lan.title')} body={t('settings.lan.body')}>
      {status === undefined && <Skeleton rows={1} />}
      {status?.isOffered === false && <p>{t('settings.lan.notOffered')}</p>}
      {status?.isOffered === true && (
        <>
          <label className={styles['choice']}>
            <input
              type="checkbox"
              checked={status.isOpen}
              onChange={(event) => void change.run({ isLanOn: event.target.checked })}
            />
            {t('settings.lan.isOn')}
          </label>
          {status.problem !== null && (
            <Note kind="warning" role="alert">
              {t(`settings.lan.problem.${status.problem}`, { port: status.port })}
            </Note>
          )}
          {status.isOpen && <OpenDoor status={status} />}
        </>
      )}
      {change.problem !== null && <ProblemNote problem={change.problem} />}
    </SettingsPart>
  );
}

function OpenDoor({ status }: { readonly status: LanStatus }) {
  const t = useText();
  const newCode = useTillCommand('lan.newCode');
  const { urls, code, fingerprint } = status;
  const [url] = urls;
  if (url === undefined) return <p>{t('settings.lan.noNetwork')}</p>;
  return (
    <>
      {code !== null && (
        <div className={styles['pairing']}>
          <QrDrawing
            className={styles['qr']}
            text={`${url}pair?code=${code.text}`}
            label={t('settings.lan.qr')}
          />
          <ol>
            <li>{t('settings.lan.step.open', { url })}</li>
            <li>{t('settings.lan.step.accept')}</li>
            <li>
              {t('settings.lan.step.code')}{' '}
              <strong className={styles['code']}>
                {code.text.slice(0, 4)} {code.text.slice(4)}
              </strong>
            </li>
            <li>{t('settings.lan.step.until', { time: formatMoment(code.expiresAt) })}</li>
          </ol>
        </div>
      )}
      <Button onPress={() => void newCode.run({})}>
        {code === null ? t('settings.lan.newCode') : t('settings.lan.anotherCode')}
      </Button>
      {newCode.problem !== null && <ProblemNote problem={newCode.problem} />}
      <Devices devices={status.devices} />
      <details className={styles['support']}>
        <summary>{t('settings.lan.fingerprint')}</summary>
        <code>{fingerprint}</code>
      </details>
    </>
  );
}

function Devices({ devices }: { readonly devices: LanStatus['devices'] }) {
  const t = useText();
  const forget = useTillCommand('lan.forget');
  if (devices.length === 0) return <p>{t('settings.lan.noDevices')}</p>;
  return (
    <ul className={styles['devices']}>
      {devices.map(({ id, name, pairedAt, lastSeenAt }) => (
        <li key={id}>
          <span>
            <strong>{name}</strong>
            <small>
              {lastSeenAt === null
                ? t('settings.lan.pairedAt', { time: formatMoment(pairedAt) })
                : t('settings.lan.seenAt', { time: formatMoment(lastSeenAt) })}
            </small>
          </span>
          <Button
            look="danger"
            label={t('settings.lan.forgetName', { name })}
            onPress={() => void forget.run({ id })}
          >
            {t('settings.lan.forget')}
          </Button>
        </li>
      ))}
      {forget.problem !== null && <ProblemNote problem={forget.problem} />}
    </ul>
  );
}
