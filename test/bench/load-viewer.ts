import { type Agent, get } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** What one simulated viewer, or many, met. */
export interface ViewerCount {
  playlists: number;
  parts: number;
  bytes: number;
  errors: number;
}

/** A low-latency HLS client without a picture: blocking delta reloads, and each new part as it is announced. */
export class LoadViewer {
  readonly count: ViewerCount = { playlists: 0, parts: 0, bytes: 0, errors: 0 };
  private running = true;
  private msn = -1;
  private part = -1;

  constructor(
    private readonly playlistUrl: string,
    private readonly agent: Agent,
  ) {}

  async run(): Promise<void> {
    while (this.running) {
      try {
        const text = (await this.fetch(this.nextPlaylistUrl())).toString();
        this.count.playlists += 1;
        for (const part of this.newParts(text)) {
          this.count.bytes += (await this.fetch(new URL(part, this.playlistUrl).href)).length;
          this.count.parts += 1;
        }
      } catch {
        this.count.errors += 1; // counted: the bench prints it and fails on any
      }
    }
  }

  stop(): void {
    this.running = false;
  }

  private nextPlaylistUrl(): string {
    return this.msn < 0 ? this.playlistUrl : `${this.playlistUrl}?_HLS_msn=${this.msn}&_HLS_part=${this.part + 1}&_HLS_skip=YES`;
  }

  /** The newest part only at first; from then on each that was not there before. */
  private newParts(text: string): string[] {
    const parts = [...text.matchAll(/#EXT-X-PART:[^\n]*URI="(part\/(\d+)\.(\d+)\.m4s)"/g)].map((match) => ({
      uri: match[1] as string,
      msn: Number(match[2]),
      part: Number(match[3]),
    }));
    const fresh =
      this.msn < 0 ? parts.slice(-1) : parts.filter(({ msn, part }) => msn > this.msn || (msn === this.msn && part > this.part));
    const last = fresh.at(-1);
    if (last) [this.msn, this.part] = [last.msn, last.part];
    return fresh.map(({ uri }) => uri);
  }

  private fetch(url: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const request = get(url, { agent: this.agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(gunzipped(response.headers['content-encoding'], Buffer.concat(chunks)))
            : reject(new Error(`${url}: ${response.statusCode}`)),
        );
        response.on('error', reject);
      });
      request.on('error', reject);
    });
  }
}

const gunzipped = (encoding: string | undefined, body: Buffer): Buffer => (encoding === 'gzip' ? gunzipSync(body) : body);
