import { type Box, boxesIn, childrenOf, fieldAt, findChild, requireChild } from './box';
import { type InitFacts, type TrackFacts } from './init-segment';
import { type Fragment, TICKS_PER_SECOND } from './media';
import { MediaInvalid } from './media-invalid';

/** Far more than a fragment of any frame rate; a bound for hostile counts. */
const MAX_SAMPLES = 100_000;
const NON_SYNC = 0x1_0000;

interface TrackRun {
  /** In the track's timescale. */
  readonly decodeTime: number;
  readonly duration: number;
  readonly samples: number;
  readonly startsSync: boolean;
}

/** Reads moof + mdat. @throws MediaInvalid */
export const readFragment = (bytes: Buffer, init: InitFacts): Fragment => {
  const moof = [...boxesIn(bytes, 0, bytes.length)].find((box) => box.type === 'moof');
  if (!moof) throw new MediaInvalid('box-missing', 'no moof');
  let main: TrackRun | undefined;
  let other: { run: TrackRun; track: TrackFacts } | undefined;
  for (const traf of childrenOf(bytes, moof)) {
    if (traf.type !== 'traf') continue;
    const { trackId, track, run } = readTraf(bytes, traf, init);
    if (trackId === init.mainTrackId) main = main ? joined(main, run) : run;
    else other ??= { run, track };
  }
  const mainTrack = init.tracks.get(init.mainTrackId);
  if (main && mainTrack && main.samples > 0) return describe(bytes, main, mainTrack);
  if (!other && !main) throw new MediaInvalid('fragment-without-media', 'a moof without any traf');
  const decodeTime = other ? toTicks(other.run.decodeTime, other.track.timescale) : 0;
  return { kind: 'fragment', bytes, decodeTime, duration: 0, independent: false, videoSamples: 0 };
};

const describe = (bytes: Buffer, run: TrackRun, track: TrackFacts): Fragment => {
  const decodeTime = toTicks(run.decodeTime, track.timescale);
  return {
    kind: 'fragment',
    bytes,
    decodeTime,
    // The difference of two rounded times, so that the durations of fragments add up.
    duration: toTicks(run.decodeTime + run.duration, track.timescale) - decodeTime,
    independent: track.kind === 'video' ? run.startsSync : true,
    videoSamples: track.kind === 'video' ? run.samples : 0,
  };
};

const joined = (first: TrackRun, second: TrackRun): TrackRun => ({
  ...first,
  duration: first.duration + second.duration,
  samples: first.samples + second.samples,
});

const toTicks = (time: number, timescale: number): number =>
  timescale === TICKS_PER_SECOND ? time : Math.round((time / timescale) * TICKS_PER_SECOND);

const readTraf = (bytes: Buffer, traf: Box, init: InitFacts): { trackId: number; track: TrackFacts; run: TrackRun } => {
  const tfhd = requireChild(bytes, traf, 'tfhd');
  const flags = bytes.readUInt32BE(fieldAt(tfhd, 0, 8)) & 0xff_ffff;
  const trackId = bytes.readUInt32BE(tfhd.content + 4);
  const track = init.tracks.get(trackId);
  if (!track) throw new MediaInvalid('track-unknown', `a fragment of track ${trackId}, which moov does not have`);
  // Offsets from the start of the file are wrong as soon as a fragment is served on its own.
  if (flags & 0x1) throw new MediaInvalid('box-unexpected', 'tfhd with a base data offset');
  let offset = 8 + (flags & 0x2 ? 4 : 0);
  const field = (present: number, fallback: number): number => {
    if (!(flags & present)) return fallback;
    offset += 4;
    return bytes.readUInt32BE(fieldAt(tfhd, offset - 4, 4));
  };
  const duration = field(0x8, track.defaultDuration);
  field(0x10, 0);
  const sampleFlags = field(0x20, track.defaultFlags);
  const runs = readTruns(bytes, traf, duration, sampleFlags);
  return { trackId, track, run: { decodeTime: readDecodeTime(bytes, traf), ...runs } };
};

const readDecodeTime = (bytes: Buffer, traf: Box): number => {
  const tfdt = findChild(bytes, traf, 'tfdt');
  if (!tfdt) throw new MediaInvalid('box-missing', 'traf without tfdt');
  if (bytes.readUInt8(fieldAt(tfdt, 0, 8)) === 0) return bytes.readUInt32BE(tfdt.content + 4);
  const time = bytes.readBigUInt64BE(fieldAt(tfdt, 4, 8));
  // A quarter of the exact range: sums of times stay exact, too.
  if (time > BigInt(Number.MAX_SAFE_INTEGER) / 4n) throw new MediaInvalid('time-out-of-range', `decode time ${time}`);
  return Number(time);
};

const readTruns = (bytes: Buffer, traf: Box, defaultDuration: number, defaultFlags: number): Omit<TrackRun, 'decodeTime'> => {
  let [duration, samples, startsSync] = [0, 0, false];
  for (const trun of childrenOf(bytes, traf)) {
    if (trun.type !== 'trun') continue;
    const flags = bytes.readUInt32BE(fieldAt(trun, 0, 8)) & 0xff_ffff;
    const count = bytes.readUInt32BE(trun.content + 4);
    if (samples + count > MAX_SAMPLES) throw new MediaInvalid('too-many-samples', `${count} samples in one fragment`);
    const table = 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
    const width = 4 * (bits(flags & 0x100) + bits(flags & 0x200) + bits(flags & 0x400) + bits(flags & 0x800));
    const at = fieldAt(trun, table, count * width);
    if (samples === 0 && count > 0) {
      const flagsAt = at + 4 * (bits(flags & 0x100) + bits(flags & 0x200));
      const first = flags & 0x4 ? bytes.readUInt32BE(at - 4) : flags & 0x400 ? bytes.readUInt32BE(flagsAt) : defaultFlags;
      startsSync = (first & NON_SYNC) === 0;
    }
    if (flags & 0x100) for (let i = 0; i < count; i++) duration += bytes.readUInt32BE(at + i * width);
    else duration += count * defaultDuration;
    samples += count;
  }
  return { duration, samples, startsSync };
};

const bits = (flag: number): number => (flag ? 1 : 0);
