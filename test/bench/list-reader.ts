import { gunzipSync } from 'node:zlib';
import type { LoadAnswer } from './load-connection';

export interface ListedPart {
  uri: string;
  msn: number;
  part: number;
}

const KEEP = 64;

/** Reads the parts of a list, the same bytes once for all viewers that are sent them. */
export class ListReader {
  private readonly known = new Map<string, ListedPart[]>();
  /** All parts that any list has named. */
  readonly uris = new Set<string>();

  parts({ zipped, body }: LoadAnswer): ListedPart[] {
    const key = body.toString('latin1');
    const before = this.known.get(key);
    if (before) return before;
    const text = (zipped ? gunzipSync(body) : body).toString();
    const parts = [...text.matchAll(/#EXT-X-PART:[^\n]*URI="(part\/(\d+)\.(\d+)\.m4s)"/g)].map((match) => ({
      uri: match[1] as string,
      msn: Number(match[2]),
      part: Number(match[3]),
    }));
    for (const { uri } of parts) this.uris.add(uri);
    this.known.set(key, parts);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEEP) break;
      this.known.delete(oldest);
    }
    return parts;
  }
}
