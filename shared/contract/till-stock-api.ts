/**
 * Keeping the stock true at a counter, a part of till-api.ts: counts, quarantine, disposal, recalls,
 * returns and transfers.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { DisposalReason } from '../events/lot-disposed.ts';
import { QuarantineReason } from '../events/lot-quarantined.ts';
import { SupplierReturnReason } from '../events/supplier-return-sent.ts';
import { TransferPartner } from '../events/transfer-sent.ts';
import { Instant } from '../model/calendar.ts';
import { Place } from '../model/lot.ts';
import { AmountVnd } from '../model/money.ts';
import { UnitTree } from '../model/quantity.ts';
import { Recall, RecallNumber } from '../model/recall.ts';
import { GoodsBack } from '../rules/open-sale.ts';
import {
  CommandId,
  Documented,
  LotInput,
  linesMax,
  NoteText,
  page,
  ShortText,
  TypedNumber,
} from './till-parts.ts';

const lotLines = z.array(LotInput.extend({ units: TypedNumber })).max(linesMax);
const placedLines = z.array(LotInput.extend({ place: Place, units: TypedNumber })).max(linesMax);

export const CountSheetRow = LotInput.extend({
  name: z.string(),
  units: UnitTree,
  /** What the book holds at each place; null on a blind sheet. */
  shelfUnits: z.int().nullable(),
  quarantinedUnits: z.int().nullable(),
});
export type CountSheetRow = z.infer<typeof CountSheetRow>;

export const RecallRow = z.object({
  recall: Recall,
  drugName: z.string(),
  /** What is held of its lots, and how much of it still stands on the shelf. */
  onHandUnits: z.int(),
  shelfUnits: z.int(),
  acknowledgedAt: Instant.nullable(),
});
export type RecallRow = z.infer<typeof RecallRow>;

export const TransferRow = z.object({
  seq: z.int(),
  transferId: z.uuid(),
  direction: z.enum(['sent', 'received']),
  partner: TransferPartner,
  at: Instant,
  lots: z.int(),
  units: z.int(),
});
export type TransferRow = z.infer<typeof TransferRow>;

export const tillStockApi = {
  /**
   * What is to be counted, and where the journal stands now: a line counted from this sheet names
   * this `seq`. Ask again whenever a lot is counted later than the sheet was made.
   */
  'stock.countSheet': {
    kind: 'query',
    input: z.object({
      text: z.string().max(limits.searchTextLength).default(''),
      isBlind: z.boolean().default(true),
      offset: z.int().min(0).max(1_000_000).default(0),
      ...page,
    }),
    answer: z.object({ seq: z.int(), rows: z.array(CountSheetRow), total: z.int() }),
  },
  'stock.count': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      countId: z.uuid(),
      scope: z.enum(['full', 'partial']),
      isBlind: z.boolean(),
      note: NoteText.default(''),
      lines: z
        .array(
          LotInput.extend({
            place: Place.default('shelf'),
            countedUnits: TypedNumber,
            /** Where the journal stood when this lot was counted (`seq` of the sheet). */
            bookSeq: TypedNumber,
          }),
        )
        .max(linesMax),
    }),
    /** The correction of each line, in their order: counted less book at that moment. */
    answer: Documented.extend({ differenceUnits: z.array(z.int()) }),
  },
  'stock.quarantine': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      reason: QuarantineReason,
      note: NoteText.default(''),
      lines: lotLines,
    }),
    answer: Documented,
  },
  'stock.release': {
    kind: 'command',
    input: z.object({ commandId: CommandId, reason: ShortText.min(1), lines: lotLines }),
    answer: Documented,
  },
  'stock.dispose': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      reason: DisposalReason,
      method: ShortText.min(1),
      minutesNumber: z.string().trim().max(50).default(''),
      witnesses: z.array(ShortText.min(1)).max(limits.witnessesMax).default([]),
      lines: placedLines,
    }),
    answer: Documented,
  },
  'recalls.list': {
    kind: 'query',
    input: z.object({}),
    answer: z.object({ rows: z.array(RecallRow) }),
  },
  /** Read, and what is held of its lots taken off the shelf. */
  'recalls.acknowledge': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      recallNumber: RecallNumber,
      note: NoteText.default(''),
    }),
    /** Units that went from the shelf into quarantine. */
    answer: Documented.extend({ quarantinedUnits: z.int() }),
  },
  'sales.return': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      ...GoodsBack.shape,
    }),
    answer: Documented.extend({
      /** What was paid for the goods. */
      refundVnd: AmountVnd,
      /** What was given back of it: without what small change leaves out. */
      paidVnd: AmountVnd.default(0),
    }),
  },
  'stock.returnToSupplier': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      supplierName: ShortText.min(1),
      documentNumber: z.string().trim().max(50).default(''),
      reason: SupplierReturnReason,
      recallNumber: RecallNumber.optional(),
      lines: z
        .array(
          LotInput.extend({
            place: Place,
            units: TypedNumber,
            amountVnd: TypedNumber.default(0),
          }),
        )
        .max(linesMax),
    }),
    answer: Documented.extend({ totalVnd: AmountVnd }),
  },
  'transfers.send': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      to: TransferPartner,
      note: NoteText.default(''),
      lines: lotLines,
    }),
    /** The document's id is the transfer's: it goes with the goods. */
    answer: Documented,
  },
  'transfers.receive': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      transferId: z.uuid(),
      from: TransferPartner,
      note: NoteText.default(''),
      lines: z
        .array(
          LotInput.extend({
            place: Place.default('shelf'),
            sentUnits: TypedNumber,
            units: TypedNumber,
            unitCostVnd: TypedNumber.nullable().default(null),
          }),
        )
        .max(linesMax),
    }),
    answer: Documented,
  },
  /** Sent and received here, newest first. */
  'transfers.list': {
    kind: 'query',
    input: z.object({ beforeSeq: z.int().min(1).optional(), ...page }),
    answer: z.object({ rows: z.array(TransferRow), hasMore: z.boolean() }),
  },
} as const;
