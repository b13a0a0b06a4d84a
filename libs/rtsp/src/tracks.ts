import { PLAYABLE_PROFILES, profileOf } from './parameter-sets';
import type { Sdp, SdpMedia } from './sdp';
import { RtspFault } from './types';

export interface VideoTrack {
  readonly media: SdpMedia;
  /** Parameter sets from the description; may be none, and may be out of date. */
  readonly parameterSets: readonly Buffer[];
}

export type AudioTrack =
  | { readonly codec: 'aac'; readonly media: SdpMedia; readonly config: Buffer }
  | { readonly codec: 'pcm_alaw' | 'pcm_mulaw'; readonly media: SdpMedia };

/**
 * The tracks of a camera, as far as this library reads them: the first picture and the first sound.
 * Throws RtspFault: `no-video`, `not-rtsp`, or `unreadable` for what only another reader can read.
 */
export function tracksOf(sdp: Sdp | undefined): { readonly video: VideoTrack; readonly audio: AudioTrack | undefined } {
  if (!sdp || sdp.media.length === 0) throw new RtspFault('not-rtsp', 'The camera describes no stream.');
  const video = sdp.media.find(({ kind }) => kind === 'video');
  const audio = sdp.media.find(({ kind }) => kind === 'audio');
  if (!video) throw new RtspFault('no-video', 'The camera describes no picture.');
  return { video: videoOf(video), audio: audio && audioOf(audio) };
}

/** RFC 6184, 8.1. */
function videoOf(media: SdpMedia): VideoTrack {
  if (media.encoding !== 'H264' || media.clockRate !== 90_000) throw unreadable(`video ${media.encoding}`);
  if (media.parameters.get('packetization-mode') === '2') throw unreadable('interleaved H.264');
  const sets = (media.parameters.get('sprop-parameter-sets') ?? '').split(',').map((set) => Buffer.from(set, 'base64'));
  const parameterSets = sets.filter((set) => set.length > 1);
  const profiles = [stated(media), ...parameterSets.map(profileOf)].filter((profile) => profile !== undefined);
  if (profiles.some((profile) => !PLAYABLE_PROFILES.has(profile))) throw unreadable('H.264 of a profile that is converted');
  return { media, parameterSets };
}

function stated(media: SdpMedia): number | undefined {
  const level = media.parameters.get('profile-level-id') ?? '';
  return /^[0-9a-f]{6}$/i.test(level) ? parseInt(level.slice(0, 2), 16) : undefined;
}

function audioOf(media: SdpMedia): AudioTrack {
  const { encoding, clockRate, channels, parameters } = media;
  const plain = clockRate === 8_000 && channels === 1;
  if (encoding === 'PCMA' && plain) return { codec: 'pcm_alaw', media };
  if (encoding === 'PCMU' && plain) return { codec: 'pcm_mulaw', media };
  // RFC 3640, 3.3.6: high bit-rate AAC, whose access units have headers of 13 + 3 bits.
  const hex = parameters.get('config') ?? '';
  const highBitRate =
    parameters.get('mode')?.toLowerCase() === 'aac-hbr' &&
    (parameters.get('sizelength') ?? '13') === '13' &&
    (parameters.get('indexlength') ?? '3') === '3' &&
    (parameters.get('auxiliarydatasizelength') ?? '0') === '0';
  if (encoding === 'MPEG4-GENERIC' && highBitRate && clockRate > 0 && /^(?:[0-9a-f]{2}){2,64}$/i.test(hex))
    return { codec: 'aac', media, config: Buffer.from(hex, 'hex') };
  throw unreadable(`audio ${encoding}`);
}

function unreadable(what: string): RtspFault {
  return new RtspFault('unreadable', `The camera sends ${what.replace(/[^\w .-]/g, '?').slice(0, 60)}.`);
}
