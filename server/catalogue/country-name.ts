import { foldWords } from './fold-words.ts';

/** Spellings met in registers → one Vietnamese name, so that lists by country add up. */
const spellingsByName: Readonly<Record<string, string>> = {
  'Việt Nam': 'viet nam,vietnam,vn',
  'Ấn Độ': 'an do,india',
  'Hàn Quốc': 'han quoc,korea,south korea,republic of korea,korea republic of',
  Đức: 'duc,germany,chlb duc,cong hoa lien bang duc',
  'Trung Quốc': 'trung quoc,china,p r c,prc,p r china',
  'Tây Ban Nha': 'tay ban nha,tay ba nha,spain',
  Pháp: 'phap,france',
  'Đài Loan': 'dai loan,taiwan',
  Ý: 'y,italy,italia',
  'Ba Lan': 'ba lan,poland',
  Áo: 'ao,austria,cong hoa ao',
  'Thái Lan': 'thai lan,thailand',
  Bỉ: 'bi,belgium',
  Síp: 'sip,cong hoa sip,cyprus',
  'Bồ Đào Nha': 'bo dao nha,portugal',
  Úc: 'uc,australia',
  Mỹ: 'my,usa,u s a,us,hoa ky,united states',
  'Hy Lạp': 'hy lap,greece',
  Romania: 'romania,rumani,romani,ru ma ni,la ma',
  'Nhật Bản': 'nhat ban,nhat,japan',
  'Thụy Sĩ': 'thuy si,thuy sy,switzerland',
  'Thổ Nhĩ Kỳ': 'tho nhi ky,turkey,turkiye',
  'Hà Lan': 'ha lan,netherlands,the netherlands',
  'Thụy Điển': 'thuy dien,sweden',
  Anh: 'anh,england,uk,united kingdom,vuong quoc anh',
  'Ai Cập': 'ai cap,egypt',
  Ireland: 'ireland,ai len',
  Bulgaria: 'bulgaria,bun ga ri',
  'Nam Phi': 'nam phi,south africa',
  Nga: 'nga,russia,lien bang nga',
  Latvia: 'latvia,lat vi a',
  'Đan Mạch': 'dan mach,denmark',
  'Phần Lan': 'phan lan,finland',
  'Na Uy': 'na uy,norway',
};

const nameBySpelling: ReadonlyMap<string, string> = new Map(
  Object.entries(spellingsByName).flatMap(([name, spellings]) =>
    spellings.split(',').map((spelling) => [spelling, name] as const),
  ),
);

/** The country's one name; a country not in the list stays as written. */
export function countryNameOf(text: string): string {
  const written = text.replace(/\s+/g, ' ').trim();
  return nameBySpelling.get(foldWords(written)) ?? written;
}
