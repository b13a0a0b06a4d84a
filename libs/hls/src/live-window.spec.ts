import * as fc from 'fast-check';
import { ReloadChecker } from '../../testing/src/reload-checker';
import { parseLiveList } from '../../testing/src/reload-checker-list';
import { LiveWindow } from './live-window';
import { type HistorySegment } from './live-window-types';

const TICKS = 90_000;
const START = Date.UTC(2026, 10, 22, 8);
const OPTIONS = { targetDuration: 2, partTarget: 0.5, windowSeconds: 60 };

/** A window that is fed whole segments; bodies are names. */
class Feed {
  readonly window: LiveWindow<string>;
  runs = 0;
  constructor(options: Partial<typeof OPTIONS & { firstMediaSequence: number; startsAt: number }> = {}) {
    this.window = new LiveWindow<string>({ ...OPTIONS, ...options });
  }
  startRun(startsAt = this.window.endsAt ?? START): this {
    const runId = `run-${++this.runs}`;
    this.window.startRun({ runId, init: `init of ${runId}`, startsAt });
    return this;
  }
  part(duration = 0.5 * TICKS, independent = false): this {
    const { mediaSequence, index } = { mediaSequence: this.window.nextMediaSequence, index: this.window.nextPartIndex };
    this.window.addPart({ duration, independent, body: `part ${mediaSequence}.${index}` });
    return this;
  }
  segment(parts = 4): this {
    for (let i = 0; i < parts; i++) this.part(undefined, i === 0);
    this.window.closeSegment(`segment ${this.window.nextMediaSequence}`);
    return this;
  }
  segments(count: number): this {
    for (let i = 0; i < count; i++) this.segment();
    return this;
  }
  text(directives: Parameters<LiveWindow<string>['playlist']>[0] = {}): string {
    const answer = this.window.playlist(directives);
    if (answer.kind !== 'ready') throw new Error(answer.kind);
    return answer.text;
  }
  lines(tag: string): string[] {
    return this.text()
      .split('\n')
      .filter((line) => line.startsWith(`#EXT-X-${tag}`));
  }
}

describe('the playlist', () => {
  it('is written as players expect it', () => {
    const feed = new Feed().startRun().segments(2).part(undefined, true);
    expect(feed.text()).toBe(`#EXTM3U
#EXT-X-VERSION:9
#EXT-X-TARGETDURATION:2
#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.0,PART-HOLD-BACK=1.500,HOLD-BACK=6.0
#EXT-X-PART-INF:PART-TARGET=0.500
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-DISCONTINUITY-SEQUENCE:0
#EXT-X-MAP:URI="init/run-1.mp4"
#EXT-X-PROGRAM-DATE-TIME:2026-11-22T08:00:00.000Z
#EXT-X-PART:DURATION=0.50000,URI="part/0.0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.50000,URI="part/0.1.m4s"
#EXT-X-PART:DURATION=0.50000,URI="part/0.2.m4s"
#EXT-X-PART:DURATION=0.50000,URI="part/0.3.m4s"
#EXTINF:2.00000,
seg/0.m4s
#EXT-X-PROGRAM-DATE-TIME:2026-11-22T08:00:02.000Z
#EXT-X-PART:DURATION=0.50000,URI="part/1.0.m4s",INDEPENDENT=YES
#EXT-X-PART:DURATION=0.50000,URI="part/1.1.m4s"
#EXT-X-PART:DURATION=0.50000,URI="part/1.2.m4s"
#EXT-X-PART:DURATION=0.50000,URI="part/1.3.m4s"
#EXTINF:2.00000,
seg/1.m4s
#EXT-X-PROGRAM-DATE-TIME:2026-11-22T08:00:04.000Z
#EXT-X-PART:DURATION=0.50000,URI="part/2.0.m4s",INDEPENDENT=YES
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part/2.1.m4s"
`);
  });

  it('waits for the first complete segment', () => {
    const feed = new Feed().startRun().part();
    expect(feed.window.playlist()).toEqual({ kind: 'wait' });
    expect(feed.window.playlist({ mediaSequence: 0, part: 0 })).toEqual({ kind: 'wait' });
  });

  it('is written once for each version', () => {
    const feed = new Feed().startRun().segments(30);
    expect(feed.window.playlist()).toBe(feed.window.playlist());
    expect(feed.window.playlist({ skip: true })).toBe(feed.window.playlist({ skip: true }));
    const before = feed.window.playlist();
    feed.part();
    expect(feed.window.playlist()).not.toBe(before);
  });

  it('answers a stale request with the whole present list', () => {
    const feed = new Feed().startRun().segments(60);
    expect(feed.text({ mediaSequence: 1, part: 2 })).toBe(feed.text());
  });

  it('carries part tags only near the end', () => {
    const feed = new Feed().startRun().segments(20).part();
    const list = parseLiveList(feed.text());
    expect(list.segments.filter(({ parts }) => parts.length > 0).map(({ mediaSequence }) => mediaSequence)).toEqual([18, 19]);
  });
});

describe('runs and gaps', () => {
  it('puts DISCONTINUITY, MAP and a date before each run but not DISCONTINUITY before the first', () => {
    const feed = new Feed()
      .startRun()
      .segments(2)
      .startRun(START + 9000)
      .segments(2);
    expect(feed.lines('DISCONTINUITY')).toEqual(['#EXT-X-DISCONTINUITY-SEQUENCE:0', '#EXT-X-DISCONTINUITY']);
    expect(feed.text()).toContain(
      '#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init/run-2.mp4"\n#EXT-X-PROGRAM-DATE-TIME:2026-11-22T08:00:09.000Z\n',
    );
  });

  it('never lists a time twice', () => {
    const feed = new Feed().startRun().segments(2);
    const started = feed.window.startRun({ runId: 'early', init: '', startsAt: START });
    expect(started).toEqual({ discontinuitySequence: 1, startsAt: START + 4000 });
  });

  it('lists absent media as gaps and names it so when asked for it', () => {
    const feed = new Feed().startRun().segment();
    const gaps = feed.window.addGap(5 * TICKS);
    expect(gaps.map(({ kind, duration }) => [kind, duration / TICKS])).toEqual([
      ['gap', 2],
      ['gap', 2],
      ['gap', 1],
    ]);
    expect(feed.text()).toContain(
      '#EXT-X-PART:DURATION=0.50000,URI="gap/3.1.m4s",GAP=YES\n#EXT-X-GAP\n#EXTINF:1.00000,\ngap/3.m4s\n',
    );
    expect([feed.window.segment(2), feed.window.part(2, 0)]).toEqual([{ kind: 'gap' }, { kind: 'gap' }]);
  });

  it('can begin with a gap', () => {
    const feed = new Feed({ startsAt: START });
    feed.window.addGap(4 * TICKS);
    feed.startRun().segment();
    expect(parseLiveList(feed.text()).segments.map(({ map }) => map)).toEqual([undefined, undefined, 'init/run-1.mp4']);
  });

  it('counts a discontinuity when its tag leaves the list', () => {
    const feed = new Feed().startRun().segments(2).startRun().segments(28);
    expect(feed.lines('DISCONTINUITY-SEQUENCE')).toEqual(['#EXT-X-DISCONTINUITY-SEQUENCE:0']);
    feed.segments(2);
    expect([...feed.lines('MEDIA-SEQUENCE'), ...feed.lines('DISCONTINUITY')]).toEqual([
      '#EXT-X-MEDIA-SEQUENCE:2',
      '#EXT-X-DISCONTINUITY-SEQUENCE:0',
      '#EXT-X-DISCONTINUITY',
    ]);
    feed.segment();
    expect([...feed.lines('MEDIA-SEQUENCE'), ...feed.lines('DISCONTINUITY')]).toEqual([
      '#EXT-X-MEDIA-SEQUENCE:3',
      '#EXT-X-DISCONTINUITY-SEQUENCE:1',
    ]);
  });

  it('turns the open segment into a gap when its media is lost: number, time and parts stay in place', () => {
    const feed = new Feed().startRun().segment().part(undefined, true).part();
    const lost = feed.window.closeAsGap();
    expect(lost).toMatchObject({ kind: 'gap', mediaSequence: 1, runId: undefined, startsAt: START + 2000, duration: TICKS });
    expect(feed.window.part(1, 0)).toEqual({ kind: 'gap' });
    expect(feed.text()).toContain(`#EXT-X-PART:DURATION=0.50000,URI="gap/1.0.m4s",GAP=YES
#EXT-X-PART:DURATION=0.50000,URI="gap/1.1.m4s",GAP=YES
#EXT-X-GAP
#EXTINF:1.00000,
gap/1.m4s
`);
    expect(feed.window.closeAsGap()).toBeUndefined();
    feed.startRun().segment();
    expect(feed.window.segments().at(-1)).toMatchObject({ kind: 'media', mediaSequence: 2, startsAt: START + 3000 });
  });

  it.each<[string, (feed: Feed) => void]>([
    ['media before any run', (feed) => feed.part()],
    ['a run inside a segment', (feed) => feed.startRun().part().startRun()],
    ['a gap inside media', (feed) => void feed.startRun().part().window.addGapPart(100)],
    ['a part above the part target', (feed) => void feed.startRun().part(0.6 * TICKS)],
    ['a media segment without a body', (feed) => void feed.startRun().part().window.closeSegment()],
    ['a gap while no time is known', (feed) => void feed.window.addGapPart(100)],
  ])('refuses %s', (_name, work) => {
    expect(() => work(new Feed())).toThrow(RangeError);
  });
});

describe('delta updates', () => {
  it('skip what lies six target durations back and repeat the MAP in force', () => {
    const feed = new Feed().startRun().segments(20);
    const delta = parseLiveList(feed.text({ skip: true }));
    expect(delta).toMatchObject({ skipped: 14, mediaSequence: 0 });
    expect(delta.segments[0]).toMatchObject({ mediaSequence: 14, mapTag: 'init/run-1.mp4', date: START + 28_000 });
  });

  it('skip nothing that the client cannot have', () => {
    const feed = new Feed().startRun().segments(20);
    feed.window.addGap(20 * TICKS);
    expect(feed.text({ skip: true, mediaSequence: 20, part: 0 })).toBe(feed.text());
    expect(parseLiveList(feed.text({ skip: true, mediaSequence: 29 })).skipped).toBe(24);
  });

  it('are whole lists while nothing can be skipped', () => {
    const feed = new Feed().startRun().segments(4);
    expect(feed.text({ skip: true })).toBe(feed.text());
  });
});

describe('finding media', () => {
  it('finds init segments, segments, parts, and what comes next', () => {
    const { window } = new Feed().startRun().segments(3).part();
    expect(window.init('run-1')).toBe('init of run-1');
    expect(window.segment(1)).toEqual({ kind: 'body', body: 'segment 1' });
    expect(window.part(3, 0)).toEqual({ kind: 'body', body: 'part 3.0' });
    expect(window.part(3, 1)).toEqual({ kind: 'next' });
    expect(window.segment(3)).toEqual({ kind: 'next' });
    expect([window.part(3, 2), window.part(2, 4), window.segment(4), window.segment(-1)]).toEqual(
      Array(4).fill({ kind: 'unknown' }),
    );
    expect(window.init('other')).toBeUndefined();
  });

  it('keeps removed segments for as long as a client may ask, then forgets them and their init', () => {
    const feed = new Feed().startRun().segments(1).startRun().segments(31);
    expect(feed.window.segments()[0]?.mediaSequence).toBe(2);
    feed.segments(28);
    expect(feed.window.segment(0).kind).toBe('body');
    expect(feed.window.init('run-1')).toBeDefined();
    feed.segments(40);
    expect(feed.window.segment(0).kind).toBe('unknown');
    expect([feed.window.init('run-1'), feed.window.init('run-2')]).toEqual([undefined, 'init of run-2']);
  });

  it('keeps parts for three target durations after their tag is gone', () => {
    const feed = new Feed().startRun().segments(8);
    expect(feed.window.part(1, 0).kind).toBe('body');
    feed.segments(2);
    expect(feed.window.part(1, 0).kind).toBe('unknown');
    expect(feed.window.segment(1).kind).toBe('body');
  });

  it('exchanges bodies without a change of the list', () => {
    const { window } = new Feed().startRun().segments(2);
    const { version } = window;
    window.replaceBodies(1, { segment: 'on disk', part: (body, index) => `${body} on disk at ${index}` });
    expect([window.segment(1), window.part(1, 2)]).toEqual([
      { kind: 'body', body: 'on disk' },
      { kind: 'body', body: 'part 1.2 on disk at 2' },
    ]);
    expect(window.version).toBe(version);
  });
});

describe('restoring', () => {
  const history = (window: LiveWindow<string>) => ({
    segments: window
      .segments()
      .map((row): HistorySegment<string> => ({ ...row, body: row.kind === 'gap' ? undefined : `disk ${row.mediaSequence}` })),
    runs: [1, 2].map((n) => ({ runId: `run-${n}`, init: `init of run-${n}` })),
  });

  it('goes on with numbers, discontinuities and time where the last owner stopped', () => {
    const old = new Feed().startRun().segments(10).startRun().segments(10);
    const next = new Feed();
    next.window.restore(history(old.window));
    expect([next.window.nextMediaSequence, next.window.discontinuitySequence, next.window.endsAt]).toEqual([
      20,
      1,
      START + 40_000,
    ]);
    expect(next.window.currentRunId).toBe('run-2');
    const checker = new ReloadChecker();
    checker.observe({ at: 0, status: 200, text: old.text() });
    next.part().part();
    next.window.closeSegment('recovered');
    next.window.addGap(3 * TICKS);
    next.runs = 2;
    next.startRun().segments(3);
    checker.observe({ at: 1000, status: 200, text: next.text() });
    expect(checker.violations).toEqual([]);
    expect(parseLiveList(next.text()).segments.at(-1)).toMatchObject({
      mediaSequence: 25,
      discontinuitySequence: 2,
      map: 'init/run-3.mp4',
    });
  });

  it('never moves the head back, also when some listed seconds were never written down', () => {
    const old = new Feed().startRun().segments(40);
    const rows = history(old.window);
    const next = new Feed();
    next.window.restore({ ...rows, segments: rows.segments.slice(0, -1) });
    next.window.addGap(1 * TICKS);
    expect(next.window.segments()[0]?.mediaSequence).toBeGreaterThanOrEqual(old.window.segments()[0]?.mediaSequence ?? Infinity);
  });

  it('refuses holes, unknown runs and a window in use', () => {
    const rows = history(new Feed().startRun().segments(3).window);
    const [first, , third] = rows.segments as [HistorySegment<string>, HistorySegment<string>, HistorySegment<string>];
    expect(() => new Feed().window.restore({ ...rows, segments: [first, third] })).toThrow('segment 2 follows 0');
    expect(() => new Feed().window.restore({ ...rows, runs: [] })).toThrow('run run-1');
    expect(() => new Feed().startRun().segment().window.restore(rows)).toThrow('empty window');
  });
});

describe('any life of a camera', () => {
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('segment' as const),
        parts: fc.integer({ min: 1, max: 4 }),
        last: fc.integer({ min: 1, max: 45_000 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('gap' as const), ticks: fc.integer({ min: 1, max: 20 * TICKS }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('run' as const), jump: fc.integer({ min: -5000, max: 20_000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('takeover' as const) }) },
  );

  it('gives lists without a fault, whole and as deltas', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), fc.constantFrom(8, 30, 60), (steps, windowSeconds) => {
        let feed = new Feed({ windowSeconds, startsAt: START }).startRun();
        // Runs that begin later leave the list silent for that long, which is the caller's to fill.
        const [whole, deltas] = [new ReloadChecker({ slackMs: 60_000 }), new ReloadChecker({ slackMs: 60_000 })];
        const look = (): void => {
          const at = (feed.window.endsAt ?? 0) - START;
          const asked = { skip: true, mediaSequence: (deltas.current?.list.open.mediaSequence ?? 1) - 1 };
          const [full, delta] = [feed.window.playlist(), feed.window.playlist(asked)];
          if (full.kind !== 'ready' || delta.kind !== 'ready') return;
          whole.observe({ at, status: 200, text: full.text });
          deltas.observe({ at, status: 200, text: deltas.lists === 0 ? full.text : delta.text, asked });
        };
        for (const one of steps) {
          if (one.do === 'segment') {
            for (let i = 1; i < one.parts; i++) {
              feed.part(undefined, i === 1);
              look();
            }
            feed.part(one.last).window.closeSegment(`segment ${feed.window.nextMediaSequence}`);
          } else if (one.do === 'gap') feed.window.addGap(one.ticks);
          else if (one.do === 'run') feed.startRun((feed.window.endsAt ?? START) + one.jump);
          else feed = takenOver(feed, windowSeconds);
          look();
        }
        expect([...whole.violations, ...deltas.violations]).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const takenOver = (feed: Feed, windowSeconds: number): Feed => {
    if (feed.window.segments().length === 0) return feed;
    const next = new Feed({ windowSeconds, startsAt: START });
    const segments = feed.window
      .segments()
      .map((row) => ({ ...row, body: row.kind === 'gap' ? undefined : `disk ${row.mediaSequence}` }));
    next.runs = feed.runs;
    next.window.restore({
      segments,
      runs: Array.from({ length: feed.runs }, (_, i) => ({ runId: `run-${i + 1}`, init: 'init' })),
    });
    return next.startRun();
  };
});
