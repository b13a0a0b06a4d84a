import type { LiveWindow } from '@app/hls';
import type { FileRange } from '../recording/chunk-storage';
import type { MediaBody } from './media-body';

/** As far back as players start; what is older is read from the disk, where it is still in the page cache. */
const KEEP_SEGMENTS = 4;
const KEEP_BYTES = 12 * 1024 * 1024;

interface Stored {
  mediaSequence: number;
  parts: readonly FileRange[];
  whole: FileRange;
}

/** Keeps the newest segments in memory; older ones are left to the disk. Bounded in number and in bytes. */
export class RecentBodies {
  private readonly recent: Stored[] = [];
  private bytes = 0;

  constructor(private readonly window: LiveWindow<MediaBody>) {}

  add(stored: Stored): void {
    this.recent.push(stored);
    this.bytes += stored.whole.length;
    while (this.recent.length > KEEP_SEGMENTS || (this.bytes > KEEP_BYTES && this.recent.length > 1)) this.moveOldest();
  }

  private moveOldest(): void {
    const oldest = this.recent.shift();
    if (!oldest) return;
    this.bytes -= oldest.whole.length;
    this.window.replaceBodies(oldest.mediaSequence, {
      segment: { kind: 'file', ...oldest.whole },
      part: (body, index) => {
        const range = oldest.parts[index];
        return range ? { kind: 'file', ...range } : body;
      },
    });
  }
}
