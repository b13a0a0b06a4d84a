import type { ListedPart, ListReader } from './list-reader';
import { LoadConnection } from './load-connection';

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
  private readonly connection: LoadConnection;
  private readonly path: string;
  private running = true;
  private msn = -1;
  private part = -1;

  constructor(
    playlistUrl: string,
    private readonly reader: ListReader,
  ) {
    const url = new URL(playlistUrl);
    this.connection = new LoadConnection(url);
    this.path = url.pathname;
  }

  async run(): Promise<void> {
    const folder = this.path.replace(/[^/]*$/, '');
    while (this.running) {
      try {
        const parts = this.reader.parts(await this.fetch(this.nextPlaylist()));
        this.count.playlists += 1;
        for (const { uri } of this.newParts(parts)) {
          this.count.bytes += (await this.fetch(folder + uri)).body.length;
          this.count.parts += 1;
        }
      } catch {
        if (this.running) this.count.errors += 1; // counted: the bench prints it and fails on any
      }
    }
  }

  stop(): void {
    this.running = false;
    this.connection.close();
  }

  private nextPlaylist(): string {
    return this.msn < 0 ? this.path : `${this.path}?_HLS_msn=${this.msn}&_HLS_part=${this.part + 1}&_HLS_skip=YES`;
  }

  /** The newest part only at first; from then on each that was not there before. */
  private newParts(parts: ListedPart[]): ListedPart[] {
    const fresh =
      this.msn < 0 ? parts.slice(-1) : parts.filter(({ msn, part }) => msn > this.msn || (msn === this.msn && part > this.part));
    const last = fresh.at(-1);
    if (last) [this.msn, this.part] = [last.msn, last.part];
    return fresh;
  }

  private async fetch(path: string): ReturnType<LoadConnection['get']> {
    const answer = await this.connection.get(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return answer;
  }
}
