import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A folder for the files of one simulation: in memory where the system offers that, because the
 * virtual days are about order and loss, and nobody pulls a plug here.
 */
export function makeSimulationFolder(): string {
  return mkdtempSync(path.join(isWritable('/dev/shm') ? '/dev/shm' : tmpdir(), 'mang-thuoc-sim-'));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // Not there, or not ours: the ordinary temporary folder serves as well.
    return false;
  }
}
