/**
 * What a shop's program may be replaced by. `npm run release -- sign` writes one file per system
 * beside the installers (`till-linux.json`, `till-win32.json`); the centre or a stick carries them,
 * and neither is trusted: a till takes only what one of the release keys in its own program signed.
 */
import { z } from 'zod';
import { Instant } from '../model/calendar.ts';

export const ProgramVersion = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/);
export const updateSystems = ['win32', 'linux'] as const;

/** A base64 SHA-512, as installers are checked by (electron-updater). */
const Sha512 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

export const UpdateFile = z.object({
  /** Beside the manifest; never a path. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,150}\.(exe|deb|AppImage)$/),
  arch: z.enum(['x64', 'arm64']),
  bytes: z
    .int()
    .min(1)
    .max(2 ** 31),
  sha512: Sha512,
});
export type UpdateFile = z.infer<typeof UpdateFile>;

export const UpdateManifest = z.object({
  product: z.literal('mang-thuoc-till'),
  version: ProgramVersion,
  system: z.enum(updateSystems),
  releasedAt: Instant,
  /** Tills in this share of a hundred take it first; a person can always ask for it. */
  rolloutPercent: z.int().min(0).max(100),
  notes: z.object({ vi: z.string().max(2_000), en: z.string().max(2_000) }),
  files: z.array(UpdateFile).min(1).max(10),
});
export type UpdateManifest = z.infer<typeof UpdateManifest>;

export const SignedManifest = z.object({
  /** JSON of `UpdateManifest`, kept as text so that the signature is exact. */
  text: z.string().min(1).max(20_000),
  /** Ed25519 over `updateText(text)`, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type SignedManifest = z.infer<typeof SignedManifest>;

/** What a release key signs: no other signature of ours can be taken for this one. */
export function updateText(text: string): string {
  return `mang-thuoc update v1\n${text}`;
}

export function manifestName(system: (typeof updateSystems)[number]): string {
  return `till-${system}.json`;
}
