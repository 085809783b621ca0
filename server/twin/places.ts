/**
 * Where facilities of the demonstration country stand: per province (63-scheme) the suffix of its
 * licences and some of its places. Suffixes are those of NĐ 163/2025 Mẫu 15, which knows the 34
 * units only: a former province uses the suffix of the unit it went into.
 */
export type Place = {
  readonly suffix: string;
  /** Towns and quarters first, where pharmacies are; then rural communes. */
  readonly towns: readonly string[];
  readonly communes: readonly string[];
};

const suffixByUnit34: Readonly<Record<string, string>> = {
  '01': 'HNO',
  '04': 'CB',
  '08': 'TQ',
  '11': 'ĐB',
  '12': 'LCH',
  '14': 'SL',
  '15': 'LCA',
  '19': 'TNG',
  '20': 'LS',
  '22': 'QNI',
  '24': 'BN',
  '25': 'PT',
  '31': 'HP',
  '33': 'HY',
  '37': 'NB',
  '38': 'TH',
  '40': 'NA',
  '42': 'HT',
  '44': 'QT',
  '46': 'TTH',
  '48': 'ĐNA',
  '51': 'QNG',
  '52': 'GL',
  '56': 'KH',
  '66': 'ĐL',
  '68': 'LĐ',
  '75': 'ĐNAI',
  '79': 'HCM',
  '80': 'TNI',
  '82': 'ĐT',
  '86': 'VL',
  '91': 'AG',
  '92': 'CT',
  '96': 'CM',
};

/** Towns | communes, by 63-scheme code. */
const placesByProvince: Readonly<Record<string, string>> = {
  '01':
    'P. Hàng Bạc, P. Cầu Giấy, P. Kim Mã, P. Bách Khoa, P. Hà Đông, P. Long Biên, P. Định ' +
    'Công, P. Xuân La | X. Sóc Sơn, X. Đông Anh, X. Ba Vì, X. Thạch Thất, X. Ứng Hòa, X. Phú ' +
    'Xuyên',
  '02': 'P. Nguyễn Trãi, TT. Vị Xuyên | X. Đồng Văn, X. Mèo Vạc, X. Quản Bạ, X. Bắc Quang',
  '04': 'P. Hợp Giang, TT. Quảng Uyên | X. Trùng Khánh, X. Bảo Lạc, X. Hòa An, X. Nguyên Bình',
  '06': 'P. Đức Xuân, TT. Chợ Rã | X. Ba Bể, X. Na Rì, X. Chợ Đồn, X. Bạch Thông',
  '08': 'P. Minh Xuân, TT. Na Hang | X. Chiêm Hóa, X. Hàm Yên, X. Sơn Dương, X. Yên Sơn',
  '10': 'P. Cốc Lếu, P. Sa Pa | X. Bắc Hà, X. Bát Xát, X. Bảo Thắng, X. Mường Khương',
  '11':
    'P. Mường Thanh, TT. Tuần Giáo | X. Mường Nhé, X. Tủa Chùa, X. Điện Biên Đông, X. Mường ' +
    'Ảng',
  '12': 'P. Tân Phong, TT. Than Uyên | X. Phong Thổ, X. Sìn Hồ, X. Mường Tè, X. Tam Đường',
  '14': 'P. Chiềng Lề, TT. Mộc Châu | X. Mai Sơn, X. Phù Yên, X. Thuận Châu, X. Sông Mã',
  '15': 'P. Hồng Hà, P. Nghĩa Lộ | X. Văn Chấn, X. Lục Yên, X. Mù Cang Chải, X. Trấn Yên',
  '17': 'P. Phương Lâm, TT. Lương Sơn | X. Mai Châu, X. Kim Bôi, X. Lạc Sơn, X. Đà Bắc',
  '19':
    'P. Hoàng Văn Thụ, P. Phổ Yên, P. Sông Công | X. Đại Từ, X. Định Hóa, X. Phú Bình, X. Võ ' +
    'Nhai',
  '20': 'P. Vĩnh Trại, TT. Đồng Đăng | X. Hữu Lũng, X. Bắc Sơn, X. Lộc Bình, X. Chi Lăng',
  '22':
    'P. Bãi Cháy, P. Hồng Gai, P. Cẩm Phả, P. Móng Cái | X. Vân Đồn, X. Tiên Yên, X. Đầm Hà, ' +
    'X. Hải Hà',
  '24':
    'P. Trần Phú, P. Việt Yên | X. Lục Ngạn, X. Yên Thế, X. Hiệp Hòa, X. Tân Yên, X. Lạng ' +
    'Giang',
  '25':
    'P. Gia Cẩm, P. Phong Châu | X. Lâm Thao, X. Thanh Ba, X. Đoan Hùng, X. Tân Sơn, X. Cẩm ' +
    'Khê',
  '26': 'P. Liên Bảo, P. Phúc Yên | X. Tam Đảo, X. Vĩnh Tường, X. Yên Lạc, X. Lập Thạch',
  '27': 'P. Suối Hoa, P. Từ Sơn, P. Quế Võ | X. Gia Bình, X. Lương Tài, X. Yên Phong, X. Tiên Du',
  '30':
    'P. Nguyễn Trãi, P. Chí Linh | X. Thanh Hà, X. Gia Lộc, X. Nam Sách, X. Ninh Giang, X. ' +
    'Kim Thành',
  '31':
    'P. Hồng Bàng, P. Lê Chân, P. Ngô Quyền, P. Kiến An, P. Đồ Sơn | X. An Lão, X. Tiên ' +
    'Lãng, X. Vĩnh Bảo, X. Kiến Thụy',
  '33': 'P. Hiến Nam, P. Mỹ Hào | X. Văn Giang, X. Khoái Châu, X. Kim Động, X. Tiên Lữ',
  '34':
    'P. Lê Hồng Phong, TT. Diêm Điền | X. Vũ Thư, X. Đông Hưng, X. Quỳnh Phụ, X. Tiền Hải, ' +
    'X. Kiến Xương',
  '35': 'P. Minh Khai, P. Duy Tiên | X. Bình Lục, X. Lý Nhân, X. Thanh Liêm, X. Kim Bảng',
  '36':
    'P. Vị Hoàng, P. Trường Thi | X. Hải Hậu, X. Giao Thủy, X. Xuân Trường, X. Ý Yên, X. ' +
    'Nghĩa Hưng',
  '37': 'P. Hoa Lư, P. Tam Điệp | X. Kim Sơn, X. Nho Quan, X. Gia Viễn, X. Yên Khánh',
  '38':
    'P. Ba Đình, P. Sầm Sơn, P. Bỉm Sơn | X. Hoằng Hóa, X. Quảng Xương, X. Thọ Xuân, X. Nga ' +
    'Sơn, X. Bá Thước, X. Ngọc Lặc',
  '40':
    'P. Hưng Bình, P. Cửa Lò, P. Thái Hòa | X. Diễn Châu, X. Quỳnh Lưu, X. Nam Đàn, X. Đô ' +
    'Lương, X. Con Cuông, X. Kỳ Sơn',
  '42': 'P. Nguyễn Du, P. Kỳ Anh | X. Can Lộc, X. Thạch Hà, X. Cẩm Xuyên, X. Hương Sơn',
  '44': 'P. Đồng Hới, P. Ba Đồn | X. Lệ Thủy, X. Bố Trạch, X. Quảng Ninh, X. Minh Hóa',
  '45': 'P. Đông Hà, P. Quảng Trị | X. Hải Lăng, X. Gio Linh, X. Vĩnh Linh, X. Hướng Hóa',
  '46': 'P. Phú Hội, P. Vỹ Dạ, P. Hương Thủy | X. Phú Lộc, X. Quảng Điền, X. A Lưới, X. Phong Điền',
  '48':
    'P. Hải Châu, P. Thanh Khê, P. Sơn Trà, P. Ngũ Hành Sơn | X. Hòa Vang, X. Hòa Tiến, X. ' +
    'Hòa Phong',
  '49': 'P. Tam Kỳ, P. Hội An | X. Duy Xuyên, X. Thăng Bình, X. Đại Lộc, X. Núi Thành, X. Quế Sơn',
  '51': 'P. Trần Hưng Đạo, P. Đức Phổ | X. Bình Sơn, X. Sơn Tịnh, X. Mộ Đức, X. Ba Tơ, X. Tư Nghĩa',
  '52': 'P. Quy Nhơn, P. An Nhơn, P. Hoài Nhơn | X. Tuy Phước, X. Phù Cát, X. Tây Sơn, X. Phù Mỹ',
  '54': 'P. Tuy Hòa, P. Sông Cầu | X. Tuy An, X. Đồng Xuân, X. Sơn Hòa, X. Tây Hòa',
  '56':
    'P. Nha Trang, P. Cam Ranh, P. Ninh Hòa | X. Diên Khánh, X. Vạn Ninh, X. Cam Lâm, X. ' +
    'Khánh Sơn',
  '58': 'P. Phan Rang, P. Đô Vinh | X. Ninh Phước, X. Ninh Hải, X. Thuận Nam, X. Bác Ái',
  '60': 'P. Phan Thiết, P. La Gi | X. Tuy Phong, X. Bắc Bình, X. Hàm Thuận, X. Đức Linh',
  '62': 'P. Kon Tum, TT. Đắk Hà | X. Đắk Tô, X. Ngọc Hồi, X. Kon Plông, X. Sa Thầy',
  '64': 'P. Pleiku, P. An Khê | X. Chư Sê, X. Đức Cơ, X. Mang Yang, X. Krông Pa, X. Chư Prông',
  '66':
    'P. Buôn Ma Thuột, P. Tân Lợi, P. Buôn Hồ | X. Ea Kar, X. Krông Pắc, X. Cư Mgar, X. ' +
    'Krông Năng, X. Lắk',
  '67': 'P. Gia Nghĩa, TT. Đắk Mil | X. Đắk Song, X. Cư Jút, X. Krông Nô, X. Tuy Đức',
  '68': 'P. Đà Lạt, P. Bảo Lộc | X. Đức Trọng, X. Di Linh, X. Lâm Hà, X. Đơn Dương',
  '70': 'P. Đồng Xoài, P. Bình Long | X. Lộc Ninh, X. Bù Đăng, X. Phước Long, X. Chơn Thành',
  '72': 'P. Tây Ninh, P. Trảng Bàng | X. Gò Dầu, X. Châu Thành, X. Tân Châu, X. Dương Minh Châu',
  '74':
    'P. Thủ Dầu Một, P. Thuận An, P. Dĩ An, P. Bến Cát | X. Phú Giáo, X. Dầu Tiếng, X. Bàu ' +
    'Bàng',
  '75':
    'P. Biên Hòa, P. Long Khánh, P. Tân Hiệp, TT. Trảng Bom | X. Long Thành, X. Nhơn Trạch, ' +
    'X. Xuân Lộc, X. Định Quán, X. Tân Phú',
  '77': 'P. Vũng Tàu, P. Bà Rịa, P. Phú Mỹ | X. Long Điền, X. Xuyên Mộc, X. Châu Đức, X. Đất Đỏ',
  '79':
    'P. Bến Thành, P. Tân Định, P. Chợ Lớn, P. Bình Thạnh, P. Gò Vấp, P. Thủ Đức, P. Tân ' +
    'Bình, P. Phú Nhuận, P. An Lạc | X. Củ Chi, X. Hóc Môn, X. Bình Chánh, X. Nhà Bè, X. Cần ' +
    'Giờ',
  '80': 'P. Tân An, P. Kiến Tường | X. Đức Hòa, X. Bến Lức, X. Cần Giuộc, X. Cần Đước, X. Thủ Thừa',
  '82': 'P. Mỹ Tho, P. Gò Công, P. Cai Lậy | X. Cái Bè, X. Chợ Gạo, X. Châu Thành, X. Tân Phước',
  '83': 'P. Bến Tre, TT. Mỏ Cày | X. Ba Tri, X. Giồng Trôm, X. Bình Đại, X. Thạnh Phú',
  '84': 'P. Trà Vinh, P. Duyên Hải | X. Càng Long, X. Cầu Kè, X. Tiểu Cần, X. Trà Cú',
  '86': 'P. Vĩnh Long, P. Bình Minh | X. Tam Bình, X. Trà Ôn, X. Vũng Liêm, X. Mang Thít',
  '87': 'P. Cao Lãnh, P. Sa Đéc, P. Hồng Ngự | X. Lấp Vò, X. Tháp Mười, X. Tam Nông, X. Lai Vung',
  '89':
    'P. Long Xuyên, P. Châu Đốc, P. Tân Châu | X. Chợ Mới, X. Thoại Sơn, X. Tri Tôn, X. Phú ' +
    'Tân, X. An Phú',
  '91': 'P. Rạch Giá, P. Hà Tiên, P. Phú Quốc | X. Giồng Riềng, X. Hòn Đất, X. An Biên, X. Gò Quao',
  '92':
    'P. Ninh Kiều, P. Cái Răng, P. Bình Thủy, P. Ô Môn | X. Phong Điền, X. Thới Lai, X. Cờ ' +
    'Đỏ, X. Vĩnh Thạnh',
  '93': 'P. Vị Thanh, P. Ngã Bảy | X. Phụng Hiệp, X. Long Mỹ, X. Vị Thủy, X. Châu Thành A',
  '94': 'P. Sóc Trăng, P. Vĩnh Châu | X. Kế Sách, X. Mỹ Xuyên, X. Trần Đề, X. Thạnh Trị',
  '95': 'P. Bạc Liêu, P. Giá Rai | X. Hồng Dân, X. Phước Long, X. Vĩnh Lợi, X. Đông Hải',
  '96':
    'P. Cà Mau, P. Tân Thành, TT. Năm Căn | X. Đầm Dơi, X. Cái Nước, X. U Minh, X. Trần Văn ' +
    'Thời, X. Ngọc Hiển',
};

export function placeOf(province: string, unit34: string): Place {
  const [towns, communes] = (placesByProvince[province] ?? '').split(' | ').map(listOf);
  const suffix = suffixByUnit34[unit34];
  if (suffix === undefined || towns === undefined || communes === undefined) {
    throw new Error(`No place is known in province ${province}`);
  }
  return { suffix, towns, communes };
}

function listOf(text: string): readonly string[] {
  return text.split(', ').map((name) =>
    name
      .replace(/^P\. /, 'Phường ')
      .replace(/^TT\. /, 'Thị trấn ')
      .replace(/^X\. /, 'Xã '),
  );
}
