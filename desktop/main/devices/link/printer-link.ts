import type { PrinterAddress, PrinterTrouble } from '../../../../shared/contract/till-print-api.ts';

/** How one try to print ended. */
export type PrintEnd =
  | { readonly type: 'printed' }
  /** Nothing has left this computer: trying again cannot print anything twice. */
  | { readonly type: 'not-begun'; readonly trouble: PrinterTrouble; readonly detail: string }
  /** Something has: it may lie in the printer in part or as a whole. */
  | { readonly type: 'interrupted'; readonly trouble: PrinterTrouble; readonly detail: string };

/** An open way of bytes to a printer and back. */
export type ByteLink = {
  /** Settles when the bytes have been taken over; rejects when the way is cut. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** What the printer says; undefined after `timeoutMs` of silence or when the way is cut. */
  readonly read: (timeoutMs: number) => Promise<number | undefined>;
  /** Forgets what the printer said before. */
  readonly drain: () => void;
  readonly close: () => Promise<void>;
};

/** A paper for the operating system's driver, in the forms a driver may want. */
export type DriverJob = {
  readonly printerName: string;
  readonly title: string;
  /** One page, as long as the paper. */
  readonly pdf: () => Promise<Buffer>;
  /** The same as dots. */
  readonly png: () => Promise<Buffer>;
  readonly widthMm: number;
  readonly heightMm: number;
};

/** Printing through the operating system: CUPS, or Electron's own where there is a window. */
export type DriverPrinting = {
  /** Never rejects. */
  readonly print: (job: DriverJob) => Promise<PrintEnd>;
  readonly list: () => Promise<readonly string[]>;
};

/** Everything that leads to printers, given by the program. */
export type PrinterWays = {
  /** Never rejects. */
  readonly send: (
    address: Exclude<PrinterAddress, { kind: 'system' }>,
    bytes: Uint8Array,
  ) => Promise<PrintEnd>;
  readonly driver: DriverPrinting;
  readonly listSerial: () => Promise<readonly string[]>;
};
