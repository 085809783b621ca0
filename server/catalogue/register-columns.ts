import { foldWords } from './fold-words.ts';

/** What a column of a register can tell. */
export type RegisterColumn =
  | 'registration'
  | 'oldRegistration'
  | 'nationalCode'
  | 'name'
  | 'otherNames'
  | 'ingredients'
  | 'strength'
  | 'dosageForm'
  | 'packaging'
  | 'manufacturer'
  | 'country'
  | 'prescriptionClass'
  | 'group'
  | 'barcode'
  | 'price'
  | 'priceUnit';

export type ColumnMap = ReadonlyMap<RegisterColumn, number>;

/** Header names as registers, exports and other software write them, folded. */
const headersByColumn: Readonly<Record<RegisterColumn, string>> = {
  registration: `so dang ky,so dang ki,sdk,gplh,so gplh,so dklh,so dk,so giay dang ky luu hanh,
    giay dang ky luu hanh,so dang ky luu hanh,so dang ky gplh,gplh so dang ky,so gplh gpnk,
    so gpnk,so giay phep nhap khau,so visa,visa,registration number,registration no,
    registration,reg no,licence number,license number,marketing authorisation number`,
  oldRegistration: `so dang ky cu,so dk cu,sdk cu,gplh cu,so dang ky da cap,so dang ky truoc,
    old registration number,previous registration number`,
  nationalCode: 'ma dqg,dqg,ma thuoc dqg,ma thuoc quoc gia,ma duoc quoc gia,national code',
  name: `ten thuoc,ten,ten biet duoc,biet duoc,ten thuong mai,ten san pham,ten thuoc biet duoc,
    ten thuoc thanh pham,name,drug name,product name,brand name,trade name,medicine name,
    medicine,product`,
  otherNames: 'ten khac,ten goi khac,ten thuong goi,alias,aliases,other names,popular names',
  ingredients: `hoat chat,ten hoat chat,hoat chat chinh,thanh phan,thanh phan chinh,
    thanh phan hoat chat,hoat chat ham luong,hoat chat chinh ham luong,
    hoat chat nong do ham luong,thanh phan ham luong,ingredients,ingredient,
    active ingredients,active ingredient,active substance,composition,generic name,inn`,
  strength: 'ham luong,nong do,nong do ham luong,ham luong nong do,strength,strengths',
  dosageForm: 'dang bao che,dang thuoc,dang bc,dosage form,form,pharmaceutical form',
  packaging: `quy cach dong goi,quy cach,dong goi,qcdg,packaging,packing,pack,pack size,
    package,presentation`,
  manufacturer: `co so san xuat,nha san xuat,hang san xuat,cong ty san xuat,
    ten cong ty san xuat,ten co so san xuat,don vi san xuat,nha sx,hang sx,co so sx,nsx,
    manufacturer,maker,manufactured by`,
  country: `nuoc san xuat,nuoc sx,nuoc cong ty san xuat,nuoc,quoc gia,xuat xu,country,
    country of origin,manufacturing country`,
  prescriptionClass: `phan loai,phan loai thuoc,phan loai ke don,loai thuoc,ke don,
    thuoc ke don,la thuoc ke don,rx class,rx,rx otc,otc rx,etc otc,prescription,
    prescription class,prescription status`,
  group: `nhom,nhom thuoc,nhom duoc ly,phan nhom,nhom tac dung duoc ly,group,drug group,
    therapeutic group`,
  barcode: 'ma vach,gtin,barcode,bar code,ean,ean 13,ean13,ma vach gtin,upc',
  price: `gia ke khai,gia kk,gia ke khai lai,gia ban le ke khai,gia ban le,gia ban le du kien,
    gia tran,declared price,retail price,declared retail price,ceiling price,price`,
  priceUnit: 'don vi tinh,dvt,don vi,don vi ke khai,don vi tinh gia,unit,price unit',
};

const headerLengthMax = 100;

/** Without these two a row cannot become a drug. */
export const requiredColumns = ['registration', 'name'] as const;

const sentenceNames: Readonly<Record<(typeof requiredColumns)[number], string>> = {
  registration: 'số đăng ký (registration number)',
  name: 'tên thuốc (name)',
};

const columnByHeader: ReadonlyMap<string, RegisterColumn> = new Map(
  // Safe: the keys of the table above are exactly the columns.
  (Object.keys(headersByColumn) as RegisterColumn[]).flatMap((column) =>
    headersByColumn[column].split(',').map((header) => [header.trim(), column] as const),
  ),
);

/** Which cell of a row holds which column. The first of two equal headers wins. */
export function mapColumns(cells: readonly string[]): ColumnMap {
  const columns = new Map<RegisterColumn, number>();
  cells.forEach((cell, index) => {
    // Longer texts are titles or data, and not worth taking apart word by word.
    const column = cell.length > headerLengthMax ? null : columnOf(foldWords(cell));
    if (column !== null && !columns.has(column)) columns.set(column, index);
  });
  return columns;
}

export function hasRequiredColumns(columns: ColumnMap): boolean {
  return requiredColumns.every((column) => columns.has(column));
}

/** The required columns that are not there, in words for the refusal. */
export function missingColumns(columns: ColumnMap): string {
  return requiredColumns
    .filter((column) => !columns.has(column))
    .map((column) => sentenceNames[column])
    .join(', ');
}

function columnOf(header: string): RegisterColumn | null {
  const known = columnByHeader.get(header);
  if (known !== undefined) return known;
  // "Giá kê khai (VND)", "Số đăng ký hoặc GPNK": a known name of several words and a remark.
  const words = header.split(' ');
  for (let length = words.length - 1; length >= 2; length -= 1) {
    const column = columnByHeader.get(words.slice(0, length).join(' '));
    if (column !== undefined) return column;
  }
  return null;
}
