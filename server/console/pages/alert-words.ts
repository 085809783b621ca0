import type { AlertRow } from '../../../shared/contract/console-api.ts';
import type { AlertKind } from '../../../shared/rules/alerts.ts';
import { parkedReasons } from '../../../shared/rules/clinic.ts';
import type { Tone } from '../components/controls.tsx';
import { count, date, dateTime, money } from '../format.ts';
import type { Texts } from '../text/vi.ts';

/** How grave a kind is: what endangers people or the journal before what endangers a figure. */
const tones: Readonly<Record<AlertKind, Tone>> = {
  'negative-stock': 'warn',
  'expired-lot-sold': 'bad',
  'quarantined-lot-sold': 'bad',
  'recalled-lot-sold': 'bad',
  'controlled-drug-without-prescription': 'bad',
  'controlled-drug-lost': 'bad',
  'prescription-exceeded': 'bad',
  'unknown-drug': 'info',
  'price-above-ceiling': 'warn',
  'back-dated': 'warn',
  'clock-ahead': 'info',
  fork: 'bad',
  'parked-event': 'info',
  'stock-differs': 'bad',
};

export function alertTone(kind: AlertKind): Tone {
  return tones[kind];
}

/**
 * The alert as a sentence with its own figures, and the slip of the sale it speaks of, so that two
 * sales of one drug are told apart; what an older alert lacks reads as a dash.
 */
export function alertSentence(alert: AlertRow, text: Texts): string {
  const { detail } = alert;
  const drug = alert.drugName ?? alert.drug ?? '–';
  const lot = alert.lot ?? '–';
  const figure = (key: string) =>
    typeof detail[key] === 'number' ? count(detail[key]) : String(detail[key] ?? '–');
  const amount = (key: string) => (typeof detail[key] === 'number' ? money(detail[key]) : '–');
  const day = (key: string) => (typeof detail[key] === 'string' ? date(detail[key]) : '–');
  const moment = (key: string) => {
    const value = detail[key];
    return typeof value === 'string' && Number.isFinite(Date.parse(value)) ? dateTime(value) : '–';
  };
  const slip = detail['slip'];
  const withSlip = (sentence: string) => {
    if (slip === undefined) return sentence;
    const at = moment('at');
    const source =
      at === '–'
        ? text.alertSentences.saleSlip(String(slip))
        : text.alertSentences.saleSlipAt(String(slip), at);
    return `${sentence} ${source}`;
  };
  switch (alert.kind) {
    case 'negative-stock':
      return text.alertSentences.negativeStock(drug, lot, figure('onHandUnits'));
    case 'expired-lot-sold':
      return withSlip(
        text.alertSentences.expiredLotSold(drug, lot, day('expiresOn'), figure('units')),
      );
    case 'quarantined-lot-sold':
      return text.alertSentences.quarantinedLotSold(
        drug,
        lot,
        figure('onHandUnits'),
        figure('quarantinedUnits'),
      );
    case 'recalled-lot-sold':
      return withSlip(
        text.alertSentences.recalledLotSold(drug, lot, figure('recall'), figure('units')),
      );
    case 'controlled-drug-without-prescription':
      return withSlip(text.alertSentences.controlledWithoutPrescription(drug, figure('units')));
    case 'controlled-drug-lost':
      return text.alertSentences.controlledDrugLost(drug, lot, figure('units'), moment('at'));
    case 'prescription-exceeded':
      return text.alertSentences.prescriptionExceeded(
        drug,
        figure('dispensedUnits'),
        figure('prescribedUnits'),
        figure('facilities'),
      );
    case 'unknown-drug':
      return text.alertSentences.unknownDrug(alert.drug ?? '–');
    case 'price-above-ceiling':
      return withSlip(
        text.alertSentences.priceAboveCeiling(drug, amount('priceVnd'), amount('ceilingVnd')),
      );
    case 'back-dated':
      return text.alertSentences.backDated(figure('daysBehind'), moment('at'));
    case 'clock-ahead':
      return text.alertSentences.clockAhead(figure('daysAhead'), moment('at'));
    case 'fork':
      return text.alertSentences.fork(figure('atSeq'));
    case 'parked-event':
      return text.alertSentences.parkedEvent(
        eventName(figure('type'), text),
        reasonName(figure('reason'), text),
      );
    case 'stock-differs':
      return text.alertSentences.stockDiffers(figure('seq'));
  }
}

/** A kind of document in words; `SaleCompleted.v1` and any other version of it are one kind. */
export function eventName(type: string, text: Texts): string {
  const name = type.split('.')[0] ?? type;
  return text.eventTypes[name] ?? name;
}

function reasonName(reason: string, text: Texts): string {
  const known = parkedReasons.find((candidate) => candidate === reason);
  return known === undefined ? reason : text.parkedReasons[known].title.toLowerCase();
}
