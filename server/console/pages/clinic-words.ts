import type { AgreementState, NamedEvent, ParkedRow } from '../../../shared/contract/clinic-api.ts';
import type { Tone } from '../components/controls.tsx';
import { count, dateTime } from '../format.ts';
import type { Texts } from '../text/vi.ts';
import { eventName } from './alert-words.ts';

export const agreementTones: Readonly<Record<AgreementState, Tone>> = {
  forked: 'bad',
  different: 'bad',
  waiting: 'info',
  unknown: 'neutral',
  revoked: 'neutral',
  agreed: 'good',
};

/** Where a record stands, in one word. */
export function recordState(row: ParkedRow): { readonly name: RecordState; readonly tone: Tone } {
  if (row.releasedAt !== null) return { name: 'released', tone: 'good' };
  return row.askedAt === null ? { name: 'waiting', tone: 'warn' } : { name: 'asked', tone: 'info' };
}
type RecordState = keyof Texts['clinic']['states'];

/** `Phiếu bán A1-12, bản ghi 40, lúc 22/11/2026 14:32`: as it is found again on paper. */
export function namedEvent(event: NamedEvent, text: Texts): string {
  const kind = eventName(event.type, text);
  const seq = count(event.seq);
  const at = Number.isFinite(Date.parse(event.at)) ? dateTime(event.at) : '–';
  return event.slip === null
    ? text.agreement.firstOfKind(kind, seq, at)
    : text.agreement.firstOf(kind, event.slip, seq, at);
}
