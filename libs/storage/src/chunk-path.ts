import { readChunkName } from './chunk-name';

const PREFIX = '/chunks/';

/** The name of the chunk file that a path of an origin asks for; nothing encoded, dotted or doubled ever matches. */
export function readChunkPath(path: string): string | undefined {
  const file = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : '';
  return readChunkName(file) && file;
}

export const chunkPath = (file: string): string => `${PREFIX}${file}`;
