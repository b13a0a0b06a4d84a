import { readFile } from 'node:fs/promises';
import { FlvReader, flvContent } from './flv';
import type { AudioFormat, AudioSample, MediaFormat, MediaSample, VideoSample } from './media';

/** A short piece of media that can be repeated without a seam: its picture and its sound are equally long. */
export interface MediaLoop {
  format: MediaFormat;
  /** In order of time, from 0 up to `durationMs`; the first picture is a key frame. */
  samples: MediaSample[];
  durationMs: number;
}

/** The first picture again and again, as the same bytes: a camera that hangs. Without sound. */
export function standingLoop({ format, samples, durationMs }: MediaLoop): MediaLoop {
  const pictures = samples.filter((sample) => sample.kind === 'video');
  const [first] = pictures;
  if (!first) throw new Error('The loop has no picture.');
  return { format: { video: format.video }, samples: pictures.map(({ timeMs }) => ({ ...first, timeMs })), durationMs };
}

/** Reads a loop that `encodeLoop` made. Rejects what could not be repeated cleanly. */
export async function readLoop(file: string): Promise<MediaLoop> {
  try {
    return parseLoop(await readFile(file));
  } catch (error) {
    throw new Error(`${file} is not a loop that can be streamed.`, { cause: error });
  }
}

/**
 * FLV counts whole milliseconds, so frame times are recomputed from their number: 15 fps has frames of 66 2/3 ms.
 * Surplus sound (the encoder's priming and padding) is cut off at the end of the picture.
 */
export function parseLoop(bytes: Buffer): MediaLoop {
  const videos: { nals: Buffer[]; key: boolean; timeMs: number }[] = [];
  const audios: Buffer[] = [];
  let parameterSets: Buffer[] = [];
  let audio: AudioFormat | undefined;
  for (const tag of new FlvReader().push(bytes)) {
    const content = flvContent(tag);
    if (content?.kind === 'video-config') parameterSets = content.parameterSets;
    if (content?.kind === 'video') videos.push({ ...content, timeMs: tag.timeMs });
    if (content?.kind === 'audio-config') audio = content.format;
    if (content?.kind === 'audio' && content.codec === 'pcma') audio = { codec: 'pcma', sampleRate: 8000, channels: 1 };
    if (content?.kind === 'audio') audios.push(content.data);
  }
  if (!videos[0]?.key) throw new Error('The loop does not start with a key frame.');
  const fps = frameRateOf(videos.map((video) => video.timeMs));
  const durationMs = (videos.length * 1000) / fps;
  const pictures = videos.map(({ nals, key }, index): VideoSample => ({
    kind: 'video',
    timeMs: (index * 1000) / fps,
    key,
    nals,
  }));
  const sounds = audio ? evenSound(audio, audios, durationMs) : [];
  return {
    format: { video: { codec: 'h264', parameterSets, fps }, audio },
    samples: [...pictures, ...sounds].sort((a, b) => a.timeMs - b.timeMs),
    durationMs,
  };
}

function frameRateOf(timesMs: number[]): number {
  const last = timesMs.at(-1) ?? 0;
  const fps = Math.round(((timesMs.length - 1) * 1000) / (last - (timesMs[0] ?? 0)));
  if (!Number.isFinite(fps) || fps < 1) throw new Error('The loop has no frame rate.');
  return fps;
}

function evenSound(audio: AudioFormat, frames: Buffer[], durationMs: number): AudioSample[] {
  const samplesOf = (data: Buffer): number => (audio.codec === 'aac' ? 1024 : data.length);
  const wanted = (durationMs * audio.sampleRate) / 1000;
  const sounds: AudioSample[] = [];
  let position = 0;
  for (const data of frames) {
    if (position >= wanted) break;
    sounds.push({ kind: 'audio', timeMs: (position * 1000) / audio.sampleRate, data });
    position += samplesOf(data);
  }
  if (position !== wanted)
    throw new Error(`The sound is ${position} samples long, the picture ${wanted}: the loop would have a seam.`);
  return sounds;
}
