import type { Instant } from '../../../../shared/model/calendar.ts';
import type { Paper } from './paper.ts';
import { momentWords } from './paper-words.ts';
import { type Letterhead, letterhead } from './sale-slip.ts';

/** Shows at a glance whether width, marks of letters, code and knife are right. */
export function testSlip(
  slip: Letterhead & { readonly printerName: string; readonly printedAt: Instant },
): Paper {
  return {
    title: 'Phiếu in thử',
    blocks: [
      ...letterhead(slip),
      { type: 'text', text: 'PHIẾU IN THỬ', look: 'large', isCentred: true },
      { type: 'row', left: slip.printerName, right: momentWords(slip.printedAt) },
      { type: 'rule' },
      {
        type: 'text',
        text: 'Chữ có dấu: ắ ằ ẳ ẵ ặ ấ ầ ẩ ẫ ậ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự đ',
      },
      { type: 'text', text: 'THUỐC · NHÃN · HẠN DÙNG · ĐƠN VỊ', look: 'strong' },
      { type: 'row', left: 'Sát lề trái', right: 'Sát lề phải' },
      { type: 'row', left: '123.456', right: '1.250.000 ₫', look: 'large' },
      { type: 'text', text: 'Chữ nhỏ: lô, hạn dùng, số giấy chứng nhận.', look: 'small' },
      { type: 'rule' },
      { type: 'code', text: 'MANG-THUOC' },
      {
        type: 'text',
        text: 'Hai dòng “Sát lề” phải nằm trọn trên giấy; nếu bị cắt, hãy chọn khổ giấy khác.',
        look: 'small',
        isCentred: true,
      },
    ],
  };
}
