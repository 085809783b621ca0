import type { AreaScheme, ProvinceCode } from '../../../shared/model/area.ts';
import { provinces63 } from '../../../shared/model/area.ts';

/** Which shapes of `@svg-maps/vietnam` draw which province; its ids are words of its own. */
export const shapeIdsByProvince: Readonly<Record<ProvinceCode, readonly string[]>> = {
  '01': ['hanoi'],
  '02': ['hagiang'],
  '04': ['caobang'],
  '06': ['backan'],
  '08': ['tuyenquang'],
  '10': ['laocai'],
  '11': ['dienbien'],
  '12': ['laichau'],
  '14': ['sonla'],
  '15': ['yenbai'],
  '17': ['hoabinh'],
  '19': ['thainguyen'],
  '20': ['langson'],
  '22': ['quangninh'],
  '24': ['bacgiang'],
  '25': ['phutho'],
  '26': ['vinhphuc'],
  '27': ['bacninh'],
  '30': ['haiduong'],
  '31': ['haiphong'],
  '33': ['hungyen'],
  '34': ['thaibinh'],
  '35': ['hanam'],
  '36': ['namdinh'],
  '37': ['ninhbinh'],
  '38': ['thanhhoa'],
  '40': ['nghean'],
  '42': ['hatinh'],
  '44': ['quangbinh'],
  '45': ['quangtri'],
  '46': ['tthue'],
  // The district of Hoàng Sa belongs to Đà Nẵng, that of Trường Sa to Khánh Hòa, in both schemes.
  '48': ['danang', 'hoangsa'],
  '49': ['quangnam'],
  '51': ['quangngai'],
  '52': ['binhdinh'],
  '54': ['phuyen'],
  '56': ['khanhhoa', 'truongsa'],
  '58': ['ninhthuan'],
  '60': ['binhthuan'],
  '62': ['kontum'],
  '64': ['gialai'],
  '66': ['daklak'],
  '67': ['daknong'],
  '68': ['lamdong'],
  '70': ['binhphuoc'],
  '72': ['tayninh'],
  '74': ['binhduong'],
  '75': ['dongnai'],
  '77': ['baria'],
  '79': ['hcm'],
  '80': ['longan'],
  '82': ['tiengiang'],
  '83': ['bentre'],
  '84': ['travinh'],
  '86': ['vinhlong'],
  '87': ['dongthap'],
  '89': ['angiang'],
  '91': ['kiengiang'],
  '92': ['cantho'],
  '93': ['haugiang'],
  '94': ['soctrang'],
  '95': ['baclieu'],
  '96': ['camau'],
};

export type AreaShapes = {
  readonly code: ProvinceCode;
  readonly shapeIds: readonly string[];
};

/** The areas of a scheme, each with all its shapes. */
export function areasWithShapes(scheme: AreaScheme): readonly AreaShapes[] {
  const shapesByArea = new Map<ProvinceCode, string[]>();
  for (const province of provinces63) {
    const code = scheme === '63' ? province.code : province.unit34;
    const shapes = shapesByArea.get(code) ?? [];
    shapes.push(...(shapeIdsByProvince[province.code] ?? []));
    shapesByArea.set(code, shapes);
  }
  return [...shapesByArea].map(([code, shapeIds]) => ({ code, shapeIds }));
}
