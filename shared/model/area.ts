import { z } from 'zod';

/**
 * Provinces under two schemes: the 63 that existed until 30 June 2025 and the 34 of QĐ 19/2025/QĐ-TTg
 * since 1 July 2025. Seven codes (15, 24, 44, 52, 80, 82, 91) name another province in each scheme,
 * so a code is never used without its scheme.
 */
export const AreaScheme = z.enum(['63', '34']);
export type AreaScheme = z.infer<typeof AreaScheme>;
export const ProvinceCode = z.string().regex(/^\d{2}$/);
export type ProvinceCode = z.infer<typeof ProvinceCode>;

export type Province63 = {
  readonly code: ProvinceCode;
  readonly name: string;
  /** Code in the 34-unit scheme. */
  readonly unit34: ProvinceCode;
  /** Population in thousands, census 2019, rounded: used only to size the demonstration country. */
  readonly populationThousand: number;
};
export type Unit34 = { readonly code: ProvinceCode; readonly name: string };

export const provinces63: readonly Province63[] = [
  { code: '01', name: 'Hà Nội', unit34: '01', populationThousand: 8054 },
  { code: '02', name: 'Hà Giang', unit34: '08', populationThousand: 855 },
  { code: '04', name: 'Cao Bằng', unit34: '04', populationThousand: 530 },
  { code: '06', name: 'Bắc Kạn', unit34: '19', populationThousand: 314 },
  { code: '08', name: 'Tuyên Quang', unit34: '08', populationThousand: 785 },
  { code: '10', name: 'Lào Cai', unit34: '15', populationThousand: 730 },
  { code: '11', name: 'Điện Biên', unit34: '11', populationThousand: 599 },
  { code: '12', name: 'Lai Châu', unit34: '12', populationThousand: 460 },
  { code: '14', name: 'Sơn La', unit34: '14', populationThousand: 1248 },
  { code: '15', name: 'Yên Bái', unit34: '15', populationThousand: 821 },
  { code: '17', name: 'Hòa Bình', unit34: '25', populationThousand: 854 },
  { code: '19', name: 'Thái Nguyên', unit34: '19', populationThousand: 1287 },
  { code: '20', name: 'Lạng Sơn', unit34: '20', populationThousand: 782 },
  { code: '22', name: 'Quảng Ninh', unit34: '22', populationThousand: 1320 },
  { code: '24', name: 'Bắc Giang', unit34: '24', populationThousand: 1804 },
  { code: '25', name: 'Phú Thọ', unit34: '25', populationThousand: 1464 },
  { code: '26', name: 'Vĩnh Phúc', unit34: '25', populationThousand: 1151 },
  { code: '27', name: 'Bắc Ninh', unit34: '24', populationThousand: 1369 },
  { code: '30', name: 'Hải Dương', unit34: '31', populationThousand: 1892 },
  { code: '31', name: 'Hải Phòng', unit34: '31', populationThousand: 2029 },
  { code: '33', name: 'Hưng Yên', unit34: '33', populationThousand: 1253 },
  { code: '34', name: 'Thái Bình', unit34: '33', populationThousand: 1860 },
  { code: '35', name: 'Hà Nam', unit34: '37', populationThousand: 853 },
  { code: '36', name: 'Nam Định', unit34: '37', populationThousand: 1780 },
  { code: '37', name: 'Ninh Bình', unit34: '37', populationThousand: 983 },
  { code: '38', name: 'Thanh Hóa', unit34: '38', populationThousand: 3640 },
  { code: '40', name: 'Nghệ An', unit34: '40', populationThousand: 3328 },
  { code: '42', name: 'Hà Tĩnh', unit34: '42', populationThousand: 1289 },
  { code: '44', name: 'Quảng Bình', unit34: '44', populationThousand: 895 },
  { code: '45', name: 'Quảng Trị', unit34: '44', populationThousand: 632 },
  { code: '46', name: 'Huế', unit34: '46', populationThousand: 1129 },
  { code: '48', name: 'Đà Nẵng', unit34: '48', populationThousand: 1134 },
  { code: '49', name: 'Quảng Nam', unit34: '48', populationThousand: 1496 },
  { code: '51', name: 'Quảng Ngãi', unit34: '51', populationThousand: 1232 },
  { code: '52', name: 'Bình Định', unit34: '52', populationThousand: 1487 },
  { code: '54', name: 'Phú Yên', unit34: '66', populationThousand: 873 },
  { code: '56', name: 'Khánh Hòa', unit34: '56', populationThousand: 1231 },
  { code: '58', name: 'Ninh Thuận', unit34: '56', populationThousand: 590 },
  { code: '60', name: 'Bình Thuận', unit34: '68', populationThousand: 1231 },
  { code: '62', name: 'Kon Tum', unit34: '51', populationThousand: 540 },
  { code: '64', name: 'Gia Lai', unit34: '52', populationThousand: 1514 },
  { code: '66', name: 'Đắk Lắk', unit34: '66', populationThousand: 1869 },
  { code: '67', name: 'Đắk Nông', unit34: '68', populationThousand: 622 },
  { code: '68', name: 'Lâm Đồng', unit34: '68', populationThousand: 1297 },
  { code: '70', name: 'Bình Phước', unit34: '75', populationThousand: 995 },
  { code: '72', name: 'Tây Ninh', unit34: '80', populationThousand: 1169 },
  { code: '74', name: 'Bình Dương', unit34: '79', populationThousand: 2427 },
  { code: '75', name: 'Đồng Nai', unit34: '75', populationThousand: 3097 },
  { code: '77', name: 'Bà Rịa - Vũng Tàu', unit34: '79', populationThousand: 1149 },
  { code: '79', name: 'TP. Hồ Chí Minh', unit34: '79', populationThousand: 8993 },
  { code: '80', name: 'Long An', unit34: '80', populationThousand: 1689 },
  { code: '82', name: 'Tiền Giang', unit34: '82', populationThousand: 1764 },
  { code: '83', name: 'Bến Tre', unit34: '86', populationThousand: 1288 },
  { code: '84', name: 'Trà Vinh', unit34: '86', populationThousand: 1009 },
  { code: '86', name: 'Vĩnh Long', unit34: '86', populationThousand: 1023 },
  { code: '87', name: 'Đồng Tháp', unit34: '82', populationThousand: 1599 },
  { code: '89', name: 'An Giang', unit34: '91', populationThousand: 1908 },
  { code: '91', name: 'Kiên Giang', unit34: '91', populationThousand: 1724 },
  { code: '92', name: 'Cần Thơ', unit34: '92', populationThousand: 1235 },
  { code: '93', name: 'Hậu Giang', unit34: '92', populationThousand: 733 },
  { code: '94', name: 'Sóc Trăng', unit34: '92', populationThousand: 1200 },
  { code: '95', name: 'Bạc Liêu', unit34: '96', populationThousand: 907 },
  { code: '96', name: 'Cà Mau', unit34: '96', populationThousand: 1194 },
];

export const units34: readonly Unit34[] = [
  { code: '01', name: 'Hà Nội' },
  { code: '04', name: 'Cao Bằng' },
  { code: '08', name: 'Tuyên Quang' },
  { code: '11', name: 'Điện Biên' },
  { code: '12', name: 'Lai Châu' },
  { code: '14', name: 'Sơn La' },
  { code: '15', name: 'Lào Cai' },
  { code: '19', name: 'Thái Nguyên' },
  { code: '20', name: 'Lạng Sơn' },
  { code: '22', name: 'Quảng Ninh' },
  { code: '24', name: 'Bắc Ninh' },
  { code: '25', name: 'Phú Thọ' },
  { code: '31', name: 'Hải Phòng' },
  { code: '33', name: 'Hưng Yên' },
  { code: '37', name: 'Ninh Bình' },
  { code: '38', name: 'Thanh Hóa' },
  { code: '40', name: 'Nghệ An' },
  { code: '42', name: 'Hà Tĩnh' },
  { code: '44', name: 'Quảng Trị' },
  { code: '46', name: 'Huế' },
  { code: '48', name: 'Đà Nẵng' },
  { code: '51', name: 'Quảng Ngãi' },
  { code: '52', name: 'Gia Lai' },
  { code: '56', name: 'Khánh Hòa' },
  { code: '66', name: 'Đắk Lắk' },
  { code: '68', name: 'Lâm Đồng' },
  { code: '75', name: 'Đồng Nai' },
  { code: '79', name: 'TP. Hồ Chí Minh' },
  { code: '80', name: 'Tây Ninh' },
  { code: '82', name: 'Đồng Tháp' },
  { code: '86', name: 'Vĩnh Long' },
  { code: '91', name: 'An Giang' },
  { code: '92', name: 'Cần Thơ' },
  { code: '96', name: 'Cà Mau' },
];

const provincesByCode = new Map(provinces63.map((province) => [province.code, province]));
const unitsByCode = new Map(units34.map((unit) => [unit.code, unit]));

export function province63(code: ProvinceCode): Province63 | undefined {
  return provincesByCode.get(code);
}

export function unit34(code: ProvinceCode): Unit34 | undefined {
  return unitsByCode.get(code);
}

/** The 63-scheme provinces that make up an area of either scheme; empty for an unknown code. */
export function provincesOfArea(scheme: AreaScheme, code: ProvinceCode): readonly ProvinceCode[] {
  if (scheme === '63') return provincesByCode.has(code) ? [code] : [];
  return provinces63
    .filter((province) => province.unit34 === code)
    .map((province) => province.code);
}

/** The name of an area, or its code when the code is unknown. */
export function areaName(scheme: AreaScheme, code: ProvinceCode): string {
  return (scheme === '63' ? province63(code)?.name : unit34(code)?.name) ?? code;
}
