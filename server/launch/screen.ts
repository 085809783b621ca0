import { stripVTControlCharacters } from 'node:util';

/** What the launcher shows: one line that moves while something grows, and boxes. */
export type Screen = {
  readonly say: (text: string) => void;
  /** Replaces the line before, on a terminal; elsewhere a line now and then. */
  readonly progress: (what: string, done: number, total: number) => void;
  readonly box: (lines: readonly string[]) => void;
};

const barLength = 24;

export function openScreen(out: NodeJS.WriteStream): Screen {
  let isLineOpen = false;
  let lastWritten = '';
  const say = (text: string): void => {
    if (isLineOpen) out.write('\r\u001B[2K');
    isLineOpen = false;
    out.write(`${text}\n`);
  };
  return {
    say,
    progress: (what, done, total) => {
      const text = `  ${bar(done, total)} ${what} ${count(done)} / ${count(total)}`;
      if (out.isTTY) {
        out.write(`\r\u001B[2K${text}`);
        isLineOpen = true;
        return;
      }
      // A log wants to know that it moves, not every step.
      const tenth = `${what} ${Math.floor((10 * done) / Math.max(1, total))}`;
      if (tenth !== lastWritten) out.write(`${text}\n`);
      lastWritten = tenth;
    },
    box: (lines) => {
      const width = Math.max(...lines.map((line) => widthOf(line)));
      const rule = '─'.repeat(width + 2);
      say(`┌${rule}┐`);
      for (const line of lines) say(`│ ${line}${' '.repeat(width - widthOf(line))} │`);
      say(`└${rule}┘`);
    },
  };
}

function bar(done: number, total: number): string {
  const filled = Math.round((barLength * done) / Math.max(1, total));
  return '█'.repeat(filled) + '░'.repeat(barLength - filled);
}

function count(value: number): string {
  return value.toLocaleString('vi-VN');
}

/** Vietnamese letters may be written as letter and mark; a mark takes no room. */
function widthOf(text: string): number {
  return [...stripVTControlCharacters(text).normalize('NFC')].length;
}
