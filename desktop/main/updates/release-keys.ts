/**
 * Raw Ed25519 public keys, base64, whose holders may replace the program in every shop. A key is
 * made by `npm run release -- new-key` on the computer that signs; its private half never enters
 * this repository. Without a key here a program looks for no update.
 */
export const releaseKeys: readonly string[] = [];
