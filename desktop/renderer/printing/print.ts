import type { TillReply } from '../../../shared/contract/till-api.ts';
import type { PrintRequest } from '../../../shared/contract/till-print-api.ts';
import { notify } from '../base/notices.ts';
import { currentPreferences } from '../base/preferences.ts';
import { callTill } from '../base/till-client.ts';
import { plainNaming, problemSentence } from '../text/problem-text.ts';
import type { Translate } from '../text/text.ts';

/** Puts a paper into the queue of this counter's printer; what is wrong is said at the foot. */
export async function printPaper(t: Translate, request: PrintRequest): Promise<boolean> {
  const reply = await callTill('printing.print', { request, ...ownPrinter() });
  if (!reply.ok) {
    notify(problemSentence(t, reply.error, plainNaming));
    return false;
  }
  const { copy } = reply.value;
  notify(copy === 0 ? t('print.queued') : t('print.queuedCopy', { copy }));
  return true;
}

/** Behind a sale, for the slip or the drawer: nobody waits, and nothing of it can fail the sale. */
export function printAfterSale(saleId: string): Promise<TillReply> {
  const request = { type: 'sale', saleId } as const;
  return callTill('printing.print', { request, isAutomatic: true, ...ownPrinter() });
}

function ownPrinter(): { readonly printerId?: string } {
  const { printerId } = currentPreferences();
  return printerId === null ? {} : { printerId };
}
