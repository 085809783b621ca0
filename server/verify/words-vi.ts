import type { FindingType } from '../../shared/sync/export-report.ts';
import type { CannotRead } from './read-export.ts';

type WordKey =
  | `finding.${FindingType}`
  | `file.${CannotRead['type']}`
  | `source.${'till' | 'centre'}`;

/**
 * What the inspector reads. `{…}` is filled in; a sentence never says more than the file proves.
 */
export const vi = {
  usage:
    'Cách dùng: npm run verify -- <tệp sổ> [--against <tệp sổ khác>] [--centre-key <khóa hoặc dấu vân tay>] [--lang vi|en] [--lots] [--findings]',
  title: 'KIỂM TRA SỔ NHẬT KÝ BÁN THUỐC',
  file: 'Tệp: {file}',
  facility: 'Cơ sở: {name} ({code})',
  exported: 'Xuất lúc {time} {source}.',
  'source.till': 'tại máy bán hàng',
  'source.centre': 'tại trung tâm',
  converted:
    'Tệp đã bị đổi dạng chữ trên đường đi: {what}. Những dấu đó đã được bỏ đi trước khi kiểm tra.',
  convertedLines: '{count} dòng kết thúc bằng CR LF thay vì LF',
  convertedMark: 'có dấu thứ tự byte (BOM) ở đầu',
  convertedAnd: ' và ',
  convertedUndone:
    '  ✓ Bỏ đi rồi, dấu và chữ ký trên cả tệp khớp: đây đúng là từng byte đã xuất, không có gì khác bị đổi.',
  convertedOther:
    '  ! Bỏ đi rồi, dấu hoặc chữ ký trên cả tệp vẫn không khớp: còn điều khác, xem các phát hiện ở dưới.',
  centreKey: 'Khóa của trung tâm, dấu vân tay: {fingerprint}',
  centreKeyPinned: '  ✓ Đúng là khóa đã cho bằng --centre-key.',
  centreKeyUnpinned:
    '  ! Chưa so với khóa biết từ nơi khác: hãy đối chiếu dấu vân tay này với dấu do trung tâm công bố.',
  till: 'MÁY {code} · mã {id}',
  noTills: 'Tệp không chứa sổ của máy nào.',
  deviceKey: 'Khóa của máy, dấu vân tay: {fingerprint}',
  certified: '  ✓ Trung tâm đã chứng nhận khóa này là của máy này.',
  proves: 'Tệp chứng minh:',
  provesNothing: 'Tệp không chứng minh được sự kiện nào.',
  provesChain:
    '  ✓ Chuỗi liền: {count} sự kiện, số 1 đến {last}, không thiếu, không chèn; mỗi sự kiện mang dấu của sự kiện trước.',
  chainBroken: '  ✗ Chuỗi không liền: xem các phát hiện ở dưới.',
  provesReceipts:
    '  ✓ Trung tâm đã ký nhận đến sự kiện {seq} (biên nhận lúc {time}; {count} biên nhận được kiểm): từng byte đến đó đúng như đã báo cáo.',
  provesNoReceipts: '  – Chưa có biên nhận nào của trung tâm.',
  provesReceiptsUnmatched:
    '  ✗ Tệp có {count} biên nhận, nhưng không biên nhận nào khớp với các sự kiện trong tệp: xem các phát hiện ở dưới.',
  provesSignature:
    '  ✓ Khóa của máy đã ký đến sự kiện {seq}: đến đó là lời của chính máy này, máy không chối được.',
  provesNot: 'Tệp không chứng minh:',
  tailUnreported:
    '  – {count} sự kiện sau biên nhận cuối (số {from} đến {to}) chỉ có chữ ký của máy. Ai giữ khóa của máy có thể đã cắt hoặc viết lại phần này; chỉ biên nhận về sau hoặc sổ ở trung tâm mới cho biết.',
  tailUnsigned: '  – {count} sự kiện cuối (số {from} đến {to}) không có chữ ký nào.',
  notTruth: '  – Việc ghi đúng sự thật tại quầy: sổ chỉ chứng minh đã ghi gì và không sửa lại.',
  notClocks: '  – Giờ ghi trên sự kiện: giờ là lời của đồng hồ máy; thứ tự là do chuỗi.',
  notLater: '  – Những gì xảy ra sau lúc xuất tệp.',
  clock: 'Đồng hồ: sự kiện đầu {first}, sự kiện cuối {last}.',
  clockGood: '  ✓ Không thấy giờ nào trái với thứ tự và các biên nhận.',
  clockBackwards: '  ! {count} lần giờ lùi lại, nhiều nhất {duration}.',
  clockAhead: '  ! {count} sự kiện ghi giờ sau lúc trung tâm nhận, nhiều nhất {duration}.',
  clockBehind:
    '  ! {count} sự kiện ghi giờ trước biên nhận đứng trước nó, nhiều nhất {duration} (ghi lùi ngày hoặc đồng hồ chậm).',
  totals: 'Cộng lại từ sổ:',
  totalsSales: '  {sales} đơn bán, {voided} đơn hủy, tiền bán {amount} đồng',
  totalsReceipts: '  {receipts} phiếu nhập, tiền nhập {amount} đồng',
  totalsLots: '  {lots} lô còn hàng, {units} đơn vị nhỏ nhất',
  totalsNegative: '  ! {count} lô âm kho',
  totalsUnread:
    '  ! {count} sự kiện thuộc loại chương trình này chưa đọc được: có trong chuỗi, không có trong phép cộng',
  lots: 'Tồn cuối theo lô (mã thuốc · số lô · hạn dùng · số lượng):',
  lotsMore: '  … còn {count} lô nữa (thêm --lots để xem hết)',
  findings: 'PHÁT HIỆN ({count}):',
  findingsMore: '  … còn {count} phát hiện nữa (thêm --findings để xem hết)',
  finding: '  ✗ {till}{words} [{type}]',
  findingTill: 'Máy {code}: ',
  seqOne: 'sự kiện {from}',
  seqMany: 'sự kiện {from} đến {to}',
  against: 'Đối chiếu với {file} ({source}, xuất lúc {time}): {count} máy có ở cả hai tệp.',
  againstGood: '  ✓ Hai tệp kể cùng một quá khứ.',
  againstNothing:
    '  ! Hai tệp không có máy nào chung dưới cùng một trung tâm: không đối chiếu được.',
  againstBad:
    '  ! Tệp đối chiếu tự nó có {count} phát hiện nên không chứng minh được gì về tệp này; hãy kiểm tra riêng tệp đó.',
  verdictWhole: 'KẾT LUẬN: KHÔNG THẤY GIẢ MẠO trong phạm vi nêu trên.',
  verdictContradicted:
    'KẾT LUẬN: SỔ KHÔNG ĐÁNG TIN. Phát hiện nặng nhất: {words} Giữ nguyên tệp này làm chứng cứ.',
  verdictInconclusive:
    'KẾT LUẬN: CHƯA KẾT LUẬN ĐƯỢC. {words} Phần còn lại không có gì trái với sổ; hãy chép lại tệp từ bản gốc.',
  verdictOther:
    'KẾT LUẬN: CHƯA KẾT LUẬN ĐƯỢC. Tệp này tự nó không có phát hiện nào, nhưng tệp đối chiếu không dùng được: {words}',
  verdictUnread: 'KẾT LUẬN: KHÔNG ĐỌC ĐƯỢC. {words} Chưa kết luận gì về sổ.',
  'file.no-such-file': 'Không mở được tệp.',
  'file.not-gzip': 'Tệp nén bị hỏng hoặc bị cắt; hãy chép lại từ bản gốc.',
  'file.not-text': 'Nội dung tệp không phải là chữ UTF-8: tệp bị hỏng khi chép.',
  'file.too-large': 'Tệp có dòng dài quá mức của một sổ.',
  'finding.not-an-export': 'Tệp không phải là sổ xuất cho thanh tra.',
  'finding.unknown-version': 'Tệp thuộc phiên bản khác; hãy dùng chương trình mới hơn.',
  'finding.file-cut': 'Tệp dừng trước dòng cuối: bị cắt hoặc chép dở.',
  'finding.centre-key-differs': 'Biên nhận thuộc một trung tâm khác với khóa đã cho.',
  'finding.key-not-certified': 'Trung tâm không chứng nhận khóa này là của máy này: khóa bị tráo.',
  'finding.event-unreadable': 'Chỗ của {seqs} là một dòng không đọc được.',
  'finding.foreign-event': 'Tại chỗ của {seqs} có dòng thuộc sổ của máy khác.',
  'finding.event-repeated': 'Có dòng lặp lại: {seqs}.',
  'finding.event-inserted': 'Có dòng bị chèn: hai nội dung khác nhau cùng mang số {seqs}.',
  'finding.events-missing': 'Bị xóa: thiếu {seqs}.',
  'finding.events-reordered': 'Thứ tự bị đảo trong khoảng {seqs}.',
  'finding.event-altered': 'Bị sửa sau khi niêm phong: {seqs}.',
  'finding.rewritten':
    'Sổ bị viết lại: trung tâm đã ký nhận nội dung khác trong khoảng {seqs}, tuy chuỗi trong tệp vẫn liền.',
  'finding.rolled-back':
    'Sổ bị quay lui hoặc cắt đuôi: trung tâm đã nhận {seqs}, tệp này không có.',
  'finding.forked':
    'Sổ rẽ nhánh: từ {seqs} có hai quá khứ cùng mang tên một máy (máy bị nhân bản, hoặc bản sao lưu cũ được khôi phục rồi bán tiếp).',
  'finding.tail-cut': 'Bị cắt đuôi: máy đã ký đến {seqs}, tệp này không có.',
  'finding.signature-differs': 'Máy đã ký nội dung khác trong khoảng {seqs}.',
  'finding.signature-false': 'Chữ ký không phải của khóa máy này ({seqs}).',
  'finding.receipt-false': 'Biên nhận giả: chữ ký không phải của trung tâm ({seqs}).',
  'finding.receipt-foreign': 'Biên nhận của máy khác được đặt vào đây ({seqs}).',
  'finding.receipts-missing': 'Máy đã ký rằng có biên nhận đến {seqs}, nhưng tệp không có.',
  'finding.head-missing': 'Thiếu lời ký của máy trên sự kiện cuối.',
  'finding.line-unreadable': 'Có dòng mô tả không đọc được.',
  'finding.file-altered': 'Tệp bị sửa sau khi xuất: dấu hoặc chữ ký trên cả tệp không khớp.',
  seconds: '{count} giây',
  minutes: '{count} phút',
  hours: '{count} giờ',
  days: '{count} ngày',
} as const satisfies Readonly<Record<WordKey, string>> & Readonly<Record<string, string>>;

export type Words = { readonly [Key in keyof typeof vi]: string };
