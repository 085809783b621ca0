import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { LotNumber } from '../model/lot.ts';

/** What calls of the till have in common (till-api.ts). */

/** Made by the screen before the first try; a repeated try gives the first answer again. */
export const CommandId = z.uuid();
export const UnitName = z.string().trim().min(1).max(30);
export const ShortText = z.string().trim().max(limits.shortTextLength);
export const NoteText = z.string().trim().max(limits.noteLength);
/** Anything a person may have typed; rules answer with a refusal instead of "bad input". */
export const TypedNumber = z.number();
export const page = { limit: z.int().min(1).max(limits.pageRowsMax).default(100) };
/** The document a command has written. */
export const Documented = z.object({ id: z.uuid(), seq: z.int() });

/** A lot as a person names it on a line; a plain object, so that a line may add to it. */
export const LotInput = z.object({ drug: DrugCode, lot: LotNumber, expiresOn: CalendarDate });

/** Many more than a document may have: the rule says how many it may. */
export const linesMax = 5_000;
