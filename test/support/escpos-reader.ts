/**
 * Reads what a thermal printer was sent and says what lies in its tray: a small printer of its own,
 * written from the command reference of ESC/POS and sharing no code with the till. A byte it does not
 * understand is an error, as on a real printer it would be rubbish on paper.
 */
export type PrintedPaper = {
  readonly widthDots: number;
  /** Rows of dots from top to bottom, `true` is black; of a paper that was cut off, or the rest. */
  readonly rows: readonly (readonly boolean[])[];
  /** What came as letters, line by line, as raw bytes. */
  readonly lines: readonly {
    readonly bytes: Buffer;
    readonly isBold: boolean;
    readonly align: number;
  }[];
  /** The knife went through it. */
  readonly isCut: boolean;
};

export type PrinterTrace = {
  readonly papers: readonly PrintedPaper[];
  /** Kicks of the drawer: pin, on and off time in milliseconds, and how many rows lay printed then. */
  readonly pulses: readonly { pin: number; onMs: number; offMs: number; atRow: number }[];
  readonly codePages: readonly number[];
  /** Bytes of a command that broke off in the middle. */
  readonly unfinishedBytes: number;
};

type Line = { bytes: Buffer; isBold: boolean; align: number };
type Draft = { rows: boolean[][]; lines: Line[]; letters: number[] };

export function readEscPos(bytes: Uint8Array, widthDots: number): PrinterTrace {
  const input = Buffer.from(bytes);
  const papers: PrintedPaper[] = [];
  const pulses: { pin: number; onMs: number; offMs: number; atRow: number }[] = [];
  const codePages: number[] = [];
  let draft: Draft = { rows: [], lines: [], letters: [] };
  let isBold = false;
  let align = 0;
  let at = 0;
  const endPaper = (isCut: boolean) => {
    papers.push({ widthDots, rows: draft.rows, lines: draft.lines, isCut });
    draft = { rows: [], lines: [], letters: [] };
  };
  const feed = (count: number) => {
    for (let row = 0; row < count; row += 1) draft.rows.push(new Array(widthDots).fill(false));
  };
  while (at < input.length) {
    const size = commandSize(input, at);
    if (size === undefined || at + size > input.length) break;
    const byte = (offset: number) => input[at + offset] ?? 0;
    const name = commandName(input, at);
    if (name === 'ESC @') {
      isBold = false;
      align = 0;
    } else if (name === 'ESC J') feed(byte(2));
    else if (name === 'ESC d') feed(byte(2) * 30);
    else if (name === 'ESC E') isBold = (byte(2) & 1) === 1;
    else if (name === 'ESC a') align = byte(2);
    else if (name === 'ESC t') codePages.push(byte(2));
    else if (name === 'ESC p') {
      pulses.push({
        pin: byte(2),
        onMs: byte(3) * 2,
        offMs: byte(4) * 2,
        atRow: draft.rows.length,
      });
    } else if (name === 'GS V') endPaper(true);
    else if (name === 'GS v 0') {
      const rowBytes = byte(4) + 256 * byte(5);
      const rows = byte(6) + 256 * byte(7);
      if (rowBytes * 8 > widthDots) throw new Error(`${rowBytes * 8} dots do not fit the roll`);
      for (let row = 0; row < rows; row += 1) {
        const dots: boolean[] = new Array(widthDots).fill(false);
        for (let dot = 0; dot < rowBytes * 8; dot += 1) {
          dots[dot] = ((byte(8 + row * rowBytes + (dot >> 3)) >> (7 - (dot & 7))) & 1) === 1;
        }
        draft.rows.push(dots);
      }
    } else if (name === 'LF') {
      draft.lines.push({ bytes: Buffer.from(draft.letters), isBold, align });
      draft.letters = [];
    } else if (name === 'letter') draft.letters.push(byte(0));
    // DLE EOT and GS r are questions: they print nothing.
    at += size;
  }
  if (draft.rows.length > 0 || draft.lines.length > 0) endPaper(false);
  return { papers, pulses, codePages, unfinishedBytes: input.length - at };
}

/** Undefined while too little has come to know. */
export function commandSize(input: Buffer, at: number): number | undefined {
  const name = commandName(input, at);
  switch (name) {
    case undefined:
      return undefined;
    case 'letter':
    case 'LF':
      return 1;
    case 'ESC @':
      return 2;
    case 'ESC p':
      return 5;
    case 'GS V':
      return input[at + 2] === undefined ? undefined : input[at + 2] === 0x42 ? 4 : 3;
    case 'GS v 0': {
      if (at + 8 > input.length) return undefined;
      return 8 + input.readUInt16LE(at + 4) * input.readUInt16LE(at + 6);
    }
    default:
      return 3;
  }
}

const commands: Readonly<Record<string, string>> = {
  '1b 40': 'ESC @',
  '1b 4a': 'ESC J',
  '1b 64': 'ESC d',
  '1b 45': 'ESC E',
  '1b 61': 'ESC a',
  '1b 74': 'ESC t',
  '1b 70': 'ESC p',
  '1d 56': 'GS V',
  '1d 72': 'GS r',
  '1d 76': 'GS v 0',
  '10 04': 'DLE EOT',
};

export function commandName(input: Buffer, at: number): string | undefined {
  const first = input[at];
  if (first === undefined) return undefined;
  if (first === 0x0a) return 'LF';
  if (first >= 0x20) return 'letter';
  const second = input[at + 1];
  if (second === undefined) return undefined;
  const name =
    commands[[first, second].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')];
  if (name === undefined) throw new Error(`Rubbish on paper: ${first} ${second} at ${at}`);
  return name;
}
