/**
 * Banks that take part in NAPAS 247 by their number at the State Bank (BIN, ISO/IEC 7812), as printed
 * in NAPAS' list of VietQR members; the largest first. Another bank is entered by its number.
 */
export const banks = [
  { bin: '970436', name: 'Vietcombank' },
  { bin: '970418', name: 'BIDV' },
  { bin: '970415', name: 'VietinBank' },
  { bin: '970405', name: 'Agribank' },
  { bin: '970407', name: 'Techcombank' },
  { bin: '970422', name: 'MB Bank' },
  { bin: '970416', name: 'ACB' },
  { bin: '970432', name: 'VPBank' },
  { bin: '970423', name: 'TPBank' },
  { bin: '970403', name: 'Sacombank' },
  { bin: '970437', name: 'HDBank' },
  { bin: '970441', name: 'VIB' },
  { bin: '970443', name: 'SHB' },
  { bin: '970426', name: 'MSB' },
  { bin: '970448', name: 'OCB' },
  { bin: '970440', name: 'SeABank' },
  { bin: '970431', name: 'Eximbank' },
  { bin: '970449', name: 'LPBank' },
  { bin: '970428', name: 'Nam A Bank' },
  { bin: '970409', name: 'Bac A Bank' },
  { bin: '970452', name: 'KienlongBank' },
  { bin: '970427', name: 'VietABank' },
  { bin: '970425', name: 'ABBANK' },
  { bin: '970438', name: 'BaoViet Bank' },
  { bin: '970433', name: 'VietBank' },
  { bin: '970412', name: 'PVcomBank' },
  { bin: '970419', name: 'NCB' },
  { bin: '970430', name: 'PGBank' },
  { bin: '970454', name: 'BVBank' },
  { bin: '970400', name: 'SaigonBank' },
] as const;

/** The bank's name, or its number where this list does not have it. */
export function bankName(bin: string): string {
  return banks.find((bank) => bank.bin === bin)?.name ?? bin;
}
