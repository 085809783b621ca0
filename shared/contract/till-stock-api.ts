/**
 * Keeping the stock true at a counter, a part of till-api.ts: counts, quarantine, disposal.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { DisposalReason } from '../events/lot-disposed.ts';
import { QuarantineReason } from '../events/lot-quarantined.ts';
import { Place } from '../model/lot.ts';
import { UnitTree } from '../model/quantity.ts';
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
} as const;
