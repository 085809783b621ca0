import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DriverPrinting } from './printer-link.ts';

const run = promisify(execFile);
const timeoutMs = 20_000;

/** CUPS by its command line, where it is installed. The queue behind it is CUPS' own. */
export const cupsPrinting: DriverPrinting = {
  print: async (job) => {
    const pdf = await job.pdf();
    const media = `media=Custom.${Math.ceil(job.widthMm)}x${Math.ceil(job.heightMm)}mm`;
    const options = ['-d', job.printerName, '-t', job.title, '-o', media, '-'];
    return new Promise((resolve) => {
      const child = execFile('lp', options, { timeout: timeoutMs }, (error) => {
        if (error === null) return resolve({ type: 'printed' });
        const trouble = error.code === 'ENOENT' ? 'error' : 'off';
        // CUPS takes a job whole or not at all.
        resolve({ type: 'not-begun', trouble, detail: error.message.slice(0, 300) });
      });
      // A command that is not there or ends early says why above; the pipe has nothing to add.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(pdf);
    });
  },
  list: async () => {
    try {
      const { stdout } = await run('lpstat', ['-e'], { timeout: timeoutMs });
      return stdout.split('\n').filter((name) => name !== '');
    } catch {
      // No CUPS here: then it has no printers.
      return [];
    }
  },
};
