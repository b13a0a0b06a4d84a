import { LoopSource } from './loop-source';
import type { MediaSample } from './media';
import type { MediaLoop } from './media-loop';
import { Metronome } from './metronome';

/** A metronome that beats when it is told to. */
class HandMetronome extends Metronome {
  private ms = 0;
  private readonly handListeners = new Set<(nowMs: number) => void>();

  override now(): number {
    return this.ms;
  }

  override add(listener: (nowMs: number) => void): () => void {
    this.handListeners.add(listener);
    return () => this.handListeners.delete(listener);
  }

  get listening(): number {
    return this.handListeners.size;
  }

  advance(ms: number): void {
    this.ms += ms;
    for (const listener of this.handListeners) listener(this.ms);
  }
}

/** One second: four pictures. */
const loop: MediaLoop = {
  format: { video: { codec: 'h264', parameterSets: [], fps: 4 } },
  durationMs: 1000,
  samples: [0, 250, 500, 750].map((timeMs, index) => ({ kind: 'video', timeMs, key: index === 0, nals: [] })),
};

function listenTo(source: LoopSource): { times: number[]; stop: () => void } {
  const times: number[] = [];
  const stop = source.subscribe((samples: MediaSample[]) => times.push(...samples.map((sample) => sample.timeMs)));
  return { times, stop };
}

describe(LoopSource.name, () => {
  it('goes on evenly over the seam', () => {
    const metronome = new HandMetronome();
    const { times } = listenTo(new LoopSource(loop, metronome));
    for (let beat = 0; beat < 55; beat += 1) metronome.advance(40);
    expect(times).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
  });

  it('starts at its phase of the loop', () => {
    const metronome = new HandMetronome();
    const { times } = listenTo(new LoopSource(loop, metronome, 700));
    metronome.advance(400);
    expect(times).toEqual([750, 1000]);
  });

  it('runs on while nobody listens, without beats', () => {
    const metronome = new HandMetronome();
    const source = new LoopSource(loop, metronome);
    listenTo(source).stop();
    expect(metronome.listening).toBe(0);
    metronome.advance(10_100);
    const { times } = listenTo(source);
    metronome.advance(200);
    expect(times).toEqual([10_250]);
  });

  it('gives every listener the same', () => {
    const metronome = new HandMetronome();
    const source = new LoopSource(loop, metronome);
    const [one, other] = [listenTo(source), listenTo(source)];
    metronome.advance(600);
    expect(one.times).toEqual([0, 250, 500]);
    expect(other.times).toEqual(one.times);
  });

  it('stands still over a suspension instead of sending a burst', () => {
    const metronome = new HandMetronome();
    const { times } = listenTo(new LoopSource(loop, metronome));
    metronome.advance(300);
    metronome.advance(3_600_000);
    metronome.advance(250);
    expect(times).toEqual([0, 250, 500, 750]);
  });
});
