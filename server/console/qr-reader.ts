import { decodeQR } from 'qr/decode.js';
import { type QrFrame, readFrame } from '../../shared/sync/qr-frames.ts';

/** A picture that was chosen may be looked at for long, in ways that a film leaves to its next frame. */
const patient = { effort: 24, timeLimit: 1_500 };
const passing = { effort: 2, timeLimit: 60 };

/** The frame in a picture, or undefined: blurred, cut, or a picture of something else. */
export async function frameInPicture(picture: Blob): Promise<QrFrame | undefined> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  const frame = frameIn(bitmap, bitmap, patient);
  bitmap.close();
  return frame;
}

/** The frame a camera shows at this moment. */
export function frameInVideo(video: HTMLVideoElement): QrFrame | undefined {
  return frameIn(video, { width: video.videoWidth, height: video.videoHeight }, passing);
}

type Size = { readonly width: number; readonly height: number };

function frameIn(
  source: CanvasImageSource,
  { width, height }: Size,
  patience: typeof patient,
): QrFrame | undefined {
  if (width === 0 || height === 0) return undefined;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.drawImage(source, 0, 0);
  try {
    return readFrame(decodeQR(context.getImageData(0, 0, width, height), patience));
  } catch {
    // The reader says in no other way that there is no code in the picture.
    return undefined;
  }
}
