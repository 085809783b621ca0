import type { CustomerReturnAccepted } from '../../../../shared/events/customer-return-accepted.ts';
import type { SaleCompleted } from '../../../../shared/events/sale-completed.ts';
import type { Instant } from '../../../../shared/model/calendar.ts';
import { type Paper, type PaperBlock, present } from './paper.ts';
import { dateWords, momentWords, moneyWords, numberWords } from './paper-words.ts';
import {
  type Letterhead,
  letterhead,
  methodWords,
  type Reprint,
  reprintMarks,
  row,
} from './sale-slip.ts';

export type ReturnSlip = Letterhead & {
  readonly accepted: CustomerReturnAccepted;
  /** The sale it takes goods back of. */
  readonly sale: SaleCompleted;
  readonly acceptedAt: Instant;
  readonly acceptedBy: string;
  readonly drugNames: Readonly<Record<string, string>>;
  readonly smallestUnits: Readonly<Record<string, string>>;
  readonly reprint: Reprint | null;
  readonly isAfterCut: boolean;
};

/** Goods a customer brought back, with the money given for them and room for the customer's name. */
export function returnSlip(slip: ReturnSlip): Paper {
  const { accepted, sale } = slip;
  return {
    title: `Phiếu trả hàng ${accepted.slip}`,
    blocks: [
      ...letterhead(slip),
      { type: 'text', text: 'PHIẾU NHẬN LẠI THUỐC', look: 'large', isCentred: true },
      ...reprintMarks(slip),
      {
        type: 'row',
        left: `Của phiếu: ${accepted.slip}`,
        right: momentWords(slip.acceptedAt),
        look: 'strong',
      },
      { type: 'text', text: `Người nhận: ${slip.acceptedBy}` },
      { type: 'text', text: `Lý do: ${accepted.reason}` },
      { type: 'rule' },
      ...accepted.lines.map((line, index) => {
        const sold = sale.lines[line.saleLine];
        const factor = sold?.unit.factor ?? 1;
        const isWhole = line.units % factor === 0;
        return {
          type: 'item' as const,
          number: index + 1,
          name: slip.drugNames[line.drug] ?? line.drug,
          quantity: numberWords(isWhole ? line.units / factor : line.units),
          unit: (isWhole ? sold?.unit.name : slip.smallestUnits[line.drug]) ?? 'lẻ',
          price: sold !== undefined && isWhole ? numberWords(sold.priceVnd) : '',
          amount: numberWords(line.refundVnd),
          notes: [`Lô ${line.lot} · HD ${dateWords(line.expiresOn)}`],
        };
      }),
      { type: 'rule' },
      ...refundRows(accepted),
      { type: 'rule' },
      ...present(
        {
          type: 'text',
          text: 'Thuốc nhận lại được biệt trữ, không bán lại.',
          look: 'small',
          isCentred: true,
        },
        { type: 'space' },
        { type: 'text', text: 'Khách hàng (ký, ghi rõ họ tên):' },
        { type: 'signature' },
        { type: 'rule' },
      ),
    ],
  };
}

function refundRows({ totalVnd, refund, exchange }: CustomerReturnAccepted): readonly PaperBlock[] {
  const { paidVnd = totalVnd, method = 'cash', roundingVnd = 0, creditVnd = 0 } = refund ?? {};
  return present(
    { type: 'row', left: 'GIÁ TRỊ NHẬN LẠI', right: moneyWords(totalVnd), look: 'large' },
    roundingVnd !== 0 && row('Làm tròn', roundingVnd),
    creditVnd > 0 && row(`Trừ vào phiếu ${exchange?.slip ?? ''}`.trim(), creditVnd),
    paidVnd > 0 && { ...row(`Trả lại: ${methodWords[method]}`, paidVnd), look: 'strong' },
  );
}
