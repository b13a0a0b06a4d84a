import type { Readable } from 'node:stream';

export interface BundleFile {
  name: string;
  bytes: number;
}

/** The files of a package, wherever they are. Names are safe. */
export interface Bundle {
  readonly files: readonly BundleFile[];
  /** Its bytes. The stream fails where they cannot be had whole. */
  open(file: BundleFile): Readable;
  close(): Promise<void>;
}
