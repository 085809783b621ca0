import type { ShiftClosed } from '../../../../shared/events/shift-closed.ts';
import type { Instant } from '../../../../shared/model/calendar.ts';
import type { ShiftFigures } from '../../../../shared/rules/shift.ts';
import { type Paper, type PaperBlock, present } from './paper.ts';
import { momentWords, moneyWords, numberWords, signedMoneyWords } from './paper-words.ts';
import { type Letterhead, letterhead, type Reprint, reprintMarks } from './sale-slip.ts';

type ShiftHead = Letterhead &
  Pick<ShiftClosed, 'number' | 'openedAt' | 'openingCashVnd'> & {
    readonly openedBy: string;
    readonly printedAt: Instant;
    readonly reprint: Reprint | null;
    readonly isAfterCut: boolean;
  };

type Tally = { readonly count: number; readonly totalVnd: number | null };

/** Figures so far (X); `payments` are left out of a blind count. */
export type RunningShift = ShiftHead & {
  readonly figures: Readonly<Record<'sales' | 'voids' | 'returns', Tally>> & {
    readonly roundingVnd?: number | undefined;
    readonly payments: ShiftFigures['payments'] | null;
  };
};

export type ClosedShift = ShiftHead & {
  readonly closedAt: Instant;
  readonly closedBy: string;
  readonly figures: ShiftClosed;
};

/** What the shift has done so far; printing it changes nothing. */
export function shiftXReport(shift: RunningShift): Paper {
  const { figures, printedAt } = shift;
  return {
    title: `Báo cáo X ca ${shift.number}`,
    blocks: [
      ...head(shift, 'BÁO CÁO X – ĐANG BÁN'),
      { type: 'row', left: 'Lúc in', right: momentWords(printedAt) },
      { type: 'rule' },
      ...tallies(figures),
      ...(figures.payments ?? []).flatMap((payment) => [
        { type: 'rule' as const },
        ...moneyRows(shift, payment),
      ]),
    ],
  };
}

/** The shift as it was closed and sealed. */
export function shiftZReport(shift: ClosedShift): Paper {
  const { figures } = shift;
  return {
    title: `Báo cáo Z ca ${shift.number}`,
    blocks: [
      ...head(shift, 'BÁO CÁO Z – CHỐT CA'),
      { type: 'row', left: 'Đóng ca', right: momentWords(shift.closedAt) },
      { type: 'row', left: 'Người đóng', right: shift.closedBy },
      { type: 'rule' },
      ...tallies(figures),
      ...figures.payments.flatMap((payment) => [
        { type: 'rule' as const },
        ...moneyRows(shift, payment),
        ...counted(payment),
      ]),
      { type: 'rule' },
      ...present(
        { type: 'text', text: figures.isBlind ? 'Đếm không xem số.' : 'Đếm có xem số.' },
        figures.note !== '' && { type: 'text', text: `Ghi chú: ${figures.note}` },
      ),
      { type: 'space' },
      { type: 'row', left: 'Người đóng ca', right: 'Người kiểm tra' },
      { type: 'signature' },
      { type: 'rule' },
    ],
  };
}

function head(shift: ShiftHead, title: string): readonly PaperBlock[] {
  return [
    ...letterhead(shift),
    { type: 'text', text: title, look: 'large', isCentred: true },
    ...reprintMarks(shift),
    { type: 'row', left: 'Ca số', right: numberWords(shift.number), look: 'strong' },
    { type: 'row', left: 'Mở ca', right: momentWords(shift.openedAt) },
    { type: 'row', left: 'Người mở', right: shift.openedBy },
  ];
}

function tallies({
  sales,
  voids,
  returns,
  roundingVnd = 0,
}: RunningShift['figures']): readonly PaperBlock[] {
  const tally = (left: string, { count, totalVnd }: Tally) => ({
    type: 'row' as const,
    left: `${left} (${numberWords(count)})`,
    right: totalVnd === null ? '' : moneyWords(totalVnd),
  });
  return present(
    tally('Bán', sales),
    tally('Hủy', voids),
    tally('Trả hàng', returns),
    roundingVnd !== 0 && { type: 'row', left: 'Làm tròn', right: signedMoneyWords(roundingVnd) },
  );
}

const methodTitles: Readonly<Record<ShiftFigures['payments'][number]['method'], string>> = {
  cash: 'TIỀN MẶT',
  vietqr: 'VIETQR',
};

function moneyRows(
  { openingCashVnd }: Pick<ShiftHead, 'openingCashVnd'>,
  payment: ShiftFigures['payments'][number],
): readonly PaperBlock[] {
  return present(
    { type: 'text', text: methodTitles[payment.method], look: 'strong' },
    payment.method === 'cash' && {
      type: 'row',
      left: 'Tiền đầu ca',
      right: moneyWords(openingCashVnd),
    },
    { type: 'row', left: 'Đã thu', right: moneyWords(payment.takenVnd) },
    { type: 'row', left: 'Đã trả lại', right: moneyWords(payment.paidBackVnd) },
    { type: 'row', left: 'Phải có', right: signedMoneyWords(payment.expectedVnd), look: 'strong' },
  );
}

function counted({
  countedVnd,
  differenceVnd,
}: ShiftClosed['payments'][number]): readonly PaperBlock[] {
  if (countedVnd === null || differenceVnd === null) {
    return [{ type: 'row', left: 'Đếm được', right: 'không đếm' }];
  }
  const word = differenceVnd === 0 ? 'Khớp' : differenceVnd > 0 ? 'Thừa' : 'Thiếu';
  return [
    { type: 'row', left: 'Đếm được', right: moneyWords(countedVnd), look: 'strong' },
    { type: 'row', left: word, right: moneyWords(Math.abs(differenceVnd)), look: 'large' },
  ];
}
