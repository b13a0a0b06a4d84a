import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { LiveWindow } from '@app/hls';
import { type CheckedRule, type Observation, ReloadChecker } from './reload-checker';
import { pollLivePlaylist } from './reload-checker-poll';
import { RULES } from './reload-checker-rules';

const TICKS = 90_000;
const START = Date.UTC(2026, 10, 22, 8);
const PART = { duration: 0.5 * TICKS, independent: false, body: 'part' };

/** Lists as a good server gives them, one every half second: two runs with an absence between, in a short window. */
const goodLife = (): Observation[] => {
  const window = new LiveWindow<string>({ targetDuration: 2, partTarget: 0.5, windowSeconds: 14 });
  const seen: Observation[] = [];
  let at = 0;
  const look = (): void => {
    at += 500;
    const answer = window.playlist();
    if (answer.kind === 'ready') seen.push({ at, status: 200, text: answer.text });
  };
  const media = (segments: number): void => {
    for (let segment = 0; segment < segments; segment++) {
      for (let part = 0; part < 4; part++) {
        window.addPart({ ...PART, independent: part === 0 });
        if (part === 3) window.closeSegment('segment');
        look();
      }
    }
  };
  window.startRun({ runId: 'a', init: '', startsAt: START });
  media(5);
  for (let part = 0; part < 8; part++) {
    window.addGapPart(PART.duration);
    if (part % 4 === 3) window.closeSegment();
    look();
  }
  window.startRun({ runId: 'b', init: '', startsAt: START + 14_300 });
  media(9);
  return seen;
};

const GOOD = goodLife();
const check = (observations: readonly Observation[]): ReloadChecker => {
  const checker = new ReloadChecker();
  for (const observation of observations) checker.observe(observation);
  return checker;
};
const rulesBroken = (checker: ReloadChecker): CheckedRule[] => [...new Set(checker.violations.map(({ rule }) => rule))];

/** Changes the lists from the n-th on. */
const from = (n: number, change: (text: string) => string): Observation[] =>
  GOOD.map((one, index) => {
    if (index < n) return one;
    const text = change(one.text ?? '');
    return { ...one, text };
  });
/** The same, and the change must have changed something. */
const replaced = (n: number, pattern: string | RegExp, by: string): Observation[] => {
  const changed = from(n, (text) => text.replace(pattern, by));
  expect(changed.at(n)?.text).not.toBe(GOOD.at(n)?.text);
  return changed;
};
const line = (index: number, pattern: RegExp): string => pattern.exec(GOOD[index]?.text ?? '')?.[0] ?? 'no such line';
const delta = (): { before: Observation; after: Observation } => {
  const window = new LiveWindow<string>({ targetDuration: 2, partTarget: 0.5 });
  window.startRun({ runId: 'a', init: '', startsAt: START });
  const read = (skip: boolean, at: number): Observation => {
    const answer = window.playlist({ skip });
    return { at, status: 200, text: answer.kind === 'ready' ? answer.text : '', asked: { skip } };
  };
  const segment = (): void => {
    for (let part = 0; part < 4; part++) window.addPart({ ...PART, independent: part === 0 });
    window.closeSegment('segment');
  };
  for (let i = 0; i < 12; i++) segment();
  const before = read(false, 0);
  segment();
  return { before, after: read(true, 2000) };
};

describe('a good list', () => {
  it('breaks no rule over its whole life', () => {
    expect(GOOD.length).toBeGreaterThan(50);
    expect(GOOD.at(-1)?.text).toContain('EXT-X-DISCONTINUITY-SEQUENCE:1');
    expect(check(GOOD).violations).toEqual([]);
  });

  it('may be followed by delta updates', () => {
    const { before, after } = delta();
    expect(after.text).toContain('EXT-X-SKIP');
    const checker = check([before, after]);
    expect(checker.violations).toEqual([]);
    expect(checker.current?.segments).toHaveLength(13);
  });

  it('is named with its outages, and goes on after them', () => {
    const late = GOOD.map((one, index) => (index < 20 ? one : { ...one, at: one.at + 8000 }));
    const checker = check([...late.slice(0, 20), { at: 11_000, status: 503 }, { at: 14_000, status: 0 }, ...late.slice(20)]);
    expect(checker.violations).toEqual([]);
    expect(checker.outages).toHaveLength(1);
    expect(checker.longestOutage).toBe((late[20]?.at ?? 0) - (late[19]?.at ?? 0));
  });

  it('counts an answer that came later than a list may stand still as an outage', () => {
    const late = GOOD.map((one, index) => (index < 20 ? one : { ...one, at: one.at + 8000 }));
    const held = late.map((one, index) => (index === 20 ? { ...one, askedAt: one.at - 8000 } : one));
    expect(check(held)).toMatchObject({ violations: [], outages: [{ status: 200 }], longestOutage: 8000 });
    const prompt = late.map((one, index) => (index === 20 ? { ...one, askedAt: one.at - 10, asked: { mediaSequence: 5 } } : one));
    expect(check(prompt).violations.map(({ rule }) => rule)).toContain('segment-in-time');
  });
});

describe('each rule can fail', () => {
  const seg = (n: number) => new RegExp(`#EXTINF:[\\d.]+,\\nseg/${n}\\.m4s`);
  const cases: [CheckedRule, () => Observation[]][] = [
    ['target-duration-constant', () => replaced(20, 'TARGETDURATION:2', 'TARGETDURATION:3')],
    ['part-target-constant', () => replaced(20, 'PART-TARGET=0.500', 'PART-TARGET=0.501')],
    ['server-control-constant', () => replaced(20, 'HOLD-BACK=6.0', 'HOLD-BACK=7.0')],
    ['extinf-within-target', () => replaced(0, '#EXTINF:2.00000', '#EXTINF:2.50000')],
    ['media-sequence', () => [GOOD[40], GOOD[20]] as Observation[]],
    ['media-sequence', () => replaced(20, /MEDIA-SEQUENCE:\d+/, 'MEDIA-SEQUENCE:99')],
    ['segment-unchanged', () => replaced(20, seg(4), '#EXTINF:1.99000,\nseg/4.m4s')],
    ['segment-unchanged', () => replaced(20, 'seg/4.m4s', 'seg/4-again.m4s')],
    ['segment-unchanged', () => replaced(20, '#EXTINF:2.00000,\nseg/4.m4s', '#EXT-X-GAP\n#EXTINF:2.00000,\nseg/4.m4s')],
    ['part-unchanged', () => replaced(18, /(part\/4\.0\.m4s")/, 'part/4.0-again.m4s"')],
    ['part-unchanged', () => replaced(18, /(URI="part\/4\.1\.m4s")/, '$1,INDEPENDENT=YES')],
    ['append-only', () => replaced(14, /#EXT-X-PART:[^\n]*part\/4[^\n]*\n/g, '')],
    [
      'append-only',
      () =>
        from(20, (text) =>
          text.replace(
            /#EXT-X-PROGRAM[^\n]*\n(#EXT-X-PART:[^\n]*\n)*(#EXT-X-GAP\n)?#EXTINF[^\n]*\n[^\n]*\n(?=#EXT-X-PRELOAD)/,
            '',
          ),
        ),
    ],
    ['discontinuity-sequence', () => replaced(50, /DISCONTINUITY-SEQUENCE:\d+/, 'DISCONTINUITY-SEQUENCE:5')],
    ['discontinuity-sequence', () => from(0, (text) => text.replace('DISCONTINUITY-SEQUENCE:1', 'DISCONTINUITY-SEQUENCE:0'))],
    ['map-present', () => replaced(0, /#EXT-X-MAP[^\n]*\n/, '')],
    ['map-needs-discontinuity', () => from(0, (text) => text.replace('#EXT-X-DISCONTINUITY\n', ''))],
    ['date-present', () => from(0, (text) => text.replaceAll(/#EXT-X-PROGRAM[^\n]*\n/g, ''))],
    [
      'date-present',
      () => from(0, (text) => text.replace(/(#EXT-X-DISCONTINUITY\n#EXT-X-MAP[^\n]*\n)#EXT-X-PROGRAM[^\n]*\n/, '$1')),
    ],
    ['date-continuous', () => replaced(8, '08:00:02.000Z', '08:00:02.100Z')],
    ['date-unambiguous', () => from(0, (text) => text.replaceAll('08:00:14.300Z', '08:00:12.300Z'))],
    [
      'window-long-enough',
      () =>
        from(30, (text) => {
          const cut = text.indexOf(line(30, /#EXT-X-PROGRAM[^\n]*\n(#EXT-X-PART:[^\n]*\n)+#EXT-X-GAP\n#EXTINF[^\n]*\ngap\/6/));
          if (cut < 0) return text;
          const head = text.slice(0, text.indexOf('#EXT-X-MAP')).replace(/MEDIA-SEQUENCE:\d+/, 'MEDIA-SEQUENCE:6');
          return head + text.slice(cut);
        }),
    ],
    ['part-within-target', () => replaced(6, 'DURATION=0.50000', 'DURATION=0.51000')],
    ['part-long-enough', () => replaced(6, 'DURATION=0.50000,URI="part/0.1.m4s"', 'DURATION=0.40000,URI="part/0.1.m4s"')],
    ['parts-make-the-segment', () => replaced(6, 'DURATION=0.50000,URI="part/0.1.m4s"', 'DURATION=0.45000,URI="part/0.1.m4s"')],
    ['part-tags-near-the-end', () => replaced(20, '#EXTINF', '#EXT-X-PART:DURATION=2.00000,URI="old"\n#EXTINF')],
    ['server-control', () => replaced(0, 'PART-HOLD-BACK=1.500', 'PART-HOLD-BACK=1.250')],
    ['server-control', () => replaced(0, 'CAN-SKIP-UNTIL=12.0', 'CAN-SKIP-UNTIL=11.0')],
    ['server-control', () => replaced(0, 'CAN-BLOCK-RELOAD=YES,', '')],
    ['server-control', () => replaced(0, ',HOLD-BACK=6.0', ',HOLD-BACK=5.0')],
    ['preload-hint', () => replaced(0, /#EXT-X-PRELOAD[^\n]*\n/, '')],
    ['preload-hint', () => replaced(1, /(PRELOAD-HINT:TYPE=PART,URI=")[^"]*/, '$1part/other.m4s')],
    ['no-playlist-type', () => replaced(0, '#EXT-X-PART-INF', '#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-PART-INF')],
    ['strict-parse', () => replaced(0, '#EXTM3U\n', '')],
    ['segment-in-time', () => [...GOOD.slice(0, 10), { ...(GOOD[9] as Observation), at: 30_000 }]],
    ['blocked-answer', () => [{ ...(GOOD[0] as Observation), asked: { mediaSequence: 1, part: 0 } }]],
    ['blocked-answer', () => [{ ...(GOOD[0] as Observation), asked: { mediaSequence: 1 } }]],
    ['blocked-answer', () => [{ ...(GOOD[0] as Observation), asked: { mediaSequence: 0, part: 4 } }]],
    ['refused', () => [...GOOD.slice(0, 3), { at: 9999, status: 400 }]],
    ['delta-asked-for', () => [delta().before, { ...delta().after, asked: {} }]],
    ['delta-expands', () => [delta().after]],
    [
      'skip-needs-version-9',
      () => [delta().before, { ...delta().after, text: delta().after.text?.replace('VERSION:9', 'VERSION:8') }],
    ],
    [
      'skip-boundary',
      () => {
        const { before, after } = delta();
        const text = after.text
          ?.replace('SKIPPED-SEGMENTS=7', 'SKIPPED-SEGMENTS=8')
          .replace(/#EXT-X-PROGRAM[^\n]*\n#EXTINF[^\n]*\nseg\/7.m4s\n/, '');
        return [before, { ...after, text }];
      },
    ],
  ];

  it.each(cases.map(([rule, observations], index) => [index, rule, observations] as const))(
    '%i: %s',
    (_index, rule, observations) => {
      expect(rulesBroken(check(observations()))).toContain(rule);
    },
  );

  it('so none is there that cannot', () => {
    expect(Object.keys(RULES).filter((rule) => !cases.some(([proven]) => proven === rule))).toEqual([]);
  });
});

describe('following a list over HTTP', () => {
  let server: Server;
  const serve = async (answer: (query: URLSearchParams) => Promise<[number, string]>): Promise<string> => {
    server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      void answer(searchParams).then(([status, text]) => response.writeHead(status).end(text));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.m3u8`;
  };
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('asks for the next part and a delta, and gets over a server that is away', async () => {
    const asked: string[] = [];
    let turn = 0;
    const url = await serve(async (query) => {
      asked.push(query.toString());
      turn++;
      if (turn === 3) return [503, ''];
      return [200, GOOD[Math.min(turn > 3 ? turn - 2 : turn - 1, GOOD.length - 1)]?.text ?? ''];
    });
    const checker = await pollLivePlaylist(url, { durationMs: 1_000, lowLatency: true });
    expect(asked.slice(0, 4)).toEqual([
      '',
      '_HLS_msn=1&_HLS_part=0&_HLS_skip=YES',
      '_HLS_msn=1&_HLS_part=1&_HLS_skip=YES',
      '_HLS_msn=1&_HLS_part=1&_HLS_skip=YES',
    ]);
    expect(checker.outages).toMatchObject([{ status: 503 }]);
    expect(checker.lists).toBeGreaterThan(2);
    expect(rulesBroken(checker).filter((rule) => rule !== 'blocked-answer')).toEqual([]);
  });

  it('reloads without directives where low latency is off', async () => {
    const asked: string[] = [];
    const url = await serve(async (query) => {
      asked.push(query.toString());
      return [200, GOOD[0]?.text ?? ''];
    });
    await pollLivePlaylist(url, { durationMs: 500, lowLatency: false });
    expect(new Set(asked)).toEqual(new Set(['']));
  });
});
