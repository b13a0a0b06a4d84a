import { avcConfigOf, type Fragment, type InitSegment, keyFrameOf } from '@app/hls';
import type { Clock } from '@app/platform';
import type { PictureEyes } from './luma-decoder';
import { type PictureFinding, PictureJudge } from './picture-judge';

/** A look costs 9 ms of a core at 1280 x 720: two thousandths of a core. */
const LOOK_MS = 4_000;
/** Pictures of more than this are looked at less often, for the same share of a core. */
const FULL_RATE_PIXELS = 1920 * 1088;
/** Rarer looks would say nothing of the time between them. */
const RAREST_MS = 10_000;
/** After a picture that could not be looked at. */
const AGAIN_MS = 30_000;

/** Looks at a key frame of one camera every few seconds, over all its connections. */
export class PictureWatch {
  private readonly judge = new PictureJudge();
  private config: { init: InitSegment; config: Buffer | undefined } | undefined;
  private nextMs = -Infinity;
  private looking = false;

  constructor(
    private readonly eyes: PictureEyes,
    private readonly clock: Clock,
    private readonly onLook: (finding: PictureFinding | undefined) => void,
  ) {}

  /** Returns at once; `onLook` is told when the picture was looked at. Only every some of them is. */
  fragment(fragment: Fragment, init: InitSegment): void {
    const nowMs = this.clock.monotonicMs();
    if (!fragment.independent || nowMs < this.nextMs || this.looking) return;
    const config = this.configOf(init);
    const sample = config && keyFrameOf(fragment, init);
    this.nextMs = nowMs + (sample ? intervalOf(init) : AGAIN_MS);
    if (!config || !sample) return;
    this.looking = true;
    const atMs = this.clock.nowMs();
    void this.eyes.look({ config, sample }).then((luma) => {
      this.looking = false;
      if (luma) this.onLook(this.judge.look(luma, atMs));
      else this.nextMs = nowMs + AGAIN_MS;
    });
  }

  private configOf(init: InitSegment): Buffer | undefined {
    if (this.config?.init !== init) this.config = { init, config: avcConfigOf(init) };
    return this.config.config;
  }
}

function intervalOf({ video }: InitSegment): number {
  const pixels = (video?.width ?? 0) * (video?.height ?? 0);
  return Math.min(RAREST_MS, LOOK_MS * Math.max(1, pixels / FULL_RATE_PIXELS));
}
