import type { UpdateFile } from '../../../shared/contract/update-manifest.ts';

/** What the host of a till can do about its own program; a till in a browser has none. */
export type UpdateInstaller = {
  /**
   * Fetches exactly this file from beside `baseUrl` and keeps it if its hash is the announced one.
   * Rejects with `WrongFile` when it is not, with anything else when the line failed.
   */
  readonly download: (wanted: {
    readonly baseUrl: string;
    readonly version: string;
    readonly file: UpdateFile;
    readonly onPercent: (percent: number) => void;
    /** Aborted when the program closes meanwhile. */
    readonly signal: AbortSignal;
  }) => Promise<void>;
  /** Ends this program, puts the fetched one in its place and starts it. */
  readonly install: () => void;
  /** The kind of installer this copy came by: only the same kind can replace it. */
  readonly fileEnding: '.exe' | '.deb' | '.AppImage';
};

/** The bytes are not those that were signed for. */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
}
