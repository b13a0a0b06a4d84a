/** The chunk size announced to peers with `setChunkSize`, in bytes. What we send is small: commands and control. */
export const OUT_CHUNK_SIZE = 4096;

/** A message as one type 0 chunk and type 3 chunks behind it. Timestamp 0: only commands are sent. */
export function writeMessage(chunkStream: number, type: number, streamId: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header[0] = chunkStream;
  header.writeUIntBE(payload.length, 4, 3);
  header[7] = type;
  header.writeUInt32LE(streamId, 8);
  const pieces = [header, payload.subarray(0, OUT_CHUNK_SIZE)];
  for (let at = OUT_CHUNK_SIZE; at < payload.length; at += OUT_CHUNK_SIZE) {
    pieces.push(Buffer.of(0xc0 | chunkStream), payload.subarray(at, at + OUT_CHUNK_SIZE));
  }
  return Buffer.concat(pieces);
}
