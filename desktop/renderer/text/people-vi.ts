/** People, PINs, permissions, shifts and the audit: a part of vi.ts. */
export const peopleVi = {
  'role.owner': 'chủ nhà thuốc',
  'role.pharmacist-in-charge': 'người phụ trách chuyên môn',
  'role.pharmacist': 'dược sĩ',
  'role.seller': 'nhân viên bán hàng',
  'role.trainee': 'người học việc',

  'act.sell': 'bán hàng',
  'act.sell-on-prescription': 'bán thuốc kê đơn',
  'act.sell-controlled': 'bán thuốc kiểm soát đặc biệt',
  'act.choose-lot': 'chọn lô khác thứ tự hết hạn',
  'act.give-discount': 'giảm giá',
  'act.weigh-warning': 'bán khi có cảnh báo an toàn',
  'act.void-sale': 'hủy phiếu',
  'act.accept-return': 'nhận hàng khách trả',
  'act.open-shift': 'mở ca',
  'act.close-shift': 'chốt ca',
  'act.see-expected-cash': 'xem số tiền phải có',
  'act.set-price': 'đặt giá',
  'act.receive-goods': 'nhập hàng',
  'act.declare-opening-stock': 'khai tồn đầu kỳ',
  'act.count-stock': 'kiểm kê',
  'act.quarantine': 'đưa vào biệt trữ',
  'act.release': 'cho hàng ra khỏi biệt trữ',
  'act.dispose': 'hủy hàng',
  'act.report-loss': 'báo thất thoát',
  'act.acknowledge-recall': 'xác nhận thu hồi',
  'act.return-to-supplier': 'trả hàng cho nhà cung cấp',
  'act.transfer': 'chuyển hàng giữa các cơ sở',
  'act.define-product': 'lập sản phẩm riêng',
  'act.change-oneself': 'đổi PIN và giờ trực của mình',
  'act.change-staff': 'quản lý nhân viên',
  'act.see-audit': 'xem nhật ký thao tác',
  'act.carry-reports': 'mang báo cáo bằng tay',
  'act.export-books': 'xuất sổ cho thanh tra',
  'act.keep-the-till': 'đổi cài đặt của quầy',

  'people.or': '{first} hoặc {last}',

  'problem.NotSignedIn': 'Quầy đang khóa. Nhập mã PIN để làm tiếp; chưa mất gì.',
  'problem.NotPermitted':
    'Việc {act} dành cho {roles}. Chưa ghi gì; người có quyền có thể nhập PIN để duyệt tại đây.',
  'problem.NotOnDuty':
    'Việc {act} cần {roles} đang trực. Chưa ghi gì; hãy báo vào ca trực, hoặc nhờ người đang trực duyệt.',
  'problem.SupervisorNeeded':
    'Người học việc làm dưới sự giám sát: việc {act} cần {roles} đang trực nhập PIN để duyệt.',
  'problem.StaffIdReserved': 'Mã {staffId} dành cho việc máy tự làm. Hãy chọn mã khác.',
  'problem.PinInChargeFirst':
    'Người phụ trách chuyên môn hoặc chủ nhà thuốc đặt PIN trước, rồi mới đến người khác.',
  'problem.PinNotSet':
    '{staffId} chưa có mã PIN. Nhờ người phụ trách chuyên môn hoặc chủ nhà thuốc đặt giúp.',
  'problem.WrongPin': 'Sai mã PIN. Thử lại.',
  'problem.WrongPin.wait': 'Sai mã PIN nhiều lần. Chờ {wait} rồi thử lại.',
  'problem.ApproverMayNot': '{staffId} cũng không được duyệt việc này: {acts}.',
  'problem.DifferenceUnexplained':
    'Tiền lệch {difference}. Ghi lý do rồi chốt ca; con số giữ nguyên như đã đếm.',
} as const;
