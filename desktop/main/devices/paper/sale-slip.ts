import type {
  PaymentMethod,
  SaleCompleted,
  SaleLine,
} from '../../../../shared/events/sale-completed.ts';
import type { Instant } from '../../../../shared/model/calendar.ts';
import type { Facility } from '../../../../shared/model/facility.ts';
import { type Paper, type PaperBlock, type PaperItem, present } from './paper.ts';
import {
  dateWords,
  momentWords,
  moneyWords,
  numberWords,
  signedMoneyWords,
} from './paper-words.ts';

/** What every paper of a facility begins and ends with. */
export type Letterhead = {
  readonly facility: Facility;
  /** A practice shop: nothing on this paper has happened. */
  readonly isPractice: boolean;
};

/** A paper that was printed before, in whole or in part. */
export type Reprint = {
  /** 1 for the first copy. */
  readonly copy: number;
  readonly by: string;
  readonly at: Instant;
};

export type SaleSlip = Letterhead & {
  readonly sale: SaleCompleted;
  readonly soldAt: Instant;
  /** Name, or the short code where no name is known. */
  readonly soldBy: string;
  readonly drugNames: Readonly<Record<string, string>>;
  /** What the smallest unit of each drug is called. */
  readonly smallestUnits: Readonly<Record<string, string>>;
  /** Who bought, where somebody wanted it on the slip. */
  readonly customer: { readonly name: string; readonly phone: string } | null;
  /** Why it was undone; null while it stands. */
  readonly voidedReason: string | null;
  readonly reprint: Reprint | null;
  /** An earlier try to print it was cut off: part of it may lie somewhere. */
  readonly isAfterCut: boolean;
};

/** The slip of a sale (hóa đơn bán lẻ), for a customer and for the shop's file. */
export function saleSlip(slip: SaleSlip): Paper {
  const { sale, facility } = slip;
  return {
    title: `Phiếu ${sale.slip}`,
    blocks: [
      ...letterhead(slip),
      { type: 'text', text: 'PHIẾU BÁN LẺ THUỐC', look: 'large', isCentred: true },
      ...marks(slip),
      { type: 'row', left: `Số: ${sale.slip}`, right: momentWords(slip.soldAt), look: 'strong' },
      { type: 'text', text: `Người bán: ${slip.soldBy}` },
      ...present(
        slip.customer !== null && {
          type: 'text',
          text: `Khách hàng: ${customerWords(slip.customer)}`,
        },
        sale.prescriptionCode !== undefined && {
          type: 'text',
          text: `Đơn thuốc: ${sale.prescriptionCode}`,
        },
      ),
      { type: 'rule' },
      ...sale.lines.map((line, index) => itemOf(line, index, slip)),
      { type: 'rule' },
      ...sums(sale),
      { type: 'rule' },
      ...present({
        type: 'text',
        look: 'small',
        text: `Người chịu trách nhiệm chuyên môn: ${facility.responsiblePharmacist.name}`,
      }),
      { type: 'code', text: sale.slip },
      {
        type: 'text',
        text: 'Quý khách giữ phiếu này khi cần đổi, trả.',
        look: 'small',
        isCentred: true,
      },
      { type: 'text', text: 'Cảm ơn quý khách!', isCentred: true },
    ],
  };
}

function customerWords({ name, phone }: NonNullable<SaleSlip['customer']>): string {
  return [name, phone].filter((part) => part !== '').join(' · ');
}

/** Name, address, telephone and licence: what NĐ 163/2025 asks a retailer to be known by. */
export function letterhead({ facility, isPractice }: Letterhead): readonly PaperBlock[] {
  const { name, address, commune, phone, licence } = facility;
  const place = [address, commune].filter((part) => part !== '').join(', ');
  return present(
    isPractice && { type: 'banner', text: 'THỰC HÀNH – KHÔNG CÓ GIÁ TRỊ' },
    { type: 'text', text: name, look: 'large', isCentred: true },
    place !== '' && { type: 'text', text: place, look: 'small', isCentred: true },
    phone !== '' && { type: 'text', text: `ĐT: ${phone}`, look: 'small', isCentred: true },
    { type: 'text', text: `GCN ĐKKDD: ${licence.number}`, look: 'small', isCentred: true },
    { type: 'space' },
  );
}

/** What must be seen before anything else is read. */
function marks({ voidedReason, reprint, isAfterCut }: SaleSlip): readonly PaperBlock[] {
  return present(
    voidedReason !== null && { type: 'banner', text: 'ĐÃ HỦY' },
    voidedReason !== null && {
      type: 'text',
      text: `Lý do hủy: ${voidedReason}`,
      isCentred: true,
    },
    ...reprintMarks({ reprint, isAfterCut }),
  );
}

/** Also of other papers that may be printed twice. */
export function reprintMarks({
  reprint,
  isAfterCut,
}: Pick<SaleSlip, 'reprint' | 'isAfterCut'>): readonly PaperBlock[] {
  return present(
    reprint !== null && { type: 'banner', text: `BẢN SAO ${reprint.copy}` },
    reprint !== null && {
      type: 'text',
      text: `In lại lúc ${momentWords(reprint.at)} · ${reprint.by}`,
      look: 'small',
      isCentred: true,
    },
    isAfterCut && { type: 'banner', text: 'IN LẠI SAU GIÁN ĐOẠN' },
  );
}

function itemOf(
  line: SaleLine,
  index: number,
  { drugNames, smallestUnits }: Pick<SaleSlip, 'drugNames' | 'smallestUnits'>,
): PaperItem {
  const discount = line.discountVnd > 0 ? [`Giảm giá: −${moneyWords(line.discountVnd)}`] : [];
  return {
    type: 'item',
    number: index + 1,
    name: drugNames[line.drug] ?? line.drug,
    quantity: numberWords(line.quantity),
    unit: line.unit.name,
    price: numberWords(line.priceVnd),
    amount: numberWords(line.amountVnd),
    notes: [
      ...line.picks.map((pick) => lotWords(line, pick, smallestUnits[line.drug] ?? 'lẻ')),
      ...discount,
    ],
  };
}

/** The lot, and how much of it where a line was taken from several. */
function lotWords(line: SaleLine, pick: SaleLine['picks'][number], smallestUnit: string): string {
  const lot = `Lô ${pick.lot} · HD ${dateWords(pick.expiresOn)}`;
  if (line.picks.length === 1) return lot;
  const { factor, name } = line.unit;
  const isWhole = pick.units % factor === 0;
  const part = isWhole
    ? `${numberWords(pick.units / factor)} ${name}`
    : `${numberWords(pick.units)} ${smallestUnit}`;
  return `${lot} · ${part}`;
}

/** Also of the money given back for goods. */
export const methodWords: Readonly<Record<PaymentMethod, string>> = {
  cash: 'Tiền mặt',
  vietqr: 'Chuyển khoản VietQR',
};

function sums({ lines, totalVnd, payment, exchange }: SaleCompleted): readonly PaperBlock[] {
  const { parts, tenderedVnd, changeVnd, roundingVnd = 0, reference } = payment;
  const discountVnd = lines.reduce((sum, line) => sum + line.discountVnd, 0);
  const creditVnd = exchange?.creditVnd ?? 0;
  const dueVnd = totalVnd + roundingVnd - creditVnd;
  return present(
    discountVnd > 0 && row('Tạm tính', totalVnd + discountVnd),
    discountVnd > 0 && row('Giảm giá', -discountVnd),
    { type: 'space' },
    { type: 'row', left: 'TỔNG CỘNG', right: moneyWords(totalVnd), look: 'large' },
    exchange !== undefined && row(`Đổi hàng của phiếu ${exchange.slip}`, -creditVnd),
    roundingVnd !== 0 && row('Làm tròn', roundingVnd),
    dueVnd !== totalVnd && { ...row('Khách trả', dueVnd), look: 'strong' },
    ...(parts ?? []).map(({ method, amountVnd }) => row(methodWords[method], amountVnd)),
    parts !== undefined && changeVnd > 0 && row('Khách đưa', tenderedVnd),
    parts === undefined && tenderedVnd > 0 && row(methodWords[payment.method], tenderedVnd),
    reference !== undefined && { type: 'row', left: 'Mã chuyển khoản', right: reference },
    changeVnd > 0 && row('Tiền thừa', changeVnd),
  );
}

/** Less than nothing with its sign in front. */
export function row(left: string, amountVnd: number) {
  return { type: 'row' as const, left, right: signedMoneyWords(amountVnd) };
}
