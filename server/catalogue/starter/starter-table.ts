/**
 * How the starter catalogue is written down: eight cells a medicine, on two or three lines of
 * which only the first is not indented.
 *
 *   name | ingredients with strength | popular names, separated by `;`
 *     dosage form | OTC or Rx | packaging | maker | price of the smallest unit in đồng
 *
 * The number of a medicine is its section's first number plus its place in the section, and its
 * code and barcode are made from that number: new medicines go to the end of a section, and none
 * is ever removed or moved.
 */
export type StarterSection = {
  readonly group: string;
  readonly firstNumber: number;
  readonly table: string;
};

export type StarterMaker = { readonly name: string; readonly country: string };

/** Invented companies: a real name beside an invented licence would be a false statement. */
export const starterMakers: Readonly<Record<string, StarterMaker>> = {
  HG: { name: 'Công ty cổ phần Dược phẩm Hương Giang Xanh', country: 'Việt Nam' },
  BM: { name: 'Công ty cổ phần Dược phẩm Bình Minh Mới', country: 'Việt Nam' },
  CN: { name: 'Công ty cổ phần Dược phẩm Cửu Nguyên', country: 'Việt Nam' },
  TS: { name: 'Công ty TNHH Dược phẩm Trường Sơn Lam', country: 'Việt Nam' },
  PS: { name: 'Công ty cổ phần Dược phẩm Phù Sa Đỏ', country: 'Việt Nam' },
  LT: { name: 'Công ty cổ phần Hóa - Dược phẩm Lam Thành', country: 'Việt Nam' },
  HN: { name: 'Công ty TNHH Dược phẩm Hoa Nắng', country: 'Việt Nam' },
  TP: { name: 'Công ty cổ phần Đông dược Thảo Phong', country: 'Việt Nam' },
  AD: { name: 'Ganga Valley Remedies Ltd.', country: 'Ấn Độ' },
  PH: { name: 'Laboratoires Clairval-Santé', country: 'Pháp' },
  DU: { name: 'Rheinfeld Pharma GmbH', country: 'Đức' },
  HQ: { name: 'Hanbit Saeron Pharm Co., Ltd.', country: 'Hàn Quốc' },
  NB: { name: 'Sakurano Seiyaku K.K.', country: 'Nhật Bản' },
  TL: { name: 'Siam Lotus Pharma Co., Ltd.', country: 'Thái Lan' },
  YY: { name: 'Officina Lombarda Verde S.p.A.', country: 'Ý' },
};
