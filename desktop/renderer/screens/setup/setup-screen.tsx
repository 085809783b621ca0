import type { TillStatus } from '../../../../shared/contract/till-api.ts';
import { useRoute } from '../../base/route.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { classNames } from '../../components/class-names.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../text/text.ts';
import { DownloadStep } from './download-step.tsx';
import { EnrolStep } from './enrol-step.tsx';
import { OpeningStep } from './opening-step.tsx';
import { ReadyStep } from './ready-step.tsx';
import { RestoreStep } from './restore-step.tsx';
import styles from './setup.module.css';

const steps = ['enrol', 'download', 'opening', 'ready'] as const;
type Step = (typeof steps)[number];

/** First run. Where it stands follows from the till itself, so it can be left and resumed. */
export function SetupScreen({ status }: { readonly status: TillStatus }) {
  const t = useText();
  const { query } = useRoute();
  const sync = useTillQuery('sync.status', {});
  // Beside the steps: where there are no books, or damaged ones.
  const mayRestore = status.facility === null || status.fault !== null;
  const isRestoring = query['step'] === 'restore' && mayRestore;
  const step = stepOf({
    isEnrolled: status.facility !== null,
    hasCatalogue: (sync.data?.catalogueDrugs ?? 0) > 0,
    asked: query['step'],
  });
  return (
    <div className={styles['screen']}>
      <ol className={styles['steps']} aria-label={t('setup.steps')}>
        {steps.map((name, index) => (
          <li
            key={name}
            aria-current={name === step ? 'step' : undefined}
            className={classNames(
              styles['step'],
              steps.indexOf(step) > index && styles['isDone'],
              name === step && styles['isNow'],
            )}
          >
            <b>{steps.indexOf(step) > index ? <Icon name="check" size={14} /> : index + 1}</b>
            {t(`setup.step.${name}`)}
            {steps.indexOf(step) > index && <span className="spoken">{t('setup.step.done')}</span>}
          </li>
        ))}
      </ol>
      {isRestoring && <RestoreStep />}
      {/* What it knew of its centre is read once, before anybody types. */}
      {step === 'enrol' && !isRestoring && sync.data !== undefined && (
        <EnrolStep formerCentreUrl={sync.data.centreUrl} />
      )}
      {step === 'download' && !isRestoring && <DownloadStep sync={sync.data} />}
      {step === 'opening' && !isRestoring && <OpeningStep today={status.today} />}
      {step === 'ready' && !isRestoring && (
        <ReadyStep status={status} drugs={sync.data?.catalogueDrugs ?? 0} />
      )}
    </div>
  );
}

/** Nobody is led past a step that is not done; a done step may be asked for again. */
function stepOf({
  isEnrolled,
  hasCatalogue,
  asked,
}: {
  readonly isEnrolled: boolean;
  readonly hasCatalogue: boolean;
  readonly asked: string | undefined;
}): Step {
  if (!isEnrolled) return 'enrol';
  if (asked === 'ready') return 'ready';
  if (asked === 'opening') return 'opening';
  return hasCatalogue && asked !== 'download' ? 'opening' : 'download';
}
