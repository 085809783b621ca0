import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture of black and white dots, `true` is black. */
export type Picture = readonly (readonly boolean[])[];

/** Reads a PNG of one bit a dot without filters, as golden pictures of paper are kept. */
export function readPng(file: Buffer): Picture {
  let width = 0;
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = content.readUInt32BE(0);
      if (content[8] !== 1 || content[9] !== 0) throw new Error('Not one bit of grey a dot');
    }
    if (type === 'IDAT') parts.push(content);
    at += length + 12;
  }
  const bytes = inflateSync(Buffer.concat(parts));
  const rowBytes = Math.ceil(width / 8) + 1;
  return Array.from({ length: bytes.length / rowBytes }, (_, y) => {
    if (bytes[y * rowBytes] !== 0) throw new Error('A filtered row');
    return Array.from({ length: width }, (__, x) => {
      const byte = bytes[y * rowBytes + 1 + (x >> 3)] ?? 0;
      return ((byte >> (7 - (x & 7))) & 1) === 0;
    });
  });
}

export function writePng(picture: Picture): Buffer {
  const width = picture[0]?.length ?? 0;
  const rowBytes = Math.ceil(width / 8) + 1;
  const bytes = Buffer.alloc(rowBytes * picture.length, 0);
  picture.forEach((row, y) => {
    row.forEach((isBlack, x) => {
      if (isBlack) return;
      const at = y * rowBytes + 1 + (x >> 3);
      bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    });
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(picture.length, 4);
  head[8] = 1;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[
      ['IHDR', head] as const,
      ['IDAT', deflateSync(bytes, { level: 9 })] as const,
      ['IEND', Buffer.alloc(0)] as const,
    ].map(([type, content]) => {
      const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
      const frame = Buffer.alloc(8);
      frame.writeUInt32BE(content.length, 0);
      frame.writeUInt32BE(crc32(named), 4);
      return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
    }),
  ]);
}

/** For the QR reader: four bytes a dot, each dot `scale` wide. */
export function rgbaOf(picture: Picture, scale = 1) {
  const width = (picture[0]?.length ?? 0) * scale;
  const height = picture.length * scale;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (picture[Math.floor(y / scale)]?.[Math.floor(x / scale)] !== true) continue;
      data.set([0, 0, 0], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
