/**
 * Versions of the sync protocol. The centre speaks a range: old tills keep uploading for ever, at
 * least three versions back (protocol.md §2).
 */
export const protocolVersion = 1;
export const protocolVersionOldest = 1;

export function isSpoken(version: number): boolean {
  return (
    Number.isInteger(version) && version >= protocolVersionOldest && version <= protocolVersion
  );
}
