import fc from 'fast-check';
import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import { framesOf, joinFrames, type QrFrame, readFrame } from '../../shared/sync/qr-frames.ts';

const file = fc.uint8Array({ minLength: 0, maxLength: 5_000 });

function readAll(texts: readonly string[]): readonly QrFrame[] {
  return texts.flatMap((text) => readFrame(text) ?? []);
}

test('frames in any order, some twice, join to the file they were made of', () => {
  fc.assert(
    fc.property(file, fc.infiniteStream(fc.nat()), (bytes, chance) => {
      const frames = framesOf(bytes) ?? [];
      const shuffled = [...frames, ...frames.slice(0, 2)]
        .map((text) => ({ text, order: chance.next().value }))
        .sort((a, b) => a.order - b.order)
        .map(({ text }) => text);
      expect(joinFrames(readAll(shuffled))).toEqual({ ok: true, value: Uint8Array.from(bytes) });
    }),
  );
});

test('a frame that was read wrongly in one letter is no frame', () => {
  const [frame = ''] = framesOf(Uint8Array.from({ length: 300 }, (_, index) => index % 251)) ?? [];
  for (let at = 0; at < frame.length; at += 1) {
    const letter = frame[at] === 'A' ? 'B' : 'A';
    expect(readFrame(frame.slice(0, at) + letter + frame.slice(at + 1))).toBeUndefined();
  }
});

test('names the frames that are missing, and does not mix two files', () => {
  const frames = readAll(framesOf(new Uint8Array(3 * limits.qrFrameBytesMax)) ?? []);
  expect(joinFrames(frames.slice(1, 2))).toEqual({
    ok: false,
    error: { type: 'missing', total: 3, numbers: [1, 3] },
  });
  const others = readAll(framesOf(Uint8Array.of(1, 2, 3)) ?? []);
  expect(joinFrames([...frames, ...others])).toMatchObject({ error: { type: 'mixed' } });
});

test('a file that nobody would watch to its end has no frames', () => {
  const most = limits.qrFrameBytesMax * limits.qrFramesMax;
  expect(framesOf(new Uint8Array(most))?.length).toBe(limits.qrFramesMax);
  expect(framesOf(new Uint8Array(most + 1))).toBeUndefined();
});

test('a drawn frame is read back from its picture, small and dirty', () => {
  const bytes = Uint8Array.from(
    { length: limits.qrFrameBytesMax },
    (_, index) => (index * 7) % 256,
  );
  const [frame = ''] = framesOf(bytes) ?? [];
  const modules = encodeQR(frame, 'raw', { ecc: 'low', encoding: 'alphanumeric', border: 4 });
  const scale = 3;
  const size = modules.length * scale;
  const data = new Uint8ClampedArray(size * size * 4);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const row = Math.floor(pixel / size / scale);
    const isDark = modules[row]?.[Math.floor((pixel % size) / scale)] === true;
    // Grey on grey with a pattern of dirt, as a phone sees a screen.
    const shade = (isDark ? 40 : 210) + ((pixel * 31) % 30);
    data.set([shade, shade, shade, 255], pixel * 4);
  }
  const read = readFrame(decodeQR({ width: size, height: size, data }));
  expect(read?.bytes).toEqual(bytes);
});
