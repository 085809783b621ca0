import { useWaitingApproval, type WaitingApproval } from './base/approvals.ts';
import { useSession } from './base/session.ts';
import { callTill } from './base/till-client.ts';
import { Dialog } from './components/dialog.tsx';
import { PinForm } from './components/pin-form.tsx';
import { plainNaming, problemSentence } from './text/problem-text.ts';
import { useText } from './text/text.ts';

/** Over whatever is shown: somebody who may approves this one act with their PIN. */
export function ApprovalDialog() {
  const waiting = useWaitingApproval();
  return waiting === undefined ? null : <Asking key={waiting.commandId} waiting={waiting} />;
}

function Asking({ waiting }: { readonly waiting: WaitingApproval }) {
  const t = useText();
  const session = useSession();
  const { problem, commandId, settle } = waiting;
  const able = (session?.people ?? []).filter(
    ({ role, staffId }) => problem.roles.includes(role) && staffId !== session?.staff?.staffId,
  );
  return (
    <Dialog title={t('people.approve.title')} onClose={() => settle(false)}>
      <p>{problemSentence(t, problem, plainNaming)}</p>
      {able.some(({ hasPin }) => hasPin) ? (
        <PinForm
          people={able}
          suggested={able.find(({ isOnDuty, hasPin }) => isOnDuty && hasPin)?.staffId ?? null}
          action={t('people.approve.run')}
          onPin={async (entered) => {
            const reply = await callTill('session.approve', { commandId, ...entered });
            if (!reply.ok) return reply.error;
            settle(true);
            return undefined;
          }}
        />
      ) : (
        <p>{t('people.approve.nobody')}</p>
      )}
    </Dialog>
  );
}
