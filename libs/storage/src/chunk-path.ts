const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const CHUNK = new RegExp(`^/chunks/(${UUID}/${UUID}/(?:0|[1-9][0-9]{0,8})\\.m4s)$`);

/** The name of the chunk file that a path of an origin asks for; nothing encoded, dotted or doubled ever matches. */
export function readChunkPath(path: string): string | undefined {
  return CHUNK.exec(path)?.[1];
}

export const chunkPath = (file: string): string => `/chunks/${file}`;
