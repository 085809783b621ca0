import { connect } from 'node:net';
import { createIncomingBytes } from './incoming-bytes.ts';
import type { ByteLink } from './printer-link.ts';

export type TcpAddress = { readonly host: string; readonly port: number };

/** A raw socket to a printer on the shop's network (port 9100). */
export function openTcp(
  { host, port }: TcpAddress,
  { connectTimeoutMs }: { readonly connectTimeoutMs: number },
): Promise<ByteLink> {
  return new Promise((resolve, reject) => {
    const incoming = createIncomingBytes();
    const socket = connect({ host, port, noDelay: true });
    let failure: Error | undefined;
    const timer = setTimeout(() => {
      socket.destroy(new Error(`No answer from ${host}:${port}`));
    }, connectTimeoutMs);
    socket.on('data', (bytes) => incoming.add(bytes));
    socket.on('error', (error) => {
      failure = error;
      clearTimeout(timer);
      reject(error);
    });
    socket.on('close', () => {
      failure ??= new Error('The printer closed the connection');
      incoming.end();
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve({
        write: (bytes) =>
          new Promise((written, refused) => {
            if (failure !== undefined) return refused(failure);
            const onClose = () => refused(failure ?? new Error('The connection was closed'));
            socket.once('close', onClose);
            socket.write(bytes, (error) => {
              socket.off('close', onClose);
              if (error == null) written();
              else refused(error);
            });
          }),
        read: incoming.read,
        drain: incoming.drain,
        close: () =>
          new Promise((closed) => {
            if (socket.closed) return closed();
            socket.once('close', () => closed());
            // What the kernel still holds is delivered; a printer that hangs is left after that.
            socket.end();
            socket.setTimeout(connectTimeoutMs, () => socket.destroy());
          }),
      });
    });
  });
}
