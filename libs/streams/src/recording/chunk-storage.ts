/** Where bytes are: a file below the media folder, from `offset`. */
export interface FileRange {
  file: string;
  offset: number;
  length: number;
}

/** A file that this process made and has open. After a call failed nothing more may be appended to it. */
export interface ChunkFile {
  /** Behind what was appended before. @throws when not all of it was taken */
  append(chunks: readonly Buffer[], byteLength: number): Promise<void>;
  /** On the device, as far as the device tells the truth. A second call after a failed one proves nothing. */
  sync(): Promise<void>;
  /** Fills `into`. @throws when the file ends before */
  read(offset: number, into: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** The disk calls of the recording, as few as can be, so that each can be made to fail. Paths are relative to the media folder. */
export abstract class ChunkStorage {
  /** Makes the folders as well. @throws when there is such a file already: nothing is ever opened for writing twice. */
  abstract openNew(file: string): Promise<ChunkFile>;
  /** Makes the names in a folder durable; '' is the media folder itself. */
  abstract syncFolder(folder: string): Promise<void>;
}
