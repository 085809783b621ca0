import type { FacilityKind } from '../../shared/model/facility.ts';
import type { Random } from './random.ts';

/** Names as common in Việt Nam; none is of a person or shop in particular. */
const surnames = (
  'Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi ' +
  'Đỗ Hồ Ngô ' +
  'Dương Lý Trương Đinh Lương Mai'
).split(' ');
const middleNames =
  'Thị Thị Thị Thị Văn Văn Ngọc Minh Thanh Hồng Thu Kim Bích Đức Quốc Hữu Xuân Phương'.split(' ');
const givenNames = (
  'Anh Bình Châu Chi Cường Dung Dũng Duyên Giang Hà Hạnh Hải Hằng Hiền Hiếu Hoa Hòa Hương ' +
  'Huệ Hùng ' +
  'Khánh Lan Liên Linh Loan Long Mai Minh My Nam Nga Ngân Ngọc Nhung Oanh Phúc Phương ' +
  'Quang Quyên ' +
  'Sơn Tâm Thảo Thắng Thanh Thu Thủy Trang Trinh Tuấn Tú Uyên Vân Việt Vinh Xuân Yến'
).split(' ');

const shopNames = (
  'An Khang|An Phúc|An Tâm|Bảo Châu|Bảo Khang|Bình Minh|Đại Phúc|Đức Minh|Gia Đình|Gia ' +
  'Hưng|Hải Đăng|' +
  'Hạnh Phúc|Hoàng Gia|Hoàng Long|Hồng Đức|Hồng Phúc|Hồng Phát|Hưng Thịnh|Khánh An|Khánh ' +
  'Linh|Kim Anh|' +
  'Kim Ngân|Lan Anh|Long Châu Thành|Mai Linh|Minh Anh|Minh Châu|Minh Đức|Minh Hương|Minh Khang|' +
  'Minh Tâm|Mỹ Linh|Nam Việt|Ngọc Anh|Ngọc Hân|Ngọc Lan|Nhân Ái|Nhân Đức|Nhân Tâm|Phú ' +
  'Cường|Phúc An|' +
  'Phúc Khang|Phương Nam|Phương Thảo|Quang Minh|Quỳnh Anh|Sao Mai|Sông Hồng|Sông Hậu|Tâm ' +
  'An|Tâm Đức|' +
  'Tâm Phúc|Tân Bình|Thành Công|Thanh Bình|Thanh Hà|Thanh Tâm|Thảo Nguyên|Thiên Ân|Thiên Phúc|' +
  'Thịnh Vượng|Thu Hà|Tuấn Anh|Tuệ Tâm|Vạn Phúc|Việt Anh|Vĩnh Phát|Xuân Mai|Yên Bình|Ý Đức'
).split('|');

const streets = (
  'Nguyễn Trãi|Lê Lợi|Trần Hưng Đạo|Nguyễn Huệ|Quang Trung|Hai Bà Trưng|Lý Thường Kiệt|' +
  'Phan Chu Trinh|' +
  'Hùng Vương|Nguyễn Văn Cừ|Trần Phú|Lê Duẩn|Phan Bội Châu|Ngô Quyền|Lê Hồng Phong|Võ Thị Sáu|' +
  'Điện Biên Phủ|Cách Mạng Tháng Tám|Nguyễn Thị Minh Khai|Hoàng Văn Thụ|Bà Triệu|Lạc Long Quân'
).split('|');

export function personName(random: Random): string {
  return `${random.pick(surnames)} ${random.pick(middleNames)} ${random.pick(givenNames)}`;
}

export function shopName(kind: FacilityKind, commune: string, random: Random): string {
  if (kind === 'health-station-cabinet') return `Tủ thuốc Trạm Y tế ${lowerFirst(commune)}`;
  const name = random.isTrue(0.3)
    ? `${random.pick(middleNames.slice(6))} ${random.pick(givenNames)}`
    : random.pick(shopNames);
  return kind === 'pharmacy' ? `Nhà thuốc ${name}` : `Quầy thuốc ${name}`;
}

export function streetAddress(isTown: boolean, random: Random): string {
  return isTown
    ? `${random.between(1, 480)} ${random.pick(streets)}`
    : `${random.pick(['Thôn', 'Ấp', 'Tổ', 'Xóm'])} ${random.between(1, 12)}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
