import { decodeQR } from 'qr/decode.js';
import { type QrFrame, readFrame } from '../../shared/sync/qr-frames.ts';

/** The frame in a picture, or undefined: blurred, cut, or a picture of something else. */
export async function frameInPicture(picture: Blob): Promise<QrFrame | undefined> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  const frame = frameIn(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  return frame;
}

/** The frame a camera shows at this moment. */
export function frameInVideo(video: HTMLVideoElement): QrFrame | undefined {
  return frameIn(video, video.videoWidth, video.videoHeight);
}

function frameIn(source: CanvasImageSource, width: number, height: number): QrFrame | undefined {
  if (width === 0 || height === 0) return undefined;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.drawImage(source, 0, 0);
  try {
    return readFrame(decodeQR(context.getImageData(0, 0, width, height)));
  } catch {
    // The reader says in no other way that there is no code in the picture.
    return undefined;
  }
}
