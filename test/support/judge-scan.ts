import { CalendarDate } from '../../shared/model/calendar.ts';
import { readBarcode } from '../../shared/rules/barcode/read-barcode.ts';
import {
  type ScannerProfile,
  undoProfile,
  unknownScanner,
} from '../../shared/rules/barcode/wedge-text.ts';
import { corpusToday, type Scan } from './scanner-corpus.ts';

/**
 * `right`; `asked`: several readings, the truth among them; `open`: the number is right and something
 * is left for a person to type; `unread`; `wrong`: something is taken for true that is not.
 */
export type Outcome = 'right' | 'asked' | 'open' | 'unread' | 'wrong';

type Product = Extract<Scan['truth'], { type: 'product' }>;
type Read = Pick<Product, 'gtin' | 'lot' | 'expiresOn'>;

export function judgeScan({ sent, profile, truth }: Scan): Outcome {
  const known: ScannerProfile = {
    ...unknownScanner,
    ...(profile?.separator !== undefined && {
      separator: { type: 'replaced', by: profile.separator },
    }),
    layout: profile?.layout ?? 'kept',
    isCaseInverted: profile?.isCaseInverted ?? false,
  };
  const today = CalendarDate.parse(corpusToday);
  const read = readBarcode(undoProfile(sent, known), { today });
  if (truth.type === 'refused') return read.ok && read.value.type !== 'other' ? 'wrong' : 'right';
  if (!read.ok || read.value.type === 'other') return 'unread';
  if (read.value.type === 'unclear') {
    return read.value.codes.some((code) => isSame(code, truth)) ? 'asked' : 'wrong';
  }
  const { code } = read.value;
  if (isSame(code, truth)) return 'right';
  const isLeftOut = (field: 'lot' | 'expiresOn') =>
    code[field] === null || code[field] === truth[field];
  return code.gtin === truth.gtin && isLeftOut('lot') && isLeftOut('expiresOn') ? 'open' : 'wrong';
}

function isSame(code: Read, truth: Read): boolean {
  return code.gtin === truth.gtin && code.lot === truth.lot && code.expiresOn === truth.expiresOn;
}
