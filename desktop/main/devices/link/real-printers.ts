import { printBytes } from './print-bytes.ts';
import type { DriverPrinting, PrinterWays } from './printer-link.ts';
import { listSerial, openSerial } from './serial-link.ts';
import { openTcp } from './tcp-link.ts';

/** A printer that is off does not answer at all; one that is on answers at once. */
const connectTimeoutMs = 3_000;

/** The ways of a real program; only the driver differs between its hosts. */
export function realPrinters(driver: DriverPrinting): PrinterWays {
  return {
    send: (address, bytes) =>
      printBytes(
        () =>
          address.kind === 'tcp' ? openTcp(address, { connectTimeoutMs }) : openSerial(address),
        bytes,
      ),
    driver,
    listSerial: async () => {
      try {
        return await listSerial();
      } catch {
        // Without the native part there are no serial ports here; network printers go on.
        return [];
      }
    },
  };
}
