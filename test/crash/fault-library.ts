/** The library of write-faults.c, compiled when it is needed, and the numbers it shares with a test. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

/** Where a process is to be killed, or which calls are to fail. Calls are numbered from 1. */
export type WriteFault =
  | { readonly type: 'none' }
  | { readonly type: 'kill'; readonly atCall: number; readonly isTorn: boolean }
  | { readonly type: 'fail'; readonly fromCall: number; readonly cause: FailCause };
export type FailCause = 'ENOSPC' | 'EROFS' | 'EIO';

/** The numbers that the library and the test share, in the order of `struct control`. */
export type FaultControl = {
  /** Environment that puts the library into a program started with it. */
  readonly environment: Readonly<Record<string, string>>;
  /** From now on; calls made so far stay counted. */
  readonly set: (fault: WriteFault) => void;
  /** Write calls so far. */
  readonly calls: () => number;
  /** Calls that were made to fail so far. */
  readonly failures: () => number;
  readonly close: () => void;
};

const numbers = 8;
const source = path.join(import.meta.dirname, 'write-faults.c');

/** Compiles the library into `folder`. @throws where there is no C compiler, with the way out. */
export function compileFaultLibrary(folder: string): string {
  const library = path.join(folder, 'write-faults.so');
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-lpthread']);
  } catch (error) {
    throw new Error('Crash points need a C compiler (Debian: apt-get install gcc libc6-dev)', {
      cause: error,
    });
  }
  return library;
}

/** A control of its own for one program at a time, over the files below `watched`. */
export function openFaultControl(parts: {
  readonly library: string;
  /** The control's own file. */
  readonly file: string;
  /** Absolute: calls on files below it are counted. */
  readonly watched: string;
  readonly hasSockets?: boolean;
  /** Every call is written down there. */
  readonly recordFile?: string;
}): FaultControl {
  writeFileSync(parts.file, Buffer.alloc(numbers * 8));
  const descriptor = openSync(parts.file, 'r+');
  const read = (index: number): number => {
    const bytes = Buffer.alloc(8);
    readSync(descriptor, bytes, 0, 8, index * 8);
    return Number(bytes.readBigUInt64LE());
  };
  const write = (index: number, value: number): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    writeSync(descriptor, bytes, 0, 8, index * 8);
  };
  write(5, parts.hasSockets === true ? 1 : 0);
  return {
    environment: {
      LD_PRELOAD: parts.library,
      WRITE_FAULTS_CONTROL: parts.file,
      WRITE_FAULTS_FOLDER: parts.watched,
      ...(parts.recordFile === undefined ? {} : { WRITE_FAULTS_RECORD: parts.recordFile }),
    },
    set: (fault) => {
      write(3, fault.type === 'fail' ? fault.fromCall : 0);
      write(4, fault.type === 'fail' ? constants.errno[fault.cause] : 0);
      write(2, fault.type === 'kill' && fault.isTorn ? 1 : 0);
      write(1, fault.type === 'kill' ? fault.atCall : 0);
    },
    calls: () => read(0),
    failures: () => read(6),
    close: () => closeSync(descriptor),
  };
}
