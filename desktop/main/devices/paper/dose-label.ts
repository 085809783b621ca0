import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { type Paper, present } from './paper.ts';
import { dateWords } from './paper-words.ts';
import type { Letterhead } from './sale-slip.ts';

/** What a label of loose medicines says, as somebody filled it in. */
export type DoseLabelText = {
  readonly drugName: string;
  readonly strength: string;
  readonly dosageForm: string;
  readonly quantity: string;
  readonly patientName: string;
  /** `1 viên` */
  readonly dose: string;
  /** `ngày 2 lần, sáng và tối` */
  readonly times: string;
  /** `uống sau ăn` */
  readonly route: string;
  readonly note: string;
  readonly lot: string;
  readonly expiresOn: CalendarDate | null;
};

export type DoseLabel = Letterhead & {
  readonly label: DoseLabelText;
  readonly dispensedOn: CalendarDate;
  readonly dispensedBy: string;
};

/**
 * The label of medicines sold without their outer pack: name, form, strength, and, where no
 * prescription goes with them, dose, times and how to use them (TT 02/2018 GPP, domain.md §7).
 * Nothing that advertises.
 */
export function doseLabel({
  facility,
  isPractice,
  label,
  dispensedOn,
  dispensedBy,
}: DoseLabel): Paper {
  const { expiresOn } = label;
  const what = [label.strength, label.dosageForm].filter((part) => part !== '').join(' · ');
  return {
    title: `Nhãn ${label.drugName}`,
    blocks: present(
      isPractice && { type: 'banner', text: 'THỰC HÀNH' },
      { type: 'text', text: facility.name, look: 'strong', isCentred: true },
      {
        type: 'text',
        text: [facility.address, facility.phone].filter((part) => part !== '').join(' · '),
        look: 'small',
        isCentred: true,
      },
      { type: 'rule' },
      label.patientName !== '' && { type: 'text', text: `Người dùng: ${label.patientName}` },
      { type: 'text', text: label.drugName, look: 'large' },
      what !== '' && { type: 'text', text: what },
      label.quantity !== '' && { type: 'text', text: `Số lượng: ${label.quantity}` },
      { type: 'rule' },
      { type: 'text', text: `Mỗi lần: ${label.dose}`, look: 'large' },
      { type: 'text', text: label.times, look: 'large' },
      label.route !== '' && { type: 'text', text: `Cách dùng: ${label.route}`, look: 'strong' },
      label.note !== '' && { type: 'text', text: `Lưu ý: ${label.note}` },
      { type: 'rule' },
      expiresOn !== null && {
        type: 'row',
        left: label.lot === '' ? 'Hạn dùng' : `Lô ${label.lot}`,
        right: `HD ${dateWords(expiresOn)}`,
        look: 'strong',
      },
      {
        type: 'row',
        left: dispensedBy,
        right: `Ngày bán ${dateWords(dispensedOn)}`,
        look: 'small',
      },
    ),
  };
}
