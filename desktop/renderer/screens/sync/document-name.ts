import type { EventType } from '../../../../shared/events/registry.ts';
import type { PlainTextKey, Translate } from '../../text/text.ts';

type KindOf<Type extends EventType> = Type extends `${infer Kind}.v${string}` ? Kind : never;

/** A new kind of document fails to compile until it has a name. */
const names = {
  OpeningStockDeclared: 'document.OpeningStockDeclared',
  GoodsReceived: 'document.GoodsReceived',
  SaleCompleted: 'document.SaleCompleted',
  SaleVoided: 'document.SaleVoided',
  CustomerReturnAccepted: 'document.CustomerReturnAccepted',
  SupplierReturnSent: 'document.SupplierReturnSent',
  TransferSent: 'document.TransferSent',
  TransferReceived: 'document.TransferReceived',
  StockCounted: 'document.StockCounted',
  LotDisposed: 'document.LotDisposed',
  LotQuarantined: 'document.LotQuarantined',
  LotReleased: 'document.LotReleased',
  PrescriptionDispensed: 'document.PrescriptionDispensed',
  ControlledDrugLossReported: 'document.ControlledDrugLossReported',
  PriceSet: 'document.PriceSet',
  ShiftOpened: 'document.ShiftOpened',
  ShiftClosed: 'document.ShiftClosed',
  RecallAcknowledged: 'document.RecallAcknowledged',
  LocalProductDefined: 'document.LocalProductDefined',
  StaffChanged: 'document.StaffChanged',
  TillRecovered: 'document.TillRecovered',
} as const satisfies Readonly<Record<KindOf<EventType>, PlainTextKey>>;

/** A document as a person finds it on paper: by its slip, else by its kind. */
export function documentName(
  t: Translate,
  { slip, type }: { readonly slip: string | null; readonly type: string },
): string {
  if (slip !== null) return t('sync.agreement.document.slip', { slip });
  const kind = type.split('.')[0] ?? '';
  return isKnown(kind) ? t(names[kind]) : t('sync.agreement.document.other', { type: kind });
}

function isKnown(kind: string): kind is keyof typeof names {
  return Object.hasOwn(names, kind);
}
