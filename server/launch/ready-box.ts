import { demonstrationSignIns } from '../twin/demonstration-accounts.ts';
import type { LaunchMessage } from '../twin/launch-messages.ts';

type Ready = Extract<LaunchMessage, { readonly type: 'ready' }>;

/** The two addresses and what to sign in with, Vietnamese first. */
export function readyBox(
  start: Pick<Ready, 'centreUrl' | 'country'> & {
    /** Null when the till has a window of its own. */
    readonly tillUrl: string | null;
    readonly seconds: number;
    readonly dataDir: string;
  },
): readonly string[] {
  const { centreUrl, tillUrl, seconds, dataDir, country } = start;
  return [
    `Mạng Thuốc đã sẵn sàng sau ${seconds.toFixed(1)} giây / ready in ${seconds.toFixed(1)} s`,
    '',
    `Quầy bán hàng / Till        ${tillUrl ?? 'Electron'}`,
    `Trung tâm / Centre          ${centreUrl}`,
    '',
    ...countryLines[country],
    '',
    `Dữ liệu / Data              ${dataDir}`,
    'Dừng tất cả / Stop all      Ctrl-C',
  ];
}

const countryLines: Readonly<Record<Ready['country'], readonly string[]>> = {
  demonstration: [
    'Nhà thuốc An Bình · Cà Mau: gõ / type  para ⏎ 20 ⏎ F9 ⏎',
    '',
    'Đăng nhập trình diễn, số liệu không có thật / demonstration sign-ins, made-up figures:',
    ...demonstrationSignIns.map(
      ({ name, password, displayName }) =>
        `  ${name.padEnd(10)} ${password.padEnd(22)} ${displayName}`,
    ),
  ],
  'not-ours': [
    'Cơ sở dữ liệu đã có số liệu thật: không thêm nước trình diễn.',
    'The database holds real figures: no demonstration country was added.',
  ],
  empty: [
    'Trung tâm chưa có số liệu: đăng nhập bằng tài khoản in ở trên.',
    'The centre is empty: sign in with the account printed above.',
  ],
};
