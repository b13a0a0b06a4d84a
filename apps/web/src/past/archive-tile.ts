import Hls, { Events } from 'hls.js/light';
import { serverClock } from '../api/server-clock';
import { PLAYER_CONFIG } from '../player/config';
import { displayedFrameAt } from '../player/moment';
import { growingListLoader } from './growing-list';
import { holdPicture } from './hold-picture';
import { archiveUrl, isGrowing, mediaTimeOf, reaches, windowAround } from './list-window';
import type { Span } from './day-record';

const RETRY_MS = 3000;
/** A list with gaps at its beginning never plays from 0 by itself; a place is always given. */
const CONFIG = {
  ...PLAYER_CONFIG,
  lowLatencyMode: false,
  autoStartLoad: false,
  maxBufferLength: 30,
  backBufferLength: 60,
  maxLiveSyncPlaybackRate: 1,
};

/** Shows recorded footage of one camera in one `<video>`. Where and when is decided outside; ends with `destroy()`. */
export class ArchiveTile {
  private hls: Hls | null = null;
  private window: Span | null = null;
  /** The moment that was asked for last; a list that is still on its way begins there. */
  private wanted = 0;
  private failedAt = -Infinity;
  private frameMediaTime: number | null = null;
  private frameCallback = 0;

  constructor(
    readonly cameraId: string,
    readonly video: HTMLVideoElement,
    /** Holds the last picture while the video is empty. */
    private readonly still: HTMLCanvasElement | null,
  ) {
    video.playsInline = true;
    this.watchFrames();
  }

  /** UTC of the frame on the screen, epoch ms; null before the first. */
  get shownAt(): number | null {
    if (this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    const playing = this.hls?.playingDate?.getTime() ?? null;
    return displayedFrameAt(playing, this.video.currentTime, this.frameMediaTime);
  }

  get isSeeking(): boolean {
    return this.video.seeking;
  }

  /** Goes to a moment that has footage, in the loaded list or in another one. */
  show(at: number): void {
    this.wanted = at;
    if (!this.hls || !this.window || !reaches(this.window, at)) return this.load();
    const list = this.hls.latestLevelDetails ?? null;
    const time = list && mediaTimeOf(list.fragments, at);
    if (time !== null) this.video.currentTime = time;
  }

  get isLoading(): boolean {
    return this.hls !== null;
  }

  /** Whether the loaded list ends before `at`. */
  needsNext(at: number): boolean {
    return this.window !== null && at >= this.window.from && !reaches(this.window, at);
  }

  play(rate: number): void {
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
    // A play() that a new source interrupts is asked for again with the next order.
    if (this.video.paused) void this.video.play().catch(() => undefined);
  }

  pause(): void {
    if (!this.video.paused) this.video.pause();
  }

  destroy(): void {
    if (this.frameCallback !== 0) this.video.cancelVideoFrameCallback(this.frameCallback);
    this.hls?.destroy();
    this.hls = null;
    this.video.playbackRate = 1;
    this.video.removeAttribute('src');
    this.video.load();
  }

  private load(): void {
    if (performance.now() - this.failedAt < RETRY_MS) return;
    holdPicture(this.video, this.still);
    this.hls?.destroy();
    this.frameMediaTime = null;
    const window = windowAround(this.wanted);
    this.window = window;
    const hls = new Hls({ ...CONFIG, pLoader: growingListLoader(() => isGrowing(window, serverClock.now())) });
    this.hls = hls;
    hls.once(Events.LEVEL_LOADED, (_, { details }) => hls.startLoad(mediaTimeOf(details.fragments, this.wanted) ?? -1));
    hls.on(Events.ERROR, (_, { fatal }) => fatal && this.fail(hls));
    hls.loadSource(archiveUrl(this.cameraId, window));
    hls.attachMedia(this.video);
  }

  private fail(hls: Hls): void {
    if (hls !== this.hls) return;
    this.failedAt = performance.now();
    hls.destroy();
    [this.hls, this.window] = [null, null];
  }

  private watchFrames(): void {
    if (!('requestVideoFrameCallback' in this.video)) return;
    this.frameCallback = this.video.requestVideoFrameCallback((_, frame) => {
      this.frameMediaTime = frame.mediaTime;
      this.watchFrames();
    });
  }
}
