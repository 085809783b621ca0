import type { Translate } from '../../text/text.ts';

/** A document as a person finds it on paper: by its slip, else by its kind. */
export function documentName(
  t: Translate,
  { slip, type }: { readonly slip: string | null; readonly type: string },
): string {
  if (slip !== null) return t('sync.agreement.document.slip', { slip });
  return t('sync.agreement.document.other', { type: type.split('.')[0] ?? '' });
}
