import type { FaultCode } from '@app/contracts';
import { codeOf, nextStep, type Observed, type OpenOutage, severityOf } from './outage-rules';

const settings = { raiseAfterMs: 8_000, overAfterMs: 30_000, groupAt: 10 };
const camera = (state: Observed['state'], sinceMs: number, other: Partial<Observed> = {}): Observed => ({
  ...{ planned: true, state, reason: 'host-unreachable', sinceMs, lastFrameMs: undefined },
  ...other,
});
const raised: OpenOutage = { fromMs: 0, isRaised: true, wellSinceMs: undefined, flaps: 0 };
const unraised: OpenOutage = { ...raised, isRaised: false };
const step = (outage: OpenOutage | undefined, observed: Observed, nowMs: number) => nextStep(outage, observed, nowMs, settings);

describe(nextStep, () => {
  it('begins an outage with the last frame where that was shortly before, else with the state', () => {
    expect(step(undefined, camera('down', 20_000), 21_000)).toEqual({ kind: 'begin', fromMs: 20_000 });
    expect(step(undefined, camera('frozen', 20_000, { lastFrameMs: 18_000 }), 21_000)).toEqual({ kind: 'begin', fromMs: 18_000 });
    expect(step(undefined, camera('dark', 20_000, { lastFrameMs: 20_900 }), 21_000)).toEqual({ kind: 'begin', fromMs: 20_000 });
    expect(step(undefined, camera('down', 20_000, { lastFrameMs: 1_000 }), 21_000)).toEqual({ kind: 'begin', fromMs: 20_000 });
  });

  it.each(['live', 'starting', 'planned-off', undefined] as const)('begins none while a camera is %s', (state) => {
    expect(step(undefined, camera(state, 0), 60_000)).toEqual({ kind: 'none' });
  });

  it('knows no outage of a camera that nobody planned, whatever it says, and ends one', () => {
    expect(step(undefined, camera('down', 0, { planned: false }), 60_000)).toEqual({ kind: 'none' });
    expect(step(unraised, camera('down', 0, { planned: false }), 60_000)).toEqual({ kind: 'drop' });
    expect(step(raised, camera('down', 0, { planned: false }), 60_000)).toEqual({ kind: 'end', toMs: 60_000 });
    const settling = { ...raised, wellSinceMs: 50_000 };
    expect(step(settling, camera('live', 50_000, { planned: false }), 60_000)).toEqual({ kind: 'end', toMs: 50_000 });
  });

  it('counts a clock that is off as an outage of a camera that is live', () => {
    const off = camera('live', 20_000, { reason: 'clock-off', lastFrameMs: 19_000 });
    expect(step(undefined, off, 21_000)).toEqual({ kind: 'begin', fromMs: 20_000 });
    expect(step({ ...unraised, fromMs: 20_000 }, off, 28_000)).toEqual({ kind: 'raise' });
    expect(step(raised, camera('live', 40_000, { reason: undefined }), 41_000)).toEqual({ kind: 'recover', wellSinceMs: 40_000 });
  });

  it('raises what lasts, and forgets what does not', () => {
    expect(step(unraised, camera('dark', 0), 7_999)).toEqual({ kind: 'none' });
    expect(step(unraised, camera('dark', 0), 8_000)).toEqual({ kind: 'raise' });
    expect(step(unraised, camera('live', 7_000), 8_000)).toEqual({ kind: 'drop' });
  });

  it('goes on counting while the state of a camera changes from bad to bad, and while it is connected', () => {
    expect(step(unraised, camera('down', 7_500), 8_000)).toEqual({ kind: 'raise' });
    expect(step(unraised, camera('starting', 7_500), 60_000)).toEqual({ kind: 'none' });
    expect(step(raised, camera('starting', 7_500), 60_000)).toEqual({ kind: 'none' });
  });

  it('is slower with a camera that is only late', () => {
    expect(step(unraised, camera('late', 0), 19_999)).toEqual({ kind: 'none' });
    expect(step(unraised, camera('late', 0), 20_000)).toEqual({ kind: 'raise' });
  });

  it('is over when the camera was well for long enough, at the time it was well', () => {
    expect(step(raised, camera('live', 40_000), 41_000)).toEqual({ kind: 'recover', wellSinceMs: 40_000 });
    const settling = { ...raised, wellSinceMs: 40_000 };
    expect(step(settling, camera('live', 40_000), 69_999)).toEqual({ kind: 'none' });
    expect(step(settling, camera('live', 40_000), 70_000)).toEqual({ kind: 'end', toMs: 40_000 });
    expect(step(settling, camera('down', 60_000), 61_000)).toEqual({ kind: 'relapse' });
  });

  it('waits twice as long after each flap, but never more than ten minutes', () => {
    const wait = (flaps: number): number => {
      const settling = { ...raised, wellSinceMs: 0, flaps };
      for (let nowMs = 0; ; nowMs += 1_000) if (step(settling, camera('live', 0), nowMs).kind === 'end') return nowMs / 1000;
    };
    expect([0, 1, 2, 3, 4, 5, 50].map(wait)).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });
});

describe('the code and severity of an outage', () => {
  it.each<[FaultCode | undefined, string]>([
    ['picture-black', 'CAM-01'],
    ['host-unreachable', 'CAM-01'],
    ['silent', 'CAM-01'],
    ['no-video', 'CAM-01'],
    [undefined, 'CAM-01'],
    ['picture-still', 'CAM-02'],
    ['picture-frozen', 'CAM-02'],
    ['late', 'CAM-02'],
    ['packager-lost', 'CAM-02'],
    ['disk-full', 'CAM-02'],
  ])('%s is %s', (reason, code) => expect(codeOf(reason)).toBe(code));

  it('is S2, and S1 in the count', () => {
    const times = { closesMs: 1_000, endsMs: 2_000 };
    expect([999, 1_000, 1_999, 2_000].map((fromMs) => severityOf(fromMs, times))).toEqual(['S2', 'S1', 'S1', 'S2']);
  });
});
