/** Paper, a part of till-api.ts: slips, reports and labels on printers, and as files. */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { ShortText } from './till-parts.ts';

/** Names a printer of this till; a counter remembers which one is its own. */
export const PrinterId = z.string().regex(/^[a-z0-9-]{1,40}$/);

const Host = z
  .string()
  .trim()
  .min(1)
  .max(limits.nameLength)
  .regex(/^[\w.:-]+$/);

/** How bytes get to a printer. */
export const PrinterAddress = z.discriminatedUnion('kind', [
  /** Raw ESC/POS over the network; port 9100 by custom. */
  z.object({ kind: z.literal('tcp'), host: Host, port: z.int().min(1).max(65_535).default(9_100) }),
  z.object({
    kind: z.literal('serial'),
    path: z.string().trim().min(1).max(limits.pathLength),
    baudRate: z.int().min(1_200).max(921_600).default(9_600),
  }),
  /** Through the driver of the operating system. */
  z.object({ kind: z.literal('system'), name: z.string().trim().min(1).max(limits.nameLength) }),
]);
export type PrinterAddress = z.infer<typeof PrinterAddress>;

export const PrinterProfile = z.object({
  id: PrinterId,
  name: z.string().trim().min(1).max(limits.shortTextLength),
  address: PrinterAddress,
  /** Of the roll. */
  widthMm: z.union([z.literal(80), z.literal(58)]),
  /** Dots hold every mark of the language; letters are quicker on very old printers. */
  letters: z.discriminatedUnion('type', [
    z.object({ type: z.literal('dots') }),
    z.object({ type: z.literal('plain') }),
    z.object({ type: z.literal('windows-1258'), page: z.int().min(0).max(255) }),
  ]),
  cutsPaper: z.boolean(),
  /** A drawer hangs on it and opens with a sale in cash. */
  hasDrawer: z.boolean(),
});
export type PrinterProfile = z.infer<typeof PrinterProfile>;

/** Whether the slip of a sale is printed without being asked for. */
export const AutomaticSlip = z.enum(['always', 'ask', 'never']);
export type AutomaticSlip = z.infer<typeof AutomaticSlip>;

export const PrintSettings = z.object({
  printers: z.array(PrinterProfile).max(limits.printersMax),
  automaticSlip: AutomaticSlip,
});
export type PrintSettings = z.infer<typeof PrintSettings>;

export const DoseLabelText = z.object({
  drugName: z.string().trim().min(1).max(limits.nameLength),
  strength: ShortText,
  dosageForm: ShortText,
  quantity: ShortText,
  patientName: ShortText,
  /** What is taken at once. */
  dose: ShortText.min(1),
  times: ShortText.min(1),
  route: ShortText,
  note: ShortText,
  lot: ShortText,
  expiresOn: CalendarDate.nullable(),
});
export type DoseLabelText = z.infer<typeof DoseLabelText>;

/** What there is to print. Figures and names are looked up when it is printed. */
export const PrintRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sale'), saleId: z.uuid() }),
  z.object({ type: z.literal('return'), returnId: z.uuid() }),
  z.object({ type: z.literal('shift'), shiftId: z.uuid() }),
  /** The open shift so far. */
  z.object({ type: z.literal('shift-so-far'), isBlind: z.boolean() }),
  z.object({ type: z.literal('label'), label: DoseLabelText }),
  z.object({ type: z.literal('test') }),
  /** No paper: only opens the drawer. */
  z.object({ type: z.literal('drawer') }),
]);
export type PrintRequest = z.infer<typeof PrintRequest>;

/** Why a printer does not print now. */
export const PrinterTrouble = z.enum(['off', 'paper-out', 'cover-open', 'error']);
export type PrinterTrouble = z.infer<typeof PrinterTrouble>;

export const PrintJob = z.object({
  id: z.int(),
  printerId: PrinterId,
  request: PrintRequest,
  /** Slip or report number, name of a drug; empty where the type says it all. */
  name: z.string(),
  queuedAt: Instant,
  by: z.string(),
  /**
   * `interrupted`: it broke off, or the program ended while it was printing. It may lie there in
   * part or as a whole, so it is printed again only when somebody says so, and says so itself.
   */
  state: z.enum(['waiting', 'printing', 'interrupted']),
  tries: z.int(),
  trouble: PrinterTrouble.nullable(),
});
export type PrintJob = z.infer<typeof PrintJob>;

export const printRefusals = [
  'no-printer',
  'queue-full',
  /** No such sale, return, shift or entry of the queue. */
  'not-found',
  /** The drawer hangs on none of the printers. */
  'no-drawer',
] as const;
export type PrintRefusal = (typeof printRefusals)[number];

export const tillPrintApi = {
  'printing.get': {
    kind: 'query',
    input: z.object({}),
    answer: z.object({
      settings: PrintSettings,
      /** Not printed yet, oldest first. */
      jobs: z.array(PrintJob),
    }),
  },
  'printing.change': { kind: 'command', input: PrintSettings, answer: PrintSettings },
  /** What is plugged in or known to the operating system. */
  'printing.devices': {
    kind: 'query',
    input: z.object({}),
    answer: z.object({ serialPaths: z.array(z.string()), systemPrinters: z.array(z.string()) }),
  },
  /** Puts a paper into the queue; whoever asked goes on at once. */
  'printing.print': {
    kind: 'command',
    input: z.object({
      request: PrintRequest,
      /** The counter's own; without one the first. */
      printerId: PrinterId.optional(),
      /** Asked for by the end of a sale: what was printed or queued before is left alone. */
      isAutomatic: z.boolean().default(false),
    }),
    answer: z.object({
      /** Null when nothing was to be done. */
      jobId: z.int().nullable(),
      /** 0 is the first print, 1 the first copy. */
      copy: z.int(),
    }),
  },
  /** Tries now; an interrupted one is printed again, marked. */
  'printing.retry': {
    kind: 'command',
    input: z.object({ jobId: z.int() }),
    answer: z.object({}),
  },
  'printing.cancel': {
    kind: 'command',
    input: z.object({ jobId: z.int() }),
    answer: z.object({}),
  },
  /** As it would be printed, as a picture (PNG, base64). */
  'paper.preview': {
    kind: 'query',
    input: z.object({ request: PrintRequest, widthMm: PrinterProfile.shape.widthMm }),
    answer: z.object({ picture: z.string(), widthDots: z.int(), heightDots: z.int() }).nullable(),
  },
  /** A page for an office printer or to send (PDF, base64). */
  'paper.pdf': {
    kind: 'query',
    input: z.object({ request: PrintRequest, format: z.enum(['a5', 'a4']) }),
    answer: z.object({ fileName: z.string(), file: z.string() }).nullable(),
  },
} as const;
