import Hls, { ErrorDetails, type ErrorData, Events } from 'hls.js/light';
import { serverClock } from '../api/server-clock';
import { PLAYER_CONFIG } from '../player/config';
import { displayedFrameAt } from '../player/moment';
import { growingListLoader } from './growing-list';
import { holdPicture } from './hold-picture';
import { holeSeconds } from './hole';
import { archiveUrl, beyondCut, isGrowing, type ListWindow, mediaTimeOf, reaches, windowAround } from './list-window';

const RETRY_MS = 3000;
const BEHIND_MS = 100;
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
  private window: ListWindow | null = null;
  /** Where media begin that do not fit into the video of those before, with sound or without for instance: learnt by failing there. */
  private readonly cuts = new Set<number>();
  /** The moment after media that fit into no video. */
  private brokenUntil = -Infinity;
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

  /** How far the next picture is, in seconds, where the video stands in media without one. */
  get holeSeconds(): number | null {
    const { buffered, currentTime } = this.video;
    if (!this.hls) return this.wanted < this.brokenUntil ? (this.brokenUntil - this.wanted) / 1000 : null;
    const list = this.hls.latestLevelDetails;
    if (!list || (!this.isSeeking && this.video.readyState > HTMLMediaElement.HAVE_CURRENT_DATA)) return null;
    const ranges = Array.from({ length: buffered.length }, (_, nth) => ({ start: buffered.start(nth), end: buffered.end(nth) }));
    return holeSeconds(list.fragments, ranges, currentTime);
  }

  /** Goes to a moment that has footage, in the loaded list or in another one. */
  show(at: number): void {
    this.wanted = this.window ? beyondCut(this.window, at) : at;
    if (!this.hls || !this.window || !reaches(this.window, this.wanted)) return this.load();
    const list = this.hls.latestLevelDetails ?? null;
    const time = list && mediaTimeOf(list.fragments, this.wanted);
    if (time !== null) this.video.currentTime = time;
  }

  get isLoading(): boolean {
    return this.hls !== null;
  }

  /** Whether it was asked for a moment that is over. */
  isBehind(clock: number): boolean {
    return clock - this.wanted > BEHIND_MS;
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
    const window = windowAround(this.wanted, [...this.cuts]);
    this.window = window;
    const hls = new Hls({ ...CONFIG, pLoader: growingListLoader(() => isGrowing(window, serverClock.now())) });
    this.hls = hls;
    hls.once(Events.LEVEL_LOADED, (_, { details }) => hls.startLoad(mediaTimeOf(details.fragments, this.wanted) ?? -1));
    hls.on(Events.ERROR, (_, data) => data.fatal && this.fail(hls, data));
    hls.loadSource(archiveUrl(this.cameraId, window));
    hls.attachMedia(this.video);
  }

  private fail(hls: Hls, data: ErrorData): void {
    if (hls !== this.hls) return;
    const misfit = misfitOf(hls, data);
    if (misfit && !this.cuts.has(misfit.at)) this.cuts.add(misfit.at);
    else {
      this.failedAt = performance.now();
      if (misfit) this.brokenUntil = misfit.at + misfit.duration * 1000;
    }
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

/** What could not be put into the video: the fragment, or the first one that its description belongs to. */
const misfitOf = (hls: Hls, { details, frag }: ErrorData): { at: number; duration: number } | null => {
  if (details !== ErrorDetails.BUFFER_APPEND_ERROR || !frag) return null;
  const fragments = hls.latestLevelDetails?.fragments ?? [];
  const first = frag.sn === 'initSegment' ? fragments.find(({ initSegment }) => initSegment?.url === frag.url) : frag;
  return first?.programDateTime ? { at: first.programDateTime, duration: first.duration } : null;
};
