import { createIncomingBytes } from './incoming-bytes.ts';
import type { ByteLink } from './printer-link.ts';

export type SerialAddress = { readonly path: string; readonly baudRate: number };

/** Loaded at its first use: where the native part cannot be loaded, the till sells on. */
async function serialPorts() {
  const { autoDetect } = await import('@serialport/bindings-cpp');
  return autoDetect();
}

/** A printer on a serial port (RS-232, or USB that shows itself as one): 8 bits, no parity. */
export async function openSerial({ path, baudRate }: SerialAddress): Promise<ByteLink> {
  const ports = await serialPorts();
  const port = await ports.open({
    path,
    baudRate,
    dataBits: 8,
    stopBits: 1,
    parity: 'none',
    rtscts: false,
    hupcl: false,
  });
  const incoming = createIncomingBytes();
  let isClosed = false;
  const listen = async () => {
    const buffer = Buffer.alloc(256);
    while (!isClosed) {
      const { bytesRead } = await port.read(buffer, 0, buffer.length);
      incoming.add(buffer.subarray(0, bytesRead));
    }
  };
  // Ends with the port: closing it, or pulling the cable, fails the read that is under way.
  void listen().catch(() => incoming.end());
  return {
    write: async (bytes) => {
      await port.write(Buffer.from(bytes));
      await port.drain();
    },
    read: incoming.read,
    drain: incoming.drain,
    close: async () => {
      isClosed = true;
      await port.close();
    },
  };
}

/** Names of the ports there are now. */
export async function listSerial(): Promise<readonly string[]> {
  const ports = await (await serialPorts()).list();
  return ports.map(({ path }) => path);
}
