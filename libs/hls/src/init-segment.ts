import { type Box, boxesIn, childrenOf, fieldAt, findChild, requireChild } from './box';
import { codecOf } from './codecs';
import { type AudioTrack, type InitSegment, type VideoTrack } from './media';
import { MediaInvalid } from './media-invalid';

/** What fragments need to know of a track. */
export interface TrackFacts {
  readonly kind: 'video' | 'audio' | 'other';
  readonly timescale: number;
  /** From trex; in the track's timescale. */
  readonly defaultDuration: number;
  readonly defaultFlags: number;
}

export interface InitFacts {
  readonly segment: InitSegment;
  readonly tracks: ReadonlyMap<number, TrackFacts>;
  /** Whose time counts: the first video track, else the first audio track. */
  readonly mainTrackId: number;
}

interface Track {
  readonly trackId: number;
  readonly timescale: number;
  readonly kind: TrackFacts['kind'];
  readonly entry: Box;
}

/** Reads ftyp + moov. @throws MediaInvalid */
export const readInit = (bytes: Buffer): InitFacts => {
  const moov = [...boxesIn(bytes, 0, bytes.length)].find((box) => box.type === 'moov');
  if (!moov) throw new MediaInvalid('box-missing', 'no moov');
  const defaults = readDefaults(bytes, moov);
  const found = [...childrenOf(bytes, moov)].filter((box) => box.type === 'trak').map((trak) => readTrack(bytes, trak));
  const tracks = new Map<number, TrackFacts>(
    found.map(({ trackId, timescale, kind }) => [
      trackId,
      { kind, timescale, ...(defaults.get(trackId) ?? { defaultDuration: 0, defaultFlags: 0 }) },
    ]),
  );
  const videoTrack = found.find(({ kind }) => kind === 'video');
  const audioTrack = found.find(({ kind }) => kind === 'audio');
  const main = videoTrack ?? audioTrack;
  if (!main) throw new MediaInvalid('box-missing', 'neither a video nor an audio track');
  const video = videoTrack && describeVideo(bytes, videoTrack);
  const audio = audioTrack && describeAudio(bytes, audioTrack);
  const codecs = [video?.codec, audio?.codec].filter((codec) => codec !== undefined).join(',');
  return { segment: { kind: 'init', bytes, codecs, video, audio }, tracks, mainTrackId: main.trackId };
};

const readDefaults = (bytes: Buffer, moov: Box): Map<number, { defaultDuration: number; defaultFlags: number }> => {
  const defaults = new Map<number, { defaultDuration: number; defaultFlags: number }>();
  const mvex = findChild(bytes, moov, 'mvex');
  if (!mvex) throw new MediaInvalid('box-missing', 'moov without mvex: the file is not fragmented');
  for (const trex of childrenOf(bytes, mvex)) {
    if (trex.type !== 'trex') continue;
    const at = fieldAt(trex, 4, 20);
    defaults.set(bytes.readUInt32BE(at), {
      defaultDuration: bytes.readUInt32BE(at + 8),
      defaultFlags: bytes.readUInt32BE(at + 16),
    });
  }
  return defaults;
};

const readTrack = (bytes: Buffer, trak: Box): Track => {
  const tkhd = requireChild(bytes, trak, 'tkhd');
  const mdia = requireChild(bytes, trak, 'mdia');
  const mdhd = requireChild(bytes, mdia, 'mdhd');
  const handler = requireChild(bytes, mdia, 'hdlr');
  const stsd = requireChild(bytes, requireChild(bytes, requireChild(bytes, mdia, 'minf'), 'stbl'), 'stsd');
  const [entry] = childrenOf(bytes, stsd, fieldAt(stsd, 4, 4) - stsd.content + 4);
  if (!entry) throw new MediaInvalid('box-missing', 'stsd without a sample entry');
  const name = bytes.toString('latin1', fieldAt(handler, 8, 4), handler.content + 12);
  const timescale = bytes.readUInt32BE(fieldAt(mdhd, bytes.readUInt8(fieldAt(mdhd, 0, 1)) === 1 ? 20 : 12, 4));
  if (timescale === 0) throw new MediaInvalid('time-out-of-range', 'a track with timescale 0');
  return {
    trackId: bytes.readUInt32BE(fieldAt(tkhd, bytes.readUInt8(fieldAt(tkhd, 0, 1)) === 1 ? 20 : 12, 4)),
    timescale,
    kind: name === 'vide' ? 'video' : name === 'soun' ? 'audio' : 'other',
    entry,
  };
};

/** Sample entry layouts: ISO/IEC 14496-12, sections 12.1.3 and 12.2.3. */
const describeVideo = (bytes: Buffer, { entry, timescale, trackId }: Track): VideoTrack => {
  const at = fieldAt(entry, 24, 54);
  return {
    codec: codecOf(bytes, entry, 78),
    width: bytes.readUInt16BE(at),
    height: bytes.readUInt16BE(at + 2),
    timescale,
    trackId,
  };
};

const describeAudio = (bytes: Buffer, { entry, timescale, trackId }: Track): AudioTrack => {
  // Version 1 entries come from QuickTime and carry 16 bytes more.
  const version = bytes.readUInt16BE(fieldAt(entry, 8, 20));
  return { codec: codecOf(bytes, entry, version === 1 ? 44 : 28), timescale, trackId };
};
