/** What was deleted to make room. */
export interface Shed {
  files: number;
  bytes: number;
}

/** Files on the disk of the recording that can be made again from it: no evidence, so they go first. */
export interface DerivedFiles {
  /** Deletes the oldest until so many bytes are free, or nothing is left. */
  shed(bytes: number): Promise<Shed>;
}
