import { crc32, deflateSync } from 'node:zlib';
import type { Bitmap } from './bitmap.ts';

/** A paper as a picture of one bit a dot (PNG, ISO/IEC 15948), for a screen or a driver. */
export function pngOf({ widthDots, heightDots, bits }: Bitmap): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthDots, 0);
  header.writeUInt32BE(heightDots, 4);
  // One bit of grey; deflate, no filter, not interlaced.
  header.set([1, 0, 0, 0, 0], 8);
  const rowBytes = widthDots / 8;
  const rows = Buffer.alloc((rowBytes + 1) * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let at = 0; at < rowBytes; at += 1) {
      // In a picture 1 is white.
      rows[y * (rowBytes + 1) + 1 + at] = ~(bits[y * rowBytes + at] ?? 0) & 0xff;
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
