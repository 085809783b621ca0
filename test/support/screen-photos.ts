/** Pictures of a screen as people take them: crooked, from the side, blurred, dim, small. */
import type { Page } from 'playwright-core';

export type Photo = {
  readonly name: string;
  /** CSS of the screen in the picture: where the camera stands, and how it sees. */
  readonly transform?: string;
  readonly filter?: string;
  /** A lamp mirrored in the screen: CSS of what lies over it. */
  readonly glare?: string;
  /** Of the picture, in pixels; the screen fills it. */
  readonly width?: number;
  /** JPEG quality of 100. */
  readonly quality?: number;
};

/** Each of them must be readable. */
export const readablePhotos: readonly Photo[] = [
  { name: 'straight' },
  { name: 'crooked', transform: 'rotate(9deg)' },
  { name: 'on its side', transform: 'rotate(94deg)' },
  { name: 'upside down', transform: 'rotate(176deg)' },
  { name: 'from the left', transform: 'perspective(1100px) rotateY(24deg)' },
  { name: 'from above', transform: 'perspective(1100px) rotateX(-22deg) rotate(3deg)' },
  { name: 'out of focus', filter: 'blur(1.3px)' },
  { name: 'dim', filter: 'brightness(0.35) contrast(0.8)' },
  { name: 'too bright', filter: 'brightness(1.5) contrast(0.6)' },
  { name: 'with a lamp in it', glare: 'radial-gradient(circle at 62% 30%, #fffc 0, #fff0 30%)' },
  { name: 'squeezed by a messenger', quality: 22 },
  { name: 'small', width: 720 },
  {
    name: 'of a hurried person',
    transform: 'perspective(1300px) rotateY(-13deg) rotateX(8deg) rotate(-6deg)',
    filter: 'blur(0.8px) brightness(0.8)',
    quality: 45,
    width: 1_000,
  },
];

/** @param screen what stands on it, as PNG; the camera is held so that it fills the picture. */
export async function photograph(page: Page, screen: Buffer, photo: Photo): Promise<Buffer> {
  const { transform = 'none', filter = 'none', glare = 'none', width = 1_200 } = photo;
  const height = Math.round(width * 0.75);
  await page.setViewportSize({ width, height });
  await page.setContent(`<body style="margin:0;background:#3b3a38;display:grid;height:100vh;
      place-items:center;overflow:hidden;filter:${filter}">
    <div style="position:relative;transform:${transform}">
      <img style="display:block;height:${height * 0.7}px"
        src="data:image/png;base64,${screen.toString('base64')}">
      <div style="position:absolute;inset:0;background:${glare}"></div>
    </div></body>`);
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  return page.screenshot({ type: 'jpeg', quality: photo.quality ?? 85 });
}
