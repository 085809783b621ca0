import type {
  EnrolmentRefusal,
  SyncStatus,
  TillProblem,
} from '../../../shared/contract/till-api.ts';
import type { BackupRefusal } from '../../../shared/contract/till-backup-api.ts';
import type { PrintRefusal } from '../../../shared/contract/till-print-api.ts';
import type { Place } from '../../../shared/model/lot.ts';
import type { RangeProblem } from '../../../shared/rules/safety/facility-range.ts';
import type { CarrierProblemType } from '../../../shared/sync/carrier-file.ts';
import { peopleVi } from './people-vi.ts';

/**
 * Every word a counter shows. Vietnamese is the source: English must have the same keys and the
 * same `{holes}`. `{count|one|other}` chooses a word by number. A whole sentence is one entry:
 * sentences are never glued together.
 */
export type ProblemKey =
  | `problem.${Exclude<TillProblem['type'], 'EnrolmentRefused' | 'LotHoldsLess' | 'CarrierRefused' | 'BackupRefused' | 'OutOfRange' | 'PrintRefused'>}`
  | `problem.OutOfRange.${RangeProblem}`
  | `problem.PrintRefused.${PrintRefusal}`
  | `problem.BackupRefused.${BackupRefusal}`
  | `problem.CarrierRefused.${CarrierProblemType}`
  | `problem.LotHoldsLess.${Place}`
  | `problem.EnrolmentRefused.${EnrolmentRefusal}`
  | `syncProblem.${NonNullable<SyncStatus['problem']>['type']}`;

export const vi = {
  ...peopleVi,
  'app.name': 'Mạng Thuốc',
  'app.skip': 'Đến phần chính',
  'app.loading': 'Đang mở quầy…',
  'app.screens': 'Các màn hình',
  'app.newFacility': 'Quầy mới',
  'app.switchLanguage': 'English',
  'app.theme.system': 'Theo máy',
  'app.theme.light': 'Sáng',
  'app.theme.dark': 'Tối',
  'app.theme.change': 'Màu: {theme}',
  'app.expiring': '{count} lô sắp hết hạn',
  'app.expired': '{count} lô đã hết hạn',
  'app.fault.title': 'Quầy đang tạm dừng bán',
  'app.fault.body':
    'Không mở được sổ của quầy đúng cách. Không có gì bị xoá. Khởi động lại chương trình; nếu vẫn vậy, hãy gọi hỗ trợ và đọc mã bên dưới.',
  'app.unreachable.title': 'Mất liên lạc với máy chính của quầy',
  'app.unreachable.body':
    'Những gì đã bán vẫn an toàn trên máy đó. Màn hình này tự nối lại; kiểm tra máy chính và mạng trong cửa hàng.',
  'app.broken.title': 'Màn hình này gặp lỗi',
  'app.broken.body':
    'Sổ sách trên máy không bị ảnh hưởng và giỏ hàng được giữ lại. Tải lại màn hình để tiếp tục.',
  'app.broken.reload': 'Tải lại màn hình',
  'app.code': 'Mã hỗ trợ: {code}',
  'app.close': 'Đóng',
  'app.cancel': 'Thôi',
  'app.retry': 'Thử lại',
  'app.undo': 'Hoàn tác',
  'app.loadMore': 'Xem thêm',

  'screen.sell': 'Bán hàng',
  'screen.receive': 'Nhập hàng',
  'screen.stock': 'Tồn kho',
  'screen.history': 'Lịch sử',
  'screen.sync': 'Đồng bộ',
  'screen.settings': 'Cài đặt',
  'screen.setup': 'Thiết lập',

  'pill.agreed': 'Đã đồng bộ {time} · đã khớp',
  'pill.waiting': 'Có mạng · {count} chứng từ chờ gửi',
  'pill.connected': 'Có mạng · đã gửi hết',
  'pill.offline': 'Mất mạng từ {time} · {count} đơn an toàn trên máy này',
  'pill.offlineNothing': 'Mất mạng từ {time} · mọi đơn đã gửi',
  'pill.offlineNever': 'Chưa nối được trung tâm · {count} đơn an toàn trên máy này',
  'pill.problem': 'Có trục trặc · bấm để xem',
  'pill.notEnrolled': 'Chưa đăng ký với trung tâm',
  'pill.unknown': 'Đang hỏi tình trạng…',
  'pill.unreachable': 'Mất liên lạc với máy chính',
  'pill.open': 'Mở trang đồng bộ',

  'key.group.everywhere': 'Ở mọi màn hình',
  'key.group.sell': 'Bán hàng',
  'key.help': 'Phím',
  'key.helpLong': 'Bảng phím tắt',
  'key.search': 'Tìm',
  'key.searchLong': 'Về ô tìm kiếm',
  'key.unit': 'Đơn vị',
  'key.unitLong': 'Đổi đơn vị của dòng đang chọn',
  'key.lot': 'Lô',
  'key.lotLong': 'Chọn lô khác, có ghi lý do',
  'key.price': 'Giá',
  'key.priceLong': 'Đặt giá bán',
  'key.remove': 'Xoá dòng',
  'key.removeLong': 'Xoá dòng đang chọn, hoặc huỷ phiếu đang xem',
  'key.clear': 'Bỏ đơn',
  'key.clearLong': 'Bỏ cả đơn đang bán',
  'key.finish': 'Tiền mặt',
  'key.finishLong': 'Việc chính của màn hình: thu tiền, lưu phiếu nhập, đồng bộ ngay',
  'key.undoLong': 'Hoàn tác lần xoá vừa rồi',
  'key.escape': 'Trở lại',
  'key.escapeLong': 'Đóng hộp, xoá chữ đang gõ',
  'key.enterLong': 'Thêm thuốc đang chọn, hoặc đặt số lượng vừa gõ',
  'key.arrowsLong': 'Chọn trong kết quả, hoặc chọn dòng của đơn',
  'key.quantityLong': 'Số lượng theo đơn vị của dòng: 20 rồi Enter',
  'key.packsLong': 'Số lượng kèm chữ đầu của đơn vị: 2 vỉ, rồi Enter',
  'key.scanLong': 'Quét mã vạch ở bất cứ đâu: thành một dòng của đơn',
  'key.languageLong': 'Tiếng Việt / English',
  'key.themeLong': 'Màu sáng / tối / theo máy',
  'key.sheetTitle': 'Phím tắt',
  'key.sheetIntro': 'Mọi việc trong ngày làm được bằng phím; mỗi phím đều có nút bấm tương ứng.',

  'sell.searchLabel': 'Tìm thuốc để bán',
  'sell.searchPlaceholder': 'Gõ tên, hoạt chất, số đăng ký – hoặc quét mã vạch',
  'sell.results': 'Kết quả tìm',
  'sell.noResults': 'Không thấy thuốc nào cho “{text}”',
  'sell.noResultsHint': 'Thử gõ ít chữ hơn, hoạt chất hoặc số đăng ký. Không cần gõ dấu.',
  'sell.noBarcode':
    'Chưa có thuốc nào mang mã vạch {barcode}. Hãy tìm theo tên; mã vạch sẽ có khi danh mục được bổ sung.',
  'sell.quantityHint': 'Enter: đặt {quantity} cho {name}',
  'sell.quantityNotWhole':
    'Số lượng phải là số nguyên từ 1 đến {quantityMax}, viết liền, không dấu. Sửa lại số vừa gõ.',
  'sell.noSuchUnit':
    '{name} không có đơn vị “{unit}”, chỉ có {units}. Để tìm một thuốc khác, gõ chữ của tên trước.',
  'sell.outOfStock': 'Hết hàng',
  'sell.noPrice': 'Chưa có giá',
  'sell.prescription': 'Thuốc kê đơn',
  'sell.cart': 'Đơn đang bán',
  'sell.column.name': 'Thuốc',
  'sell.column.quantity': 'Số lượng',
  'sell.column.lot': 'Lô · hạn dùng',
  'sell.column.price': 'Đơn giá',
  'sell.column.amount': 'Thành tiền',
  'sell.lot': '{lot} · {date}',
  'sell.lotPart': '{quantity} từ lô {lot} · {date}',
  'sell.lotChosen': 'Lô do người bán chọn: {reason}',
  'sell.idle.title': 'Sẵn sàng cho khách tiếp theo',
  'sell.idle.body':
    'Gõ vài chữ của tên thuốc rồi Enter, gõ số lượng rồi Enter, F9 để thu tiền. Máy quét dùng được ở bất cứ đâu.',
  'sell.customer': 'Khách lẻ',
  'sell.lines': '{count} dòng',
  'sell.total': 'Tổng cộng',
  'sell.pay': 'Thu tiền mặt',
  'sell.payBlocked.empty': 'Thêm ít nhất một thuốc để thu tiền.',
  'sell.payBlocked.line': 'Dòng {line} chưa bán được: xem lý do ở dòng đó.',
  'sell.payBlocked.fault': 'Quầy đang tạm dừng bán.',
  'sell.sellWhatIsThere': 'Bán {quantity}',
  'sell.chooseLot': 'Chọn lô khác',
  'sell.removeLine': 'Xoá dòng',
  'sell.removed': 'Đã xoá {name}',
  'sell.cleared': 'Đã bỏ đơn {count} dòng',
  'sell.less': 'Bớt 1 {unit} {name}',
  'sell.more': 'Thêm 1 {unit} {name}',
  'sell.changeUnit': 'Đổi đơn vị của {name}, đang là {unit}',
  'sell.selectLine': 'Chọn dòng {line}: {name}',
  'sell.priceOf': 'Giá bán 1 {unit} {name}',
  'sell.previous': 'Đơn trước {slip}',
  'sell.done.title': 'Tiền thối lại',
  'sell.done.exact': 'Khách trả đủ, không phải thối',
  'sell.done.summary': 'Phiếu {slip} · tổng {total} · khách đưa {tendered}',
  'sell.done.next': 'Khách tiếp theo: cứ gõ tên thuốc hoặc quét.',
  'sell.done.view': 'Xem phiếu',
  'sell.earlier':
    'Lần bán trước đã được ghi trọn vẹn (phiếu {slip}, {total}). Đơn đang sửa được giữ lại: kiểm tra rồi thu tiền nếu là đơn mới.',
  'sell.keyBar': 'Phím tắt của màn hình bán hàng',

  'pay.title': 'Thu tiền mặt',
  'pay.total': 'Phải thu',
  'pay.tendered': 'Khách đưa',
  'pay.quick': 'Chọn nhanh số tiền khách đưa',
  'pay.change': 'Thối lại',
  'pay.short': 'Còn thiếu',
  'pay.finish': 'Hoàn tất',
  'pay.finishing': 'Đang ghi sổ…',
  'pay.notNumber': 'Gõ số tiền khách đưa, ví dụ 100.000.',
  'pay.notEnough': 'Khách đưa chưa đủ: còn thiếu {amount}.',

  'key.park': 'Giữ đơn',
  'key.parkLong': 'Giữ đơn đang bán để phục vụ khách khác; không có đơn thì mở đơn giữ',
  'key.parked': 'Đơn giữ',
  'key.parkedLong': 'Mở danh sách đơn đang giữ',
  'key.returns': 'Trả hàng',
  'key.returnsLong': 'Khách trả hoặc đổi hàng',
  'key.transfer': 'VietQR',
  'key.transferLong': 'Thu tiền chuyển khoản bằng mã VietQR',
  'key.discount': 'Giảm giá',
  'key.discountLong': 'Giảm giá cả đơn hoặc dòng đang chọn',
  'key.customer': 'Khách',
  'key.customerLong': 'Ghi tên khách lên phiếu, nếu khách muốn',
  'key.severalLong': 'Nhiều đơn vị một lần: 1 hộp và 3 viên, rồi Enter',
  'sell.transfer': 'VietQR',
  'sell.gross': 'Tạm tính',
  'sell.discount': 'Giảm giá',
  'sell.exchange': 'Đổi hàng từ phiếu {slip}',
  'sell.noExchange': 'Thôi đổi',
  'pay.transferTitle': 'Chuyển khoản VietQR',
  'pay.credit': 'Trừ hàng khách trả',
  'pay.rounding': 'Làm tròn tiền lẻ',
  'pay.givenBack': 'Trả lại khách',
  'pay.byTransfer': 'Chuyển khoản VietQR',
  'pay.restByTransfer': 'Còn {amount} chuyển khoản',
  'pay.noAccount': 'Nhà thuốc chưa khai tài khoản nhận tiền nên chưa có mã VietQR.',
  'pay.toSettings': 'Khai tài khoản',
  'pay.backToCash': 'Thu tiền mặt',
  'pay.cashPart': 'Tiền mặt đã nhận: {amount}. Phần còn lại chuyển khoản:',
  'pay.qr': 'Mã VietQR {amount}',
  'pay.transferSum': 'Số tiền chuyển',
  'pay.reference': 'Nội dung',
  'pay.received': 'Đã nhận đủ {amount}',
  'payset.title': 'Tài khoản nhận tiền',
  'payset.body':
    'Khách quét mã VietQR để chuyển khoản vào tài khoản này. Mã được tạo ngay trên máy, không cần mạng.',
  'payset.bank': 'Ngân hàng',
  'payset.chooseBank': 'Chọn ngân hàng',
  'payset.bankMissing': 'Chọn ngân hàng.',
  'payset.number': 'Số tài khoản',
  'payset.numberBad': 'Số tài khoản chỉ gồm chữ và số, tối đa 19 ký tự.',
  'payset.holder': 'Chủ tài khoản',
  'payset.holderMissing': 'Ghi tên chủ tài khoản để khách đối chiếu.',
  'payset.own': 'Chỉ dùng cho quầy này',
  'payset.rounding': 'Làm tròn tiền mặt',
  'payset.noRounding': 'Không làm tròn',
  'payset.roundTo': 'Bỏ phần lẻ dưới {step}, có lợi cho khách',
  'payset.save': 'Lưu',
  'payset.saved': 'Đã lưu cách nhận tiền',
  'open.title': 'Đơn đang giữ',
  'open.none.title': 'Không có đơn nào đang giữ',
  'open.none.body':
    'Bấm F5 khi đang bán để giữ đơn và phục vụ khách khác. Đơn giữ còn nguyên cả khi tắt máy.',
  'open.saved': '{time} · {count} dòng',
  'open.elsewhere': 'Đang mở ở quầy khác',
  'open.drop': 'Bỏ',
  'open.dropOf': 'Bỏ đơn giữ {name}',
  'open.changed': 'Giữ lúc {time} với {before}; giá hôm nay {now}.',
  'open.count': '{count} đơn giữ',
  'open.parked': 'Đã giữ đơn {total}. Quầy nào cũng mở lại được.',
  'discount.title': 'Giảm giá',
  'discount.howMuch': 'Giảm bao nhiêu',
  'discount.hint': '5.000 là số tiền, 10% là phần trăm; để trống là không giảm',
  'discount.bad': 'Gõ số tiền như 5.000, hoặc phần trăm như 10%.',
  'discount.tooMuch': 'Không giảm quá giá bán.',
  'discount.of': 'Giảm cho',
  'discount.ofSale': 'Cả đơn',
  'discount.ofLine': 'Dòng {name}',
  'discount.after': 'Còn phải thu',
  'discount.use': 'Giảm',
  'customer.title': 'Tên khách trên phiếu',
  'customer.intro':
    'Không bắt buộc. Tên và số điện thoại chỉ in trên phiếu và ở lại máy này; không gửi đi đâu.',
  'customer.name': 'Tên khách',
  'customer.phone': 'Số điện thoại',
  'customer.use': 'Ghi lên phiếu',
  'back.title': 'Khách trả hoặc đổi hàng',
  'back.find': 'Tìm phiếu bán',
  'back.findPlaceholder': 'Số phiếu, hoặc tên thuốc đã bán',
  'back.notFound': 'Không thấy phiếu nào. Thử số phiếu in trên giấy, hoặc tên thuốc.',
  'back.otherTill':
    'Phiếu {slip} không có trong sổ của máy này (phiếu ở đây bắt đầu bằng {shortCode}). Nhận trả ở máy đã bán.',
  'back.lead': 'Phiếu {slip}: hàng nhận lại vào biệt trữ, không bán lại. Gõ số lượng khách trả.',
  'back.soldLot': 'Lô {lot} · HD {date} · còn trả được {left}',
  'back.quantityOf': 'Trả lại {name}',
  'back.all': 'Tất cả {amount}',
  'back.condition': 'Tình trạng hàng',
  'back.condition.sealed': 'Còn nguyên',
  'back.condition.opened': 'Đã mở',
  'back.condition.damaged': 'Hư hỏng',
  'back.method': 'Hoàn tiền bằng',
  'back.method.cash': 'Tiền mặt',
  'back.method.vietqr': 'Chuyển khoản',
  'back.minutes': 'Số biên bản nhận lại',
  'back.minutesHint': 'Thuốc kiểm soát đặc biệt cần biên bản theo Phụ lục XVIII.',
  'back.reason': 'Lý do trả',
  'back.reason.wrong': 'Mua nhầm',
  'back.reason.allergy': 'Khách dị ứng',
  'back.reason.unused': 'Không dùng đến',
  'back.reasonMissing': 'Ghi lý do để nhận lại hàng.',
  'back.nothing': 'Gõ số lượng của ít nhất một thuốc.',
  'back.other': 'Phiếu khác',
  'back.exchange': 'Đổi lấy hàng khác',
  'back.accept': 'Nhận lại và hoàn tiền',
  'back.done': 'Hàng của phiếu {slip} đã vào biệt trữ.',
  'slip.returns': 'Đã trả lại',
  'slip.returnedAt': '{time} · {reason}',
  'slip.returnedSum': 'hoàn {amount}',
  'slip.credited': 'đổi hàng {amount}',
  'slip.discount': 'Giảm giá cả đơn',
  'slip.cashPart': 'Tiền mặt',
  'slip.transferPart': 'Chuyển khoản VietQR',
  'slip.exchange': 'Trừ hàng trả của phiếu {slip}',
  'slip.due': 'Phải thu',
  'slip.return': 'Trả hoặc đổi hàng',
  'slip.customer': 'Khách: {name}',
  'slip.reference': 'Nội dung chuyển khoản {reference}',
  'price.isZero': 'Giá 0 ₫: khách không phải trả. Bấm Lưu lần nữa nếu đúng như vậy.',
  'line.expiryFar': 'Hạn dùng còn hơn 10 năm: xem lại trên hộp.',
  'line.sure': 'Đúng như vậy',
  'line.costZero': 'Giá nhập 0 ₫: đúng là hàng tặng?',

  'lot.title': 'Chọn lô cho {name}',
  'lot.intro':
    'Bình thường lô hết hạn trước được bán trước. Chọn lô khác thì ghi lý do: lý do nằm trong chứng từ.',
  'lot.fefo': 'Tự động: hết hạn trước, bán trước',
  'lot.left': 'còn {amount}',
  'lot.expired': 'Đã hết hạn {date}, không được bán',
  'lot.reason': 'Lý do chọn lô này',
  'lot.reason.customer': 'Khách xin hạn dùng xa hơn',
  'lot.reason.opened': 'Hộp đang bán dở',
  'lot.reason.damaged': 'Vỏ hộp của lô kia bị hỏng',
  'lot.reasonMissing': 'Ghi lý do để dùng lô này.',
  'lot.use': 'Dùng lô này',
  'lot.none': 'Thuốc này không còn lô nào trên kệ.',

  'line.unit': 'Đơn vị',
  'line.of': '{field}: {name}',
  'receive.discard': 'Bỏ phiếu này',
  'receive.discarded': 'Đã bỏ phiếu nhập {count} dòng',
  'stock.expiresOn': 'HD {date}',

  'receive.title': 'Nhập hàng',
  'receive.intro': 'Tìm từng thuốc trên hoá đơn, gõ lô, hạn dùng, số lượng và giá nhập.',
  'receive.supplier': 'Nhà cung cấp',
  'receive.supplierPlaceholder': 'Tên trên hoá đơn',
  'receive.invoice': 'Số hoá đơn',
  'receive.invoicePlaceholder': 'Có thể để trống',
  'receive.searchLabel': 'Tìm thuốc để nhập',
  'receive.lines': 'Các dòng của phiếu nhập',
  'receive.total': 'Tổng tiền nhập',
  'receive.save': 'Lưu phiếu nhập',
  'receive.saving': 'Đang ghi sổ…',
  'receive.empty.title': 'Phiếu nhập chưa có dòng nào',
  'receive.empty.body':
    'Gõ tên thuốc ở ô tìm phía trên rồi Enter. Phiếu dở dang được giữ trên máy này.',
  'receive.saved': 'Đã nhập {count} dòng, {total}. Hàng đã vào tồn kho.',
  'receive.blocked.supplier': 'Ghi tên nhà cung cấp trước khi lưu.',
  'receive.blocked.lines': 'Thêm ít nhất một dòng trước khi lưu.',
  'receive.blocked.line': 'Dòng {line} còn ô chưa đúng.',
  'receive.seeStock': 'Xem tồn kho',
  'receive.sellNow': 'Bán hàng',
  'receive.noPrices': 'Chưa có giá bán, đặt ngay để bán được:',

  'line.drug': 'Thuốc',
  'line.lot': 'Số lô',
  'line.expiry': 'Hạn dùng',
  'line.expiryHint': '06/27 hoặc 30/06/2027',
  'line.quantity': 'Số lượng',
  'line.unitCost': 'Giá nhập',
  'line.amount': 'Thành tiền',
  'line.remove': 'Xoá dòng {line}',
  'line.lotBad': 'Gõ số lô như in trên hộp.',
  'line.expiryBad': 'Gõ hạn dùng: 06/27 hoặc 30/06/2027.',
  'line.expired': 'Đã hết hạn: trả lại nhà cung cấp, không nhập vào kho.',
  'line.quantityBad': 'Gõ số lượng, ví dụ 10 hoặc 2v.',
  'line.costBad': 'Gõ giá nhập bằng số, ví dụ 45.000.',
  'line.perUnit': '/ {unit}',
  'line.equals': '= {amount}',

  'stock.title': 'Tồn kho',
  'stock.view': 'Cách xem tồn kho',
  'stock.all': 'Tất cả các lô',
  'stock.expiring': 'Sắp hết hạn',
  'stock.searchLabel': 'Tìm trong tồn kho',
  'stock.searchPlaceholder': 'Tên thuốc hoặc số lô',
  'stock.count': '{count} lô có hàng',
  'stock.column.drug': 'Thuốc',
  'stock.column.lot': 'Lô',
  'stock.column.expiry': 'Hạn dùng',
  'stock.column.daysLeft': 'Còn lại',
  'stock.column.onHand': 'Tồn',
  'stock.column.packs': 'Quy ra hộp, vỉ',
  'stock.column.value': 'Giá vốn',
  'stock.daysLeft': '{count} ngày',
  'stock.isExpired': 'Đã hết hạn',
  'stock.within': 'Trong vòng {count} ngày',
  'stock.valueAtRisk': 'Giá vốn của hàng sắp hết hạn: {amount}',
  'stock.empty.title': 'Chưa có hàng trong kho',
  'stock.empty.body': 'Nhập hàng theo hoá đơn, hoặc ghi tồn đầu kỳ nếu hàng đã có sẵn trên kệ.',
  'stock.empty.receive': 'Nhập hàng',
  'stock.empty.opening': 'Ghi tồn đầu kỳ',
  'stock.noMatch.title': 'Không có lô nào cho “{text}”',
  'stock.noMatch.body': 'Thử ít chữ hơn, hoặc tìm theo số lô.',
  'stock.noneExpiring.title': 'Không có lô nào hết hạn trong {count} ngày tới',
  'stock.noneExpiring.body':
    'Bảng này tự đầy lên khi có lô gần hết hạn; hôm nay không phải làm gì.',
  'stock.open': 'Thẻ kho {name}',

  'card.title': 'Thẻ kho',
  'card.prices': 'Giá bán',
  'card.priceOf': 'Giá bán 1 {unit}',
  'card.ceiling': 'Giá kê khai tối đa: {amount} / {unit}',
  'card.savePrice': 'Lưu giá',
  'card.priceSaved': 'Đã đặt giá 1 {unit}: {amount}',
  'card.lots': 'Các lô đang có',
  'card.allLots': 'Mọi lô',
  'card.movements': 'Nhập – xuất – tồn',
  'card.column.at': 'Lúc',
  'card.column.document': 'Chứng từ',
  'card.column.lot': 'Lô',
  'card.column.in': 'Nhập',
  'card.column.out': 'Xuất',
  'card.column.balance': 'Tồn',
  'card.kind.opening': 'Tồn đầu kỳ',
  'card.kind.receipt': 'Nhập hàng',
  'card.kind.sale': 'Bán',
  'card.kind.void': 'Huỷ phiếu bán',
  'card.kind.customer-return': 'Khách trả hàng',
  'card.kind.supplier-return': 'Trả nhà cung cấp',
  'card.kind.transfer-out': 'Chuyển đi',
  'card.kind.transfer-in': 'Nhận chuyển',
  'card.kind.count': 'Kiểm kê',
  'card.kind.disposal': 'Huỷ hàng',
  'card.kind.quarantine': 'Đưa vào biệt trữ',
  'card.kind.release': 'Đưa ra khỏi biệt trữ',
  'card.kind.loss': 'Thất thoát',
  'card.kind.recovery': 'Nhận lại từ máy cũ',
  'card.empty': 'Chưa có chứng từ nào cho thuốc này.',
  'card.registration': 'Số đăng ký {number}',
  'card.notFound': 'Thuốc này không có trong danh mục của quầy.',

  'history.title': 'Lịch sử bán hàng',
  'history.searchLabel': 'Tìm theo số phiếu',
  'history.searchPlaceholder': 'Số phiếu',
  'history.day': 'Ngày',
  'history.dayBefore': 'Ngày trước',
  'history.dayAfter': 'Ngày sau',
  'history.allDays': 'Mọi ngày',
  'history.dayTotal': 'Trong ngày {date}',
  'history.daySales': '{count} phiếu',
  'history.column.slip': 'Số phiếu',
  'history.column.at': 'Lúc',
  'history.column.lines': 'Dòng',
  'history.column.total': 'Tổng',
  'history.column.state': 'Tình trạng',
  'history.reported': 'Đã báo',
  'history.waiting': 'Chờ gửi',
  'history.voided': 'Đã huỷ',
  'history.empty.title': 'Chưa có phiếu bán nào',
  'history.empty.body': 'Phiếu bán hiện ở đây ngay khi thu tiền xong, cả lúc mất mạng.',
  'history.noMatch.title': 'Không có phiếu nào khớp',
  'history.noMatch.body': 'Thử số phiếu khác hoặc ngày khác.',
  'history.showAll': 'Xem mọi phiếu',
  'history.choose.title': 'Chọn một phiếu để xem',
  'history.choose.body': 'Dùng phím mũi tên hoặc bấm vào phiếu.',

  'slip.title': 'Phiếu bán {slip}',
  'slip.soldBy': 'Người bán {staff}',
  'slip.lot': 'Lô {lot} · HD {date} · {quantity}',
  'slip.total': 'Tổng cộng',
  'slip.tendered': 'Khách đưa',
  'slip.change': 'Thối lại',
  'slip.reported': 'Trung tâm đã nhận',
  'slip.waiting': 'An toàn trên máy này, chờ gửi',
  'slip.voided': 'Phiếu đã huỷ: {reason}',
  'slip.void': 'Huỷ phiếu',
  'slip.voidTitle': 'Huỷ phiếu {slip}',
  'slip.voidIntro':
    'Cả phiếu được huỷ và hàng trở về đúng lô cũ. Trả lại khách {amount}. Phiếu huỷ vẫn nằm trong sổ cùng lý do.',
  'slip.voidReason': 'Lý do huỷ',
  'slip.voidReason.wrong': 'Bấm nhầm thuốc',
  'slip.voidReason.quantity': 'Sai số lượng',
  'slip.voidReason.customer': 'Khách đổi ý, chưa nhận thuốc',
  'slip.voidReasonMissing': 'Ghi lý do để huỷ phiếu.',
  'slip.voidNow': 'Huỷ phiếu này',
  'slip.alreadyVoided': 'Phiếu này đã huỷ rồi.',
  'slip.notFound': 'Không có phiếu này trong sổ của quầy.',

  'sync.title': 'Đồng bộ với trung tâm',
  'sync.agreed.title': 'Sổ của quầy và của trung tâm khớp nhau',
  'sync.agreed.body': 'Lúc {time}, {count} chứng từ, tồn kho giống nhau đến từng viên.',
  'sync.waiting.title': 'Đang gửi lên trung tâm',
  'sync.waiting.body': '{count} chứng từ đang chờ. Quầy vẫn bán bình thường.',
  'sync.connected.title': 'Mọi chứng từ đã được gửi',
  'sync.connected.body': 'Trung tâm đã nhận đủ; lần so sổ tiếp theo sẽ xác nhận hai bên khớp nhau.',
  'sync.offline.title': 'Đang mất mạng, quầy vẫn bán bình thường',
  'sync.offline.body':
    '{count} chứng từ nằm an toàn trên máy này và tự gửi đi khi có mạng. Bạn không phải làm gì.',
  'sync.offline.bodyNothing':
    'Mọi chứng từ đã được gửi trước khi mất mạng. Đơn bán từ bây giờ được giữ an toàn trên máy này và tự gửi đi khi có mạng.',
  'sync.problem.title': 'Có một việc cần người xem',
  'sync.notEnrolled.title': 'Quầy chưa đăng ký với trung tâm',
  'sync.notEnrolled.body': 'Đăng ký bằng mã do Sở Y tế cấp để nhận danh mục thuốc và gửi báo cáo.',
  'sync.now': 'Đồng bộ ngay',
  'sync.syncing': 'Đang đồng bộ…',
  'sync.fact.pending': 'Chờ gửi',
  'sync.fact.pendingValue': '{count} chứng từ',
  'sync.fact.pendingSales': 'trong đó {count} đơn bán',
  'sync.fact.acked': 'Trung tâm đã nhận',
  'sync.fact.ackedValue': '{acked} / {last}',
  'sync.fact.contact': 'Liên lạc gần nhất',
  'sync.fact.never': 'Chưa lần nào',
  'sync.fact.next': 'Lần thử tới',
  'sync.fact.nextNone': 'Khi có chứng từ mới',
  'sync.fact.clock': 'Đồng hồ của quầy',
  'sync.fact.clockRight': 'Đúng giờ trung tâm',
  'sync.fact.clockFast': 'Nhanh {amount}',
  'sync.fact.clockSlow': 'Chậm {amount}',
  'sync.fact.clockUnknown': 'Chưa so',
  'sync.fact.catalogue': 'Danh mục thuốc',
  'sync.fact.catalogueValue': '{count} thuốc',
  'sync.fact.centre': 'Trung tâm',
  'sync.fact.till': 'Quầy',
  'sync.fact.tillValue': '{code} · phiên bản {version}',
  'sync.duration.minutes': '{count} phút',
  'sync.duration.hours': '{count} giờ',
  'sync.duration.days': '{count} ngày',
  'line.busy': 'Trung tâm đang bận; quầy tự thử lại.',
  'line.none': 'Máy này chưa có mạng: kiểm tra dây mạng hoặc Wi-Fi.',
  'line.refused': 'Mạng vẫn có nhưng máy trung tâm chưa trả lời; quầy tự thử lại.',
  'line.cut': 'Đường truyền bị ngắt giữa chừng; quầy tự gửi lại.',
  'line.slow': 'Đường truyền quá chậm nên chưa xong; quầy tự thử lại.',
  'line.unsafe':
    'Kết nối không an toàn nên quầy không gửi: kiểm tra ngày giờ của máy và mạng đang dùng.',
  'line.other': 'Chưa liên lạc được với trung tâm; quầy tự thử lại.',
  'sync.agreement.title': 'So sổ',
  'sync.agreement.never': 'Chưa so sổ lần nào với trung tâm.',
  'sync.agreement.agreed': 'Khớp lúc {time}, {count} chứng từ.',
  'sync.agreement.behind': 'Trung tâm chưa nhận đủ; gửi hết rồi so lại.',
  'sync.agreement.different': '{count} lô khác nhau giữa quầy và trung tâm.',
  'sync.agreement.waiting':
    'Khớp lúc {time}, trừ {count} chứng từ đang chờ xử lý tại trung tâm. Quầy không phải làm gì.',
  'sync.agreement.asked':
    'Khớp lúc {time}, trừ {count} chứng từ đang chờ xử lý tại trung tâm. Việc của quầy ghi ở phần “Trung tâm nhờ xem lại”.',
  'sync.agreement.first': 'Khác nhau từ chứng từ số {seq}: {document}, lúc {time}.',
  'sync.agreement.firstUnknown':
    'Từng lần nhập xuất đều giống nhau, chỉ số cộng bị sai; hai bên đang tự tính lại.',
  'sync.agreement.firstLine':
    '{name}, lô {lot}: quầy ghi {tillUnits} ({tillAmount}), trung tâm ghi {centreUnits} ({centreAmount}).',
  'sync.agreement.document.slip': 'phiếu {slip}',
  'sync.agreement.document.other': 'chứng từ {type}',
  'document.OpeningStockDeclared': 'khai tồn đầu kỳ',
  'document.GoodsReceived': 'phiếu nhập',
  'document.SaleCompleted': 'phiếu bán',
  'document.SaleVoided': 'huỷ phiếu bán',
  'document.CustomerReturnAccepted': 'khách trả hàng',
  'document.SupplierReturnSent': 'trả nhà cung cấp',
  'document.TransferSent': 'phiếu chuyển đi',
  'document.TransferReceived': 'phiếu nhận chuyển',
  'document.StockCounted': 'phiếu kiểm kê',
  'document.LotDisposed': 'huỷ hàng',
  'document.LotQuarantined': 'đưa vào biệt trữ',
  'document.LotReleased': 'ra khỏi biệt trữ',
  'document.PrescriptionDispensed': 'bán theo đơn',
  'document.ControlledDrugLossReported': 'báo thất thoát',
  'document.PriceSet': 'đặt giá',
  'document.ShiftOpened': 'mở ca',
  'document.ShiftClosed': 'chốt ca',
  'document.RecallAcknowledged': 'xác nhận thu hồi',
  'document.LocalProductDefined': 'hàng riêng của quầy',
  'document.StaffChanged': 'thay đổi nhân viên',
  'document.TillRecovered': 'nhận lại từ máy cũ',
  'sync.waitingAt.record': 'Chứng từ số {seq}, {document}, lúc {time}: {reason}',
  'sync.asked.title': 'Trung tâm nhờ xem lại',
  'sync.asked.record': 'Chứng từ số {seq}, {document}: {reason}',
  'sync.asked.note': 'Lời nhắn: {note}',
  'sync.asked.next':
    'Đối chiếu với phiếu giấy. Ghi nhầm thì lập chứng từ sửa, rồi trả lời Sở Y tế. Lời nhắn tự mất khi việc đã xong.',
  'parked.UnknownEventType': 'trung tâm chưa biết loại chứng từ này.',
  'parked.NewerEventVersion': 'quầy dùng chương trình mới hơn trung tâm.',
  'parked.InvalidEventData': 'trung tâm không đọc được nội dung.',
  'parked.UnknownDrugCode': 'có tên thuốc mà trung tâm chưa đối chiếu được.',
  'parked.WaitsForParked': 'chờ chứng từ mà nó nhắc tới.',
  'parked.RefusedByDatabase': 'trung tâm chưa ghi được nội dung.',
  'sync.agreement.support': 'Số để đọc cho hỗ trợ',
  'sync.agreement.head': 'Sổ',
  'sync.agreement.stock': 'Tồn kho',
  'sync.difference.till': 'Tại quầy',
  'sync.difference.centre': 'Tại trung tâm',
  'sync.difference.difference': 'Lệch',
  'backup.title': 'Sao lưu',
  'backup.never': 'Chưa có bản sao lưu nào. Nếu máy này hỏng, những gì chưa gửi trung tâm sẽ mất.',
  'backup.verified':
    'Bản sao gần nhất đã được mở thử và kiểm tra lúc {time}: {count} chứng từ, {megabytes} MB.',
  'backup.failed':
    'Lần sao lưu lúc {time} không thành. Bản trước vẫn còn; kiểm tra chỗ trống trên đĩa rồi sao lưu lại.',
  'backup.old': 'Đã hơn {days} ngày chưa có bản sao mới. Hãy bấm Sao lưu ngay.',
  'backup.run': 'Sao lưu ngay',
  'backup.running': 'Đang sao lưu và mở thử…',
  'backup.second.label': 'Thư mục thứ hai hoặc USB',
  'backup.second.hint':
    'Mỗi bản sao được chép thêm vào đây, phòng khi ổ đĩa hỏng. Để trống nếu không dùng.',
  'backup.second.save': 'Lưu thư mục',
  'backup.second.unchanged': 'Chưa có gì thay đổi',
  'backup.second.neverCopied': 'chưa lần nào',
  'backup.second.waiting': 'Lần sao lưu tới sẽ chép thêm vào {folder}.',
  'backup.second.copied': 'Đã chép vào {folder} lúc {time}.',
  'backup.second.missing':
    'Chưa chép được vào {folder} (lần gần nhất: {time}). Cắm USB hoặc chọn thư mục khác rồi sao lưu lại.',
  'recovered.title': 'Thay máy {code}',
  'recovered.body':
    'Trung tâm đã giao lại {count} chứng từ của máy cũ và {lots} lô tồn kho; máy cũ báo cáo lần cuối lúc {time}.',
  'recovered.slips':
    'Phiếu cuối cùng đã báo cáo: {slip}, lúc {time}. Phiếu giấy có số lớn hơn chưa có trong sổ: hãy nhập lại từng phiếu.',
  'recovered.slipsForked':
    'Hai sổ khác nhau từng mang tên máy {code}, nên số phiếu không cho biết phiếu nào còn thiếu: đừng nhập lại theo số. Hãy mở sổ cũ bên dưới; chương trình kể đúng những phiếu trung tâm chưa nhận để nhập lại.',
  'recovered.openShift':
    'Ca {number} mở lúc {time} trên máy cũ còn dở và không chốt được nữa. Theo {count} phiếu đã báo cáo của ca đó, ngăn kéo phải có {cash}. Hãy đếm ngăn kéo, ghi chênh lệch nếu có, rồi mở ca mới với số tiền đếm được.',
  'recovered.noSlip':
    'Máy {code} chưa báo cáo phiếu bán nào: hãy nhập lại mọi phiếu giấy của máy đó.',
  'restored.title': 'Đã khôi phục từ bản sao lưu, {time}',
  'restored.body':
    'Bản sao {file} có {events} chứng từ; trung tâm đã giao lại {gained} chứng từ ghi sau đó.',
  'restored.slips':
    'Nếu có phiếu giấy in trước {time} mang số lớn hơn {slip} thì phiếu đó chưa có trong sổ: hãy nhập lại. Phiếu bán sau lúc đó đã có trong sổ, không nhập lại.',
  'restored.noSlip': 'Trong sổ chưa có phiếu bán nào: hãy nhập lại mọi phiếu giấy.',
  'restored.waiting.title': 'Sổ đang lấy lại phần còn thiếu: chưa bán được',
  'restored.waiting.body':
    'Bản sao dừng ở {time}. Quầy đang lấy về những chứng từ trung tâm đã nhận sau lúc đó, xong thì bán tiếp. Trong lúc chờ vẫn xem sổ được.',
  'restored.waiting.offline':
    'Bản sao dừng ở {time}; trung tâm có thể đã nhận những phiếu ghi sau đó. Hãy nối mạng: quầy tự lấy về rồi bán tiếp. Trong lúc chờ vẫn xem sổ được.',
  'restored.older.waiting':
    'Sổ trên máy này dừng ở {time}, còn trung tâm đã nhận thêm chứng từ mang tên quầy này. Không mất gì: quầy đang lấy về, xong thì bán tiếp. Trong lúc chờ vẫn xem sổ được.',
  'restored.older.offline':
    'Sổ trên máy này dừng ở {time}, còn trung tâm đã nhận thêm chứng từ mang tên quầy này. Không mất gì. Hãy nối mạng: quầy tự lấy về rồi bán tiếp. Trong lúc chờ vẫn xem sổ được.',
  'restored.older.title': 'Đã lấy lại phần sổ còn thiếu, {time}',
  'restored.older.body':
    'Sổ trên máy này chỉ có {events} chứng từ; trung tâm đã giao lại {gained} chứng từ ghi sau đó. Thường là vì ai đó đưa về một bản chép cũ của ổ đĩa. Nếu không ai làm vậy, hãy báo Sở Y tế: có thể một máy khác đang dùng tên quầy này.',
  'restored.waiting.fork':
    'Trung tâm có những chứng từ khác dưới cùng số: một máy khác đã dùng tên quầy này. Không mất gì, nhưng sổ này không ghi tiếp được. Gọi Sở Y tế xin mã phục hồi.',
  'restored.waiting.revoked':
    'Trung tâm không còn nhận quầy này: có thể máy khác đã thay chỗ. Sổ này chỉ xem được. Gọi Sở Y tế xin mã phục hồi.',
  'putAside.open': 'Bắt đầu lại bằng mã phục hồi',
  'putAside.title': 'Cất sổ này và bắt đầu lại?',
  'putAside.body':
    'Dùng khi Sở Y tế đã cấp mã phục hồi cho máy này. Sổ hiện tại được cất nguyên vẹn trên máy và không ghi tiếp được nữa. Sau khi nhập mã, trung tâm giao lại mọi thứ đã nhận; những phiếu chưa báo cáo xem lại được ở màn hình này để nhập lại.',
  'putAside.run': 'Cất sổ và nhập mã',
  'putAside.running': 'Đang cất sổ…',
  'oldBooks.title': 'Những gì máy cũ chưa kịp báo cáo',
  'oldBooks.body':
    'Mở ổ đĩa hoặc bản sao lưu cũ: chương trình chỉ đọc, không sửa, và kể đúng những phiếu trung tâm chưa nhận để nhập lại.',
  'oldBooks.file': 'Tệp sao lưu, hoặc thư mục của chương trình trên ổ đĩa cũ',
  'oldBooks.fileHint': 'Ví dụ E:\\saoluu\\till-A1-9c21f0b7a4e3-20261122T203000.db.zst',
  'oldBooks.fileMissing': 'Gõ đường dẫn trước',
  'oldBooks.open': 'Mở để xem',
  'oldBooks.opening': 'Đang mở và kiểm tra…',
  'oldBooks.openBackup': 'Bản sao {time}',
  'oldBooks.openAside': 'Sổ cất lúc {time}',
  'oldBooks.nothing':
    'Trong sổ này của máy {code}, cả {count} chứng từ đều đã có. Không phải nhập lại gì.',
  'oldBooks.summary':
    'Máy {code} còn {count} chứng từ chưa báo cáo, trong đó {sales} phiếu bán, cộng {amount}. Nhập lại từng phiếu bên dưới.',
  'oldBooks.slips': 'Phiếu chưa báo cáo',
  'oldBooks.line': '{quantity} {unit} {name}',
  'oldBooks.lot': 'lô {lot} · {date}',
  'oldBooks.others': 'Chứng từ khác chưa báo cáo',
  'oldBooks.other': '{document}, {time}',
  'sync.rebuild.title': 'Tính lại từ sổ gốc',
  'sync.rebuild.body':
    'Tính lại tồn kho và thẻ kho từ sổ gốc. Không chứng từ nào thay đổi. Dùng khi hỗ trợ yêu cầu.',
  'sync.rebuild.progress': 'Đã đọc lại {done} trong {events} chứng từ. Quầy vẫn bán bình thường.',
  'sync.rebuild.proved':
    'Tự kiểm tra lần cuối {time}: {events} chứng từ, tồn kho và thẻ kho đúng với sổ gốc.',
  'sync.rebuild.notProved': 'Chưa tự kiểm tra xong từ khi cài đặt.',
  'sync.rebuild.repair': '{time}: đã sửa {rows} dòng tồn kho hoặc thẻ kho cho đúng với sổ gốc.',
  'sync.rebuild.repairs': 'Những lần đã tự sửa',
  'sync.rebuild.run': 'Tính lại',
  'sync.rebuild.running': 'Đang tính lại…',
  'sync.rebuild.same': 'Đã đọc lại {events} chứng từ, {movements} lần nhập xuất: đúng như trước.',
  'sync.rebuild.repaired':
    'Đã đọc lại {events} chứng từ, {movements} lần nhập xuất, và sửa tồn kho hoặc thẻ kho bị lệch. Hãy báo cho hỗ trợ.',

  'carry.title': 'Gửi báo cáo khi không có mạng',
  'carry.body':
    'Lưu báo cáo vào USB hoặc hiện mã QR cho người khác chụp; đưa về trạm y tế, Sở Y tế, hoặc một quầy có mạng. Tệp trả lời mang về sẽ xác nhận đã báo cáo.',
  'carry.export': 'Lưu báo cáo ra tệp',
  'carry.import': 'Nhận tệp từ USB',
  'carry.saved':
    'Tệp báo cáo mang {count} chứng từ chưa gửi. Quầy giữ nguyên cho đến khi có trả lời.',
  'carry.saved.more':
    'Tệp báo cáo mang {count} chứng từ; còn {left} chứng từ cho tệp sau, khi có trả lời.',
  'carry.saved.nothing': 'Không còn chứng từ nào chờ gửi; tệp chỉ hỏi trung tâm có gì mới.',
  'carry.taken':
    'Trung tâm đã nhận thêm {count} chứng từ; {changes} thay đổi danh mục đã vào quầy.',
  'carry.taken.known': 'Tệp trả lời này đã nhận trước đó; không có gì thay đổi.',
  'carry.taken.gap': 'Trung tâm còn thiếu từ chứng từ số {seq}. Lưu báo cáo lại và gửi tệp mới đó.',
  'carry.taken.refused':
    'Trung tâm chưa nhận được báo cáo này. Không mất gì; xem lý do ở đầu trang.',
  'carry.relayed':
    'Đã chuyển báo cáo của {name}: trung tâm nhận thêm {count} chứng từ. Mang tệp trả lời vừa lưu về cho họ.',
  'carry.qr.show': 'Hiện mã QR',
  'carry.qr.hide': 'Đóng mã QR',
  'carry.qr.frame': 'Khung {number} / {total}',
  'carry.qr.pause': 'Dừng',
  'carry.qr.go': 'Chạy tiếp',
  'carry.qr.previous': 'Khung trước',
  'carry.qr.next': 'Khung sau',
  'carry.qr.tooLong': '{count} chứng từ là quá nhiều cho mã QR. Hãy lưu ra tệp.',
  'settings.title': 'Cài đặt',
  'settings.intro': 'Những gì cửa hàng tự chọn. Chỉ lưu trên máy này, không gửi đi đâu.',
  'settings.update.title': 'Phiên bản chương trình',
  'settings.update.body':
    'Máy này chạy phiên bản {version}. Bản mới chỉ được nhận khi có chữ ký của nhà phát hành; sổ sách được sao lưu trước khi thay.',
  'settings.update.never': 'Chưa tìm bản mới.',
  'settings.update.newest': 'Đây là bản mới nhất, tìm lúc {time}.',
  'settings.update.offered': 'Có phiên bản {version} ({megabytes} MB).',
  'settings.update.elsewhere':
    'Có phiên bản {version}. Bản chạy trong trình duyệt không tự thay được: nhờ người trông coi máy chính cài giúp.',
  'settings.update.downloading':
    'Đang tải phiên bản {version}: {percent} %. Quầy vẫn bán bình thường.',
  'settings.update.ready':
    'Phiên bản {version} đã sẵn sàng. Thay mất khoảng một phút; giỏ hàng được giữ.',
  'settings.update.installing':
    'Đang sao lưu rồi thay bằng phiên bản {version}. Chương trình sẽ tự mở lại.',
  'settings.update.install': 'Thay ngay',
  'settings.update.check': 'Tìm bản mới',
  'settings.update.checking': 'Đang tìm…',
  'settings.update.byItself': 'Tự thay ngoài giờ bán',
  'settings.update.at': 'Từ lúc',
  'settings.update.folder': 'Thư mục trên USB',
  'settings.update.folderHint': 'Dành cho nơi không có mạng, ví dụ E:\\',
  'settings.update.fromFolder': 'Lấy từ USB',
  'settings.update.problem.nothing-there': 'Ở đó không có bản mới nào cho máy này.',
  'settings.update.problem.not-authentic':
    'Có một bản mới nhưng không có chữ ký của nhà phát hành, hoặc đã bị sửa. Không dùng bản này và hãy báo cho người hỗ trợ.',
  'settings.update.problem.unreadable':
    'Tệp giới thiệu bản mới không đọc được. Máy vẫn dùng bản hiện tại.',
  'settings.update.problem.not-newer': 'Bản tìm thấy không mới hơn bản đang dùng.',
  'settings.update.problem.other-computer': 'Bản tìm thấy dành cho loại máy khác.',
  'settings.update.problem.not-installable':
    'Bản chương trình này không tự thay được. Hãy nhờ người hỗ trợ cài bản mới.',
  'settings.update.problem.unreachable':
    'Chưa tải được. Máy sẽ tự thử lại; quầy vẫn bán bình thường.',
  'settings.update.problem.wrong-file':
    'Tệp tải về không đúng với bản đã công bố nên đã bị bỏ. Hãy tìm lại; nếu vẫn vậy, báo cho người hỗ trợ.',
  'settings.update.problem.no-backup':
    'Chưa thay, vì không sao lưu được sổ trước đó. Xem phần sao lưu ở màn hình Đồng bộ.',
  'settings.diagnostics.title': 'Khi cần hỗ trợ',
  'settings.diagnostics.body':
    'Tạo một bản tóm tắt tình trạng máy để gửi người hỗ trợ: phiên bản, dung lượng, đồng bộ và những dòng nhật ký cuối. Không có tên khách, tên nhân viên, giá hay thuốc. Bạn đọc được toàn bộ trước khi gửi.',
  'settings.diagnostics.make': 'Xem tình trạng máy',
  'settings.diagnostics.save': 'Lưu thành tệp',

  'inspection.title': 'Sổ cho thanh tra',
  'inspection.body':
    'Toàn bộ sổ của quầy trong một tệp có chữ ký. Thanh tra kiểm tra được mà không cần mạng và không cần máy này.',
  'inspection.run': 'Xuất sổ cho thanh tra',
  'inspection.running': 'Đang xuất sổ…',
  'inspection.done':
    'Đã xuất {count} chứng từ; {unreported} chứng từ cuối chưa có biên nhận của trung tâm.',

  'setup.steps': 'Các bước thiết lập',
  'setup.step.enrol': 'Đăng ký quầy',
  'setup.step.download': 'Tải danh mục',
  'setup.step.opening': 'Tồn đầu kỳ',
  'setup.step.ready': 'Bán đơn đầu tiên',
  'setup.step.done': 'xong',
  'setup.enrol.title': 'Chào mừng. Quầy này thuộc cơ sở nào?',
  'setup.enrol.body':
    'Nhập mã đăng ký do Sở Y tế cấp cho cơ sở và địa chỉ trung tâm ghi cùng mã. Mã chỉ dùng được một lần.',
  'setup.enrol.againTitle': 'Nhập mã phục hồi',
  'setup.enrol.againBody':
    'Sổ cũ đã được cất nguyên vẹn. Nhập mã phục hồi do Sở Y tế cấp cho quầy này; trung tâm sẽ giao lại mọi thứ đã nhận. Địa chỉ trung tâm đã điền như trước.',
  'setup.enrol.code': 'Mã đăng ký hoặc mã phục hồi',
  'setup.enrol.codeHint': '12 chữ và số; không phân biệt hoa thường, dấu cách hay gạch nối.',
  'setup.enrol.centre': 'Địa chỉ trung tâm',
  'setup.enrol.centreHint': 'Ví dụ https://trungtam.example.vn',
  'setup.enrol.run': 'Đăng ký quầy',
  'setup.enrol.hasBackup': 'Máy này từng bán hàng và có bản sao lưu?',
  'restore.open': 'Khôi phục từ bản sao lưu',
  'restore.title': 'Khôi phục sổ từ bản sao lưu',
  'restore.body':
    'Dùng khi ổ đĩa của chính máy này bị mất hoặc hỏng sổ. Bản sao được kiểm tra từng chứng từ trước khi đặt vào chỗ; sổ cũ, nếu còn, được giữ lại bên cạnh.',
  'restore.folder': 'Thư mục hoặc USB chứa bản sao lưu',
  'restore.folderHint': 'Để trống: tìm trong máy này và các USB đang cắm.',
  'restore.folderMissing': 'Không có thư mục này. Cắm USB hoặc kiểm tra đường dẫn.',
  'restore.look': 'Tìm',
  'restore.found': 'Bản sao lưu tìm thấy',
  'restore.none.title': 'Chưa thấy bản sao lưu nào',
  'restore.none.body': 'Cắm USB có bản sao lưu rồi bấm Tìm, hoặc gõ thư mục của nó.',
  'restore.column.madeAt': 'Sao lưu lúc',
  'restore.column.till': 'Quầy',
  'restore.column.folder': 'Nằm ở',
  'restore.column.size': 'Cỡ',
  'restore.megabytes': '{megabytes} MB',
  'restore.run': 'Khôi phục',
  'restore.runNamed': 'Khôi phục bản {time}',
  'restore.running': 'Đang mở bản sao và kiểm tra từng chứng từ…',
  'restore.done': 'Đã khôi phục {count} chứng từ từ bản sao lưu.',
  'restore.back': 'Quay lại đăng ký',
  'restore.useCode': 'Nhập mã phục hồi',
  'setup.enrol.running': 'Đang đăng ký…',
  'setup.enrol.codeMissing': 'Nhập mã đăng ký.',
  'setup.enrol.centreBad': 'Nhập địa chỉ bắt đầu bằng https:// hoặc http://.',
  'setup.download.title': 'Đang tải danh mục thuốc',
  'setup.download.doneTitle': 'Danh mục thuốc đã về máy này',
  'setup.download.body':
    'Danh mục quốc gia được tải về máy này để tìm và bán được cả khi mất mạng. Có thể tắt máy: lần sau tải tiếp.',
  'setup.download.count': 'Đã có {count} thuốc trên máy này',
  'setup.download.done': 'Danh mục đã sẵn sàng: {count} thuốc.',
  'setup.download.offline': 'Chưa nối được trung tâm. Quầy tự thử lại; kiểm tra mạng nếu chờ lâu.',
  'setup.download.emptyCatalogue':
    'Trung tâm chưa phát hành danh mục thuốc nào. Bạn có thể đi tiếp; thuốc sẽ tự hiện khi có.',
  'setup.continue': 'Tiếp tục',
  'setup.opening.title': 'Trên kệ đang có những gì?',
  'setup.opening.body':
    'Tìm từng thuốc, gõ số lô, hạn dùng và số lượng đếm được. Làm nhiều lần cũng được: mỗi lần lưu ghi thêm những lô mới.',
  'setup.opening.searchLabel': 'Tìm thuốc trên kệ',
  'setup.opening.cost': 'Giá vốn',
  'setup.opening.costHint': 'Có thể để trống',
  'setup.opening.lines': 'Các lô đã đếm',
  'setup.opening.empty.title': 'Chưa đếm lô nào',
  'setup.opening.empty.body':
    'Bắt đầu với những thuốc bán nhiều nhất. Phần đã gõ được giữ trên máy này, cả khi tắt máy.',
  'setup.opening.save': 'Lưu tồn đầu kỳ',
  'setup.opening.saving': 'Đang ghi sổ…',
  'setup.opening.skip': 'Bỏ qua, để sau',
  'setup.opening.skipHint': 'Ghi sau bất cứ lúc nào ở màn hình Tồn kho.',
  'setup.opening.saved': 'Đã ghi {count} lô vào tồn đầu kỳ.',
  'setup.ready.title': 'Quầy đã sẵn sàng',
  'setup.ready.body': '{facility} đã đăng ký, {count} thuốc đã có trên máy. Mời bán đơn đầu tiên.',
  'setup.ready.run': 'Bán đơn đầu tiên',
  'setup.ready.more': 'Ghi thêm tồn đầu kỳ',

  'setup.ready.lesson': 'Bán nhanh nhất trong bốn nhịp',
  'setup.ready.lesson1': 'Gõ vài chữ của tên thuốc',
  'setup.ready.lesson2': 'Gõ số lượng',
  'setup.ready.lesson3': 'Mở ô thu tiền',
  'setup.ready.lesson4': 'Khách trả đủ thì xong',
  'problem.title': 'Chưa làm được',
  'problem.NotEnrolled':
    'Quầy chưa đăng ký với trung tâm nên chưa ghi sổ được. Hãy đăng ký quầy trước.',
  'problem.UnknownDrug':
    'Danh mục của quầy không có thuốc {name}. Xoá dòng này rồi tìm lại thuốc theo tên.',
  'problem.UnknownUnit': '{name} không có đơn vị “{unit}”. Bấm F3 để đổi sang đơn vị khác.',
  'problem.EmptyDocument': 'Chưa có dòng nào để ghi. Thêm ít nhất một thuốc.',
  'problem.TooManyLines':
    'Phiếu có {lines} dòng, tối đa {linesMax} dòng. Hãy chia thành nhiều phiếu.',
  'problem.BadQuantity': 'Số lượng của {name} phải là số nguyên từ 1. Gõ lại số lượng.',
  'problem.QuantityTooLarge':
    'Số lượng của {name} quá lớn (tối đa {unitsMax} đơn vị nhỏ nhất). Kiểm tra lại số vừa gõ.',
  'problem.PriceNotSet': 'Chưa có giá bán cho 1 {unit} {name}. Đặt giá để bán được.',
  'problem.PriceTooHigh': 'Giá của {name} phải là số nguyên từ 0 đến {priceVndMax}. Gõ lại giá.',
  'problem.PriceAboveCeiling':
    'Giá {price} của {name} cao hơn giá kê khai {ceiling}. Đặt giá bằng hoặc thấp hơn mức đó.',
  'problem.DiscountTooLarge':
    'Giảm giá của {name} phải là số nguyên từ 0 đến số tiền của dòng. Gõ lại số tiền giảm.',
  'problem.UnknownLot': 'Không còn lô {lot} của {name} trong kho. Bấm F4 để chọn lô khác.',
  'problem.LotExpired':
    'Lô {lot} của {name} đã hết hạn {date} nên không được bán. Bấm F4 để chọn lô khác.',
  'problem.LotReasonMissing': 'Chọn lô {lot} của {name} thì phải ghi lý do. Bấm F4 để ghi.',
  'problem.InsufficientStock':
    'Cần {wanted} nhưng chỉ còn {sellable} {name} bán được. Giảm số lượng hoặc nhập thêm hàng.',
  'problem.InsufficientStock.expired':
    'Cần {wanted} nhưng chỉ còn {sellable} {name} bán được; {expired} đã hết hạn, không được bán. Giảm số lượng hoặc nhập thêm hàng.',
  'problem.InsufficientStock.none': '{name} đã hết hàng. Xoá dòng này hoặc nhập thêm hàng.',
  'problem.InsufficientStock.onlyExpired':
    'Cả {expired} {name} còn lại đã hết hạn nên không được bán. Xoá dòng này hoặc nhập lô mới.',
  'problem.InsufficientStock.blocked':
    'Còn {blocked} đang biệt trữ hoặc bị thu hồi, không được bán.',
  'problem.LotQuarantined':
    'Lô {lot} của {name} đang biệt trữ, không được bán. Bấm F4 để chọn lô khác.',
  'problem.LotHoldsLess.shelf':
    'Lô {lot} của {name} trên quầy chỉ còn {held}, không lấy được {wanted}. Kiểm lại số lượng.',
  'problem.LotHoldsLess.quarantine':
    'Lô {lot} của {name} trong biệt trữ chỉ có {held}, không lấy được {wanted}. Kiểm lại số lượng.',
  'problem.BadCount': 'Số đếm được của lô {lot}, {name} phải là số nguyên từ 0. Gõ lại số đếm.',
  'problem.UnknownPosition':
    'Phiếu kiểm kê của lô {lot}, {name} không khớp với sổ của máy này. Mở phiếu kiểm kê mới rồi đếm lại.',
  'problem.LotCountedMeanwhile':
    'Lô {lot} của {name} đã có người kiểm kê và ghi sổ sau lúc này. Đếm lại lô này để khỏi sửa hai lần.',
  'problem.CountContradicted':
    'Lô {lot} của {name} đếm được {counted}, nhưng sau đó sổ đã xuất {left}. Đếm lại lô này.',
  'problem.LotRecalled':
    'Lô {lot} của {name} bị thu hồi theo {recallNumber}, không được bán. Đưa hàng vào biệt trữ.',
  'problem.UnknownRecall':
    'Không có quyết định thu hồi {recallNumber} còn hiệu lực. Xem lại danh sách thu hồi.',
  'problem.RecallAlreadyAcknowledged':
    'Đã xác nhận quyết định thu hồi {recallNumber} và trên quầy không còn hàng. Không phải làm gì thêm.',
  'problem.SaleHasReturns':
    'Khách đã trả lại một phần phiếu {slip} nên không huỷ được. Nhận trả phần còn lại nếu cần.',
  'problem.NotInSale':
    'Phiếu {slip} không bán lô {lot} của {name} ở dòng này. Chọn lại dòng trên phiếu.',
  'problem.ReturnExceedsSale':
    'Lô {lot} của {name} chỉ còn nhận trả được {returnable}, không phải {wanted}. Sửa lại số lượng.',
  'problem.TransferToSelf': 'Đây là mã của chính cơ sở này. Chọn cơ sở khác.',
  'problem.TransferAlreadyReceived': 'Phiếu chuyển này đã nhận rồi. Không phải làm gì thêm.',
  'problem.ReceivedMoreThanSent':
    'Phiếu chuyển ghi {sent} lô {lot} của {name}, không thể nhận {received}. Đếm lại và sửa số nhận.',
  'problem.PrescriptionMissing':
    '{name} chỉ bán khi có đơn thuốc. Bấm F6 ghi đơn, hoặc tư vấn thuốc không kê đơn.',
  'problem.PaymentTooSmall': 'Khách đưa {tendered}, chưa đủ {total}. Gõ lại số tiền khách đưa.',
  'problem.TotalChanged':
    'Giá vừa thay đổi: tổng mới là {total}, màn hình đang ghi {shown}. Báo khách rồi thu lại theo tổng mới.',
  'problem.OpenSaleElsewhere':
    'Đơn này đang mở ở quầy khác. Bán ở quầy đó, hoặc lấy về đây từ danh sách đơn giữ.',
  'problem.OpenSaleSold': 'Đơn này đã bán xong ở quầy khác. Xem trong Lịch sử; không bán lần nữa.',
  'problem.UnknownOpenSale': 'Đơn giữ này không còn nữa: đã được bỏ ở quầy khác.',
  'problem.TooManyOpenSales': 'Đang giữ {openSalesMax} đơn. Bán hoặc bỏ bớt đơn giữ rồi giữ thêm.',
  'problem.SaleInExchange':
    'Phiếu {slip} là phiếu đổi hàng nên không huỷ được. Nhận trả hàng của phiếu này.',
  'problem.ReturnNeedsPharmacist':
    '{name} là thuốc kiểm soát đặc biệt: chỉ dược sĩ được nhận lại. Mời dược sĩ mở ca.',
  'problem.ReturnMinutesMissing':
    '{name} là thuốc kiểm soát đặc biệt: lập biên bản nhận lại (Phụ lục XVIII) rồi ghi số biên bản.',
  'problem.DiscountNotPermitted':
    'Người đang bán được giảm tối đa {percentMax} %. Giảm ít hơn, hoặc nhờ người có quyền.',
  'problem.UnknownSale': 'Không có phiếu này trong sổ của quầy. Tìm lại theo số phiếu.',
  'problem.SaleAlreadyVoided': 'Phiếu {slip} đã huỷ trước đó rồi. Không phải làm gì thêm.',
  'problem.DuplicateLot': 'Lô {lot} của {name} có hai dòng. Gộp lại thành một dòng.',
  'problem.ReceivedExpired':
    'Lô {lot} của {name} đã hết hạn nên không nhập được. Trả lại nhà cung cấp và xoá dòng này.',
  'problem.OpeningAlreadyDeclared':
    'Lô {lot} của {name} đã được ghi tồn đầu kỳ. Xoá dòng này; hàng mới thì ghi ở Nhập hàng.',
  'problem.NotControlled':
    '{name} không phải thuốc phải kiểm soát đặc biệt. Hàng thiếu thì kiểm kê, hàng hỏng thì hủy.',
  'problem.FoundInFuture': 'Giờ phát hiện {time} chưa tới. Kiểm tra lại ngày giờ.',
  'problem.PrescriptionCodeMalformed':
    'Mã đơn {code} không đúng dạng: 12 chữ số và chữ cái, dấu gạch, rồi C, N, H, Y hoặc T. Đọc lại trên đơn.',
  'problem.PrescriptionNotYetValid':
    'Đơn {code} chỉ bán được từ ngày {date}. Kiểm tra lại ngày kê đơn hoặc đợt điều trị.',
  'problem.PrescriptionExpired':
    'Đơn {code} đã hết hạn mua ngày {date}. Mời khách khám lại để có đơn mới.',
  'problem.CollectorMissing':
    'Đơn {code} có thuốc gây nghiện, hướng thần hoặc tiền chất: ghi tên và số giấy tờ của người lĩnh thuốc.',
  'problem.PrescribedTwice': 'Đơn {code} ghi {name} hai lần. Gộp thành một dòng.',
  'problem.NotPrescribed':
    '{name} không có trong đơn {code}. Bỏ khỏi phiếu hoặc ghi đúng thuốc trong đơn.',
  'problem.PrescriptionFormWrong': '{name} chỉ bán theo đơn loại {forms}; đơn {code} là loại khác.',
  'problem.PrescriptionDiffers':
    'Lần trước đơn {code} ghi kê {earlier} {name}, lần này {prescribed}. Đơn không được sửa; đọc lại trên đơn.',
  'problem.PrescriptionExceeded':
    'Đơn {code} chỉ còn {remaining} {name}, không bán {wanted} được. Giảm số lượng.',
  'problem.SupplyDaysMissing': 'Đơn {code}: ghi số ngày dùng của {name} như trên đơn rồi bán.',
  'problem.SupplyTooLong':
    'Đơn {code} kê {name} cho {days} ngày, luật cho tối đa {daysMax}. Liên hệ người kê đơn.',
  'problem.StageTooLong': 'Đơn {code}: một đợt tối đa {daysMax} ngày. Kiểm tra lại ngày của đợt.',
  'problem.SubstitutionNotAllowed':
    'Chỉ nhà thuốc được thay thuốc trong đơn. Bán đúng thuốc được kê thay vì {name}.',
  'problem.ConsentMissing':
    'Người mua phải đồng ý thay bằng {name}. Hỏi và đánh dấu, hoặc bán đúng thuốc được kê.',
  'problem.SubstituteDiffers':
    '{name} khác {prescribed} về hoạt chất, hàm lượng hoặc dạng. Chọn thuốc giống hệt, hoặc hỏi người kê đơn.',
  'problem.UnknownPhoto': 'Máy này không có ảnh của đơn {code}. Chụp lại ảnh đơn.',
  'problem.PhotoUnusable': 'Không đọc được ảnh. Dùng ảnh JPG, PNG hoặc WebP dưới 700 KB.',
  'problem.BuyerMissing': '{name} phải ghi tên và địa chỉ người mua vào sổ. Mở “An toàn” và ghi.',
  'problem.OutOfRange.vaccine':
    'Cơ sở bán lẻ không bán vắc xin: {name}. Hướng dẫn khách đến cơ sở tiêm chủng.',
  'problem.OutOfRange.raw-material': '{name} là nguyên liệu làm thuốc, không bán lẻ. Bỏ dòng này.',
  'problem.OutOfRange.not-traditional':
    'Cơ sở này chỉ bán dược liệu và thuốc cổ truyền, không bán {name}. Giới thiệu khách đến nhà thuốc.',
  'problem.OutOfRange.not-on-licence':
    'Giấy chứng nhận của cơ sở không ghi nhóm kiểm soát đặc biệt của {name}. Giới thiệu khách đến nơi được bán.',
  'problem.Contraindicated': '{because} Không bán {names}.',
  'problem.NotWeighed': '{names}: {because} Dược sĩ ghi lý do thì mới bán, hoặc bỏ một thuốc.',
  'safety.language': 'vi',
  'safety.twice': 'Cùng một hoạt chất hai lần.',
  'safety.pair': '{one} cùng {other}',
  'problem.ShiftAlreadyOpen': 'Ca {number} mở lúc {time} chưa chốt. Chốt ca đó trước.',
  'problem.NoShiftOpen': 'Chưa mở ca nào. Mở ca trước khi xem hoặc chốt ca.',
  'problem.BadAmount': '{amount} không phải số tiền đếm được. Gõ lại số tiền, tính bằng đồng.',
  'problem.UnknownLocalProduct':
    'Không có sản phẩm riêng mã {code} ở cơ sở này. Thêm sản phẩm mới.',
  'problem.ProductKnownAlready':
    'Số {number} đã là của {name}. Dùng mặt hàng đó, không thêm trùng.',
  'problem.SmallestUnitFixed':
    '{name} đã nhập xuất theo {unit} nên đơn vị nhỏ nhất không đổi được. Thêm sản phẩm mới nếu quy cách khác hẳn.',
  'problem.UnknownStaff': 'Không có nhân viên mã {staffId}. Thêm nhân viên trước.',
  'problem.StaffNotChanged': 'Nhân viên {staffId} đã đúng như vậy; không có gì để ghi.',
  'problem.CertificateMissing':
    'Dược sĩ {staffId} cần có số chứng chỉ hành nghề dược. Ghi số rồi lưu lại.',
  'problem.LastInCharge':
    '{staffId} là người chịu trách nhiệm chuyên môn duy nhất. Giao cho người khác trước.',
  'problem.PinTooSimple':
    'Mã PIN cần 4 đến 8 chữ số, không cùng một số và không liền nhau như 1234.',
  'problem.UnknownCall':
    'Màn hình và chương trình của quầy khác phiên bản. Không mất gì; hãy tải lại màn hình.',
  'problem.BadInput': 'Có ô chưa đúng nên chưa ghi được. Không mất gì; kiểm tra lại các ô vừa gõ.',
  'problem.Fault':
    'Máy không ghi được vào đĩa nên chưa có gì được ghi. Kiểm tra ổ đĩa còn trống rồi thử lại.',
  'problem.EnrolmentRefused.unknown-code':
    'Trung tâm không biết mã này. Kiểm tra từng chữ, hoặc xin Sở Y tế mã mới.',
  'problem.EnrolmentRefused.used-code':
    'Mã này đã được dùng cho một quầy khác. Xin Sở Y tế mã mới.',
  'problem.EnrolmentRefused.expired-code': 'Mã này đã quá hạn. Xin Sở Y tế mã mới.',
  'problem.EnrolmentRefused.facility-has-till':
    'Cơ sở này đang có một quầy hoạt động. Quầy thứ hai mở bằng trình duyệt từ máy chính; nếu máy cũ đã hỏng, xin Sở Y tế ngừng quầy cũ.',
  'problem.EnrolmentRefused.licence-not-valid':
    'Giấy phép của cơ sở không còn hiệu lực tại trung tâm. Liên hệ Sở Y tế.',
  'problem.EnrolmentRefused.unknown-protocol':
    'Chương trình của quầy và trung tâm khác phiên bản. Cập nhật chương trình rồi đăng ký lại.',
  'problem.CentreUnreachable':
    'Chưa nối được trung tâm. Không mất gì; kiểm tra mạng và địa chỉ trung tâm rồi thử lại.',
  'problem.CarrierRefused.not-a-carrier-file':
    'Đây không phải tệp báo cáo hay tệp trả lời. Chưa có gì thay đổi; chọn lại tệp.',
  'problem.CarrierRefused.unknown-version':
    'Tệp thuộc phiên bản khác. Chưa có gì thay đổi; cập nhật chương trình rồi thử lại.',
  'problem.CarrierRefused.damaged':
    'Tệp bị hỏng hoặc chép dở. Không mất gì; chép lại từ bản gốc rồi thử lại.',
  'problem.CarrierRefused.too-large':
    'Tệp lớn hơn mọi tệp báo cáo. Chưa có gì thay đổi; chọn lại tệp.',
  'problem.CarrierRefused.not-authentic':
    'Chữ ký trên tệp không đúng nên không nhận. Chưa có gì thay đổi; xin lại tệp từ trung tâm.',
  'problem.CarrierRefused.other-till':
    'Tệp trả lời này dành cho máy khác. Chưa có gì thay đổi; đưa tệp về đúng máy.',
  'problem.NotCaughtUp':
    'Sổ trên máy này cũ hơn những gì trung tâm có thể đã nhận nên chưa ghi được gì mới; không mất gì. Nối mạng rồi bấm Đồng bộ ngay: quầy lấy về phần còn thiếu rồi bán tiếp. Xem sổ thì vẫn được.',
  'problem.BackupRefused.not-found':
    'Không tìm thấy tệp này. Cắm lại USB hoặc kiểm tra đường dẫn rồi thử lại.',
  'problem.BackupRefused.damaged':
    'Bản sao này hỏng hoặc chép dở nên không dùng được. Chưa có gì thay đổi; hãy chọn bản sao khác.',
  'problem.BackupRefused.newer':
    'Bản sao này do chương trình mới hơn tạo ra. Cập nhật chương trình rồi thử lại.',
  'problem.BackupRefused.not-enrolled':
    'Trong tệp này chưa có sổ của quầy nào. Chưa có gì thay đổi; hãy chọn bản sao khác.',
  'problem.BackupRefused.other-machine':
    'Bản sao này của máy khác: chìa khoá của quầy nằm trong máy đó, không nằm trong bản sao. Chưa có gì thay đổi. Xin Sở Y tế mã phục hồi rồi đăng ký máy này; sau đó mở bản sao này ở màn hình Đồng bộ để xem những phiếu chưa báo cáo.',
  'problem.BackupRefused.not-empty':
    'Máy này đang có sổ dùng được nên không thay bằng bản sao lưu. Chưa có gì thay đổi.',
  'problem.BackupRefused.other-till':
    'Đây không phải sổ của máy này hay của máy mà máy này thay. Chưa có gì thay đổi; hãy chọn tệp khác.',
  'problem.BackupRefused.in-use':
    'Trung tâm vẫn nhận sổ của máy này nên không cất đi. Chưa có gì thay đổi.',
  'problem.PrintRefused.no-printer':
    'Chưa có máy in nào. Mở mục In ấn để thêm máy in; mọi thứ vẫn xem và in lại được sau.',
  'problem.PrintRefused.queue-full':
    'Quá nhiều phiếu đang chờ máy in này. Kiểm tra máy in; phiếu không mất, in lại từ Lịch sử.',
  'problem.PrintRefused.not-found': 'Không còn gì để in ở đây: phiếu đã in xong hoặc đã bỏ.',
  'problem.PrintRefused.no-drawer':
    'Máy in này không nối ngăn kéo tiền. Mở ngăn kéo bằng chìa, hoặc sửa trong mục In ấn.',
  'problem.AlreadyEnrolled': 'Quầy này đã đăng ký rồi. Cứ tiếp tục.',
  'problem.TillUnreachable':
    'Mất liên lạc với máy chính của quầy nên chưa biết lần vừa rồi đã ghi chưa. Thử lại: chương trình không ghi hai lần.',
  'problem.TillUnreachable.question': 'Mất liên lạc với máy bán hàng; chưa mất gì. Đang thử lại.',

  'syncProblem.fork':
    'Trung tâm đã nhận một sổ khác mang tên quầy này (có thể máy bị sao chép). Việc gửi tạm dừng; quầy vẫn bán. Gọi Sở Y tế để đăng ký lại quầy.',
  'syncProblem.revoked':
    'Trung tâm đã ngừng nhận báo cáo của quầy này. Quầy vẫn bán; gọi Sở Y tế để biết lý do.',
  'syncProblem.not-authentic':
    'Câu trả lời nhận được không mang chữ ký của trung tâm nên bị bỏ qua. Kiểm tra mạng đang dùng; quầy vẫn bán.',
  'syncProblem.unknown-till':
    'Trung tâm không biết quầy này và chưa nhận lại được. Quầy vẫn bán và ghi đủ trên máy nhưng chưa báo cáo được; gọi Sở Y tế xin mã phục hồi.',
  'syncProblem.unknown-protocol':
    'Trung tâm không còn hiểu phiên bản chương trình này. Cập nhật chương trình; quầy vẫn bán và không mất gì.',
  'syncProblem.malformed':
    'Trung tâm không đọc được báo cáo vừa gửi. Không mất gì và quầy vẫn bán; gọi hỗ trợ.',
  'syncProblem.different-stock':
    'Tồn kho tại quầy và tại trung tâm khác nhau; các lô lệch ghi bên dưới. Quầy vẫn bán; gọi hỗ trợ.',
  'syncProblem.clinic-asks':
    'Trung tâm nhờ quầy xem lại một chứng từ; lời nhắn ghi bên dưới. Quầy vẫn bán bình thường.',
  'syncProblem.unexpected-answer':
    'Địa chỉ trung tâm trả lời không đúng (có thể là trang đăng nhập của mạng). Kiểm tra mạng; quầy vẫn bán.',
  'syncProblem.database-damaged':
    'Sổ trên máy này có chỗ hỏng. Việc ghi đã dừng để không mất thêm; gọi hỗ trợ, đừng xoá gì.',
} as const satisfies Readonly<Record<string, string>> & Readonly<Record<ProblemKey, string>>;
