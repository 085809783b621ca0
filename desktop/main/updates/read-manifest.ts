import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { UpdateRefusal } from '../../../shared/contract/till-care-api.ts';
import {
  SignedManifest,
  UpdateManifest,
  updateText,
} from '../../../shared/contract/update-manifest.ts';
import { centreKeyOf } from '../sync/device-key.ts';

/**
 * @param bytes a file written by `npm run release -- sign`
 * @param releaseKeys raw Ed25519 keys, base64: whoever holds one may replace the program
 */
export function readManifest(
  bytes: Uint8Array,
  releaseKeys: readonly string[],
): Result<UpdateManifest, UpdateRefusal> {
  const signed = SignedManifest.safeParse(parseJson(Buffer.from(bytes).toString('utf8')));
  if (!signed.success) return err('unreadable');
  const { text, signature } = signed.data;
  const isOurs = releaseKeys.some(
    (key) => centreKeyOf(key)?.hasSigned(updateText(text), signature) === true,
  );
  if (!isOurs) return err('not-authentic');
  const manifest = UpdateManifest.safeParse(parseJson(text));
  return manifest.success ? ok(manifest.data) : err('unreadable');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: whoever asked is told that it cannot be read.
    return undefined;
  }
}
