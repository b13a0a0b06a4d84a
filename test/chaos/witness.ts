import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type ListSegment, parseLiveList } from '@app/testing';

const ROUND_MS = 2_000;
const TIMEOUT_MS = 5_000;

/** What a viewer was told of one media sequence. */
export interface Acknowledged {
  mediaSequence: number;
  durationSeconds: number;
  /** Of the bytes a viewer got; undefined: it could not fetch them in time. */
  sha256: string | undefined;
}

/**
 * A viewer who writes everything down: which segments the live lists named, and the hash of what came for them. Whatever it was told is
 * acknowledged: it must be on record for ever, under that number, with those bytes.
 */
export class Witness {
  readonly acknowledged = new Map<string, Map<number, Acknowledged>>();
  readonly contradictions: string[] = [];
  private readonly stopping = new AbortController();
  private watching: Promise<void>[] = [];

  constructor(private readonly url: string) {}

  watch(cameraIds: readonly string[]): void {
    this.watching = cameraIds.map((cameraId) => this.follow(cameraId));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.watching);
  }

  get count(): number {
    return [...this.acknowledged.values()].reduce((sum, each) => sum + each.size, 0);
  }

  private async follow(cameraId: string): Promise<void> {
    const known = new Map<number, Acknowledged>();
    this.acknowledged.set(cameraId, known);
    while (!this.stopping.signal.aborted) {
      const text = await this.fetch(`/hls/${cameraId}/live.m3u8`);
      if (text) await this.read(cameraId, known, parseLiveList(text.toString()).segments);
      await delay(ROUND_MS);
    }
  }

  private async read(cameraId: string, known: Map<number, Acknowledged>, segments: readonly ListSegment[]): Promise<void> {
    for (const segment of segments) {
      const before = known.get(segment.mediaSequence);
      if (before) this.compare(cameraId, before, segment);
      else if (!segment.gap && segment.uri !== undefined) {
        const told = { mediaSequence: segment.mediaSequence, durationSeconds: segment.duration, sha256: undefined };
        known.set(segment.mediaSequence, told);
        const body = await this.fetch(`/hls/${cameraId}/${segment.uri}`);
        if (body) known.set(segment.mediaSequence, { ...told, sha256: createHash('sha256').update(body).digest('hex') });
      }
    }
  }

  private compare(cameraId: string, before: Acknowledged, now: ListSegment): void {
    if (!now.gap && Math.abs(before.durationSeconds - now.duration) < 0.002) return;
    const what = now.gap ? 'became a gap' : `lasted ${before.durationSeconds} s and now ${now.duration} s`;
    this.contradictions.push(`camera ${cameraId}: media sequence ${before.mediaSequence} ${what}`);
  }

  /** Undefined: not now. While things are being killed that is no finding. */
  private async fetch(path: string): Promise<Buffer | undefined> {
    try {
      const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      const body = Buffer.from(await response.arrayBuffer());
      return response.ok ? body : undefined;
    } catch {
      return undefined;
    }
  }
}
