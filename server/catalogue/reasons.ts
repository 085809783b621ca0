/**
 * Everything the catalogue import has to say about a file, a row or a value: one code, one
 * Vietnamese and one English sentence each. `{…}` is filled from the details of the report.
 */
export type Sentence = { readonly vi: string; readonly en: string };
export type Language = keyof Sentence;

/** Why a whole file is refused. Nothing of a refused file may enter the catalogue. */
export const fileRefusals = {
  'file-empty': {
    vi: 'Tệp trống, không có dòng nào.',
    en: 'The file is empty: it has no rows.',
  },
  'no-rows': {
    vi: 'Tệp chỉ có dòng tiêu đề, không có thuốc nào.',
    en: 'The file has a header but no drugs.',
  },
  'file-too-large': {
    vi: 'Tệp lớn hơn {maximum} MiB. Hãy chia thành nhiều tệp nhỏ hơn.',
    en: 'The file is larger than {maximum} MiB. Split it into smaller files.',
  },
  'too-many-rows': {
    vi: 'Tệp có hơn {maximum} dòng. Hãy chia thành nhiều tệp nhỏ hơn.',
    en: 'The file has more than {maximum} rows. Split it into smaller files.',
  },
  'columns-missing': {
    vi: 'Không thấy cột bắt buộc: {missing}. Các cột trong tệp: {found}.',
    en: 'Required columns are missing: {missing}. Columns found: {found}.',
  },
  'old-excel-format': {
    vi: 'Đây là tệp Excel kiểu cũ (.xls). Hãy lưu lại thành .xlsx hoặc .csv.',
    en: 'This is an old Excel file (.xls). Save it as .xlsx or .csv.',
  },
  'not-a-register': {
    vi: 'Tệp không phải là bảng CSV hay Excel (.xlsx).',
    en: 'The file is neither a CSV table nor an Excel workbook (.xlsx).',
  },
  'workbook-damaged': {
    vi: 'Không mở được tệp Excel: tệp hỏng, dở dang hoặc có mật khẩu.',
    en: 'The workbook cannot be opened: it is damaged, incomplete or has a password.',
  },
  'workbook-too-large': {
    vi: 'Tệp Excel khi giải nén vượt quá {maximum} MiB. Hãy lưu thành .csv rồi nhập lại.',
    en: 'The workbook unpacks to more than {maximum} MiB. Save it as .csv and import that.',
  },
} as const satisfies Record<string, Sentence>;
export type FileRefusalCode = keyof typeof fileRefusals;

/** Why one row could not be read. The row is reported with its number and its own text. */
export const rowReasons = {
  'broken-quotes': {
    vi: 'Dấu ngoặc kép mở mà không đóng, hoặc đóng sai chỗ.',
    en: 'A quotation mark is opened and not closed, or closed in the wrong place.',
  },
  'too-many-cells': {
    vi: 'Dòng có nhiều ô hơn dòng tiêu đề, không biết ô nào thuộc cột nào.',
    en: 'The row has more cells than the header, so the columns cannot be told apart.',
  },
  'row-too-long': {
    vi: 'Dòng dài quá mức cho phép.',
    en: 'The row is longer than allowed.',
  },
  'cell-too-long': {
    vi: 'Một ô trong dòng dài quá mức cho phép.',
    en: 'A cell of the row is longer than allowed.',
  },
  'name-missing': { vi: 'Thiếu tên thuốc.', en: 'The drug has no name.' },
  'registration-missing': {
    vi: 'Thiếu số đăng ký lưu hành.',
    en: 'The registration number is missing.',
  },
  'duplicate-row': {
    vi: 'Trùng hoàn toàn với một dòng phía trên.',
    en: 'The row repeats an earlier row in every cell.',
  },
  'duplicate-conflicts': {
    vi: 'Cùng một thuốc với dòng phía trên nhưng giá, mã vạch hoặc phân loại khác nhau.',
    en: 'The same product as an earlier row, but with another price, barcode or class.',
  },
  'value-refused': {
    vi: 'Một giá trị trong dòng không hợp lệ.',
    en: 'A value of the row is not valid.',
  },
} as const satisfies Record<string, Sentence>;
export type RowReasonCode = keyof typeof rowReasons;

/** What a person should look at, although the row was read. */
export const rowWarnings = {
  'packaging-alternatives': {
    vi: 'Có nhiều quy cách đóng gói; đơn vị tính lấy theo quy cách đầu tiên.',
    en: 'Several packings are listed; the units follow the first.',
  },
  'packaging-kit': {
    vi: 'Đóng gói kèm dung môi hoặc dụng cụ; chỉ đếm phần thuốc.',
    en: 'Packed with a solvent or device; only the medicine is counted.',
  },
  'packaging-empty': {
    vi: 'Không ghi quy cách; chỉ có đơn vị nhỏ nhất theo dạng bào chế.',
    en: 'No packing is given; only the smallest unit of the dosage form is known.',
  },
  'packaging-unreadable': {
    vi: 'Không hiểu quy cách; chỉ có đơn vị nhỏ nhất theo dạng bào chế.',
    en: 'The packing is not understood; only the smallest unit of the dosage form is known.',
  },
  'packaging-count-missing': {
    vi: 'Quy cách không nói một bao gói có bao nhiêu đơn vị nhỏ nhất.',
    en: 'The packing does not say how many of the smallest unit a pack holds.',
  },
  'packaging-unit-assumed': {
    vi: 'Quy cách thiếu tên một đơn vị; hiểu là vỉ.',
    en: 'The packing leaves out the name of a unit; blister is assumed.',
  },
  'packaging-unlikely': {
    vi: 'Quy cách đọc được nhưng khó tin; hãy kiểm tra.',
    en: 'The packing can be read but is unlikely; please check it.',
  },
  'packaging-form-disagrees': {
    vi: 'Đơn vị nhỏ nhất trong quy cách không hợp với dạng bào chế.',
    en: 'The smallest unit of the packing does not fit the dosage form.',
  },
  'registration-format-unknown': {
    vi: 'Số đăng ký không theo dạng nào đã biết; giữ nguyên như trong tệp.',
    en: 'The registration number has no known form; it is kept as written.',
  },
  'registration-shared': {
    vi: 'Số đăng ký này đã có ở một thuốc khác phía trên; cả hai đều được giữ.',
    en: 'Another product above has this registration number; both are kept.',
  },
  'prescription-class-unknown': {
    vi: 'Không rõ thuốc kê đơn hay không kê đơn.',
    en: 'It is not known whether a prescription is needed.',
  },
  'prescription-class-disagrees': {
    vi: 'Phân loại kê đơn khác với số đăng ký; lấy theo hướng chặt hơn (kê đơn).',
    en: 'The class disagrees with the registration number; prescription is taken.',
  },
  'price-unreadable': { vi: 'Không đọc được giá.', en: 'The price cannot be read.' },
  'price-unit-unknown': {
    vi: 'Giá ghi theo một đơn vị không có trong quy cách; giá không được dùng.',
    en: 'The price is for a unit that the packing lacks; the price is not used.',
  },
  'barcode-invalid': {
    vi: 'Mã vạch sai số kiểm tra hoặc sai độ dài; không dùng để quét.',
    en: 'A barcode has a wrong check digit or length; it is not used for scanning.',
  },
  'cells-missing': {
    vi: 'Dòng có ít ô hơn dòng tiêu đề; các ô cuối coi như trống.',
    en: 'The row has fewer cells than the header; the last ones are taken as empty.',
  },
  'quotes-kept': {
    vi: 'Có dấu ngoặc kép giữa ô; giữ nguyên như trong tệp.',
    en: 'There are quotation marks inside a cell; they are kept as written.',
  },
  'text-shortened': {
    vi: 'Một ô quá dài đã được cắt bớt.',
    en: 'A long cell was shortened.',
  },
  'control-characters-removed': {
    vi: 'Đã bỏ ký tự điều khiển không đọc được.',
    en: 'Unreadable control characters were removed.',
  },
  'characters-lost': {
    vi: 'Có chữ bị hỏng (dấu ? hoặc �) ngay trong tệp.',
    en: 'Some letters are damaged in the file itself (? or �).',
  },
  'decoded-as-windows-1258': {
    vi: 'Dòng không phải UTF-8; đã đọc theo bảng mã Windows-1258.',
    en: 'The row is not UTF-8; it was read as Windows-1258.',
  },
} as const satisfies Record<string, Sentence>;
export type RowWarningCode = keyof typeof rowWarnings;

export type FileRefusal = {
  readonly code: FileRefusalCode;
  readonly details: Readonly<Record<string, string>>;
};

export function refusalSentence(refusal: FileRefusal, language: Language): string {
  return fileRefusals[refusal.code][language].replace(
    /\{(\w+)\}/g,
    (placeholder, name: string) => refusal.details[name] ?? placeholder,
  );
}

export function rowReasonSentence(code: RowReasonCode, language: Language): string {
  return rowReasons[code][language];
}

export function rowWarningSentence(code: RowWarningCode, language: Language): string {
  return rowWarnings[code][language];
}
