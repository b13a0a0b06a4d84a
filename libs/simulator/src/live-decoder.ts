import { HEVC_VPS, HevcReader, hevcNalType } from './annexb';
import { FlvReader, flvContent } from './flv';
import type { AudioFormat, AudioSample, MediaFormat, MediaSample } from './media';

/** Turns what a live encoder writes into samples. `times` are the times of the pictures it was given, oldest first. */
export interface LiveDecoder {
  push(bytes: Buffer, times: number[]): MediaSample[];
  /** What is known of the codecs by now, beginning with `known`. */
  format(known: MediaFormat): MediaFormat;
}

export function liveDecoder(settings: { codec: 'h264' | 'hevc' }): LiveDecoder {
  return settings.codec === 'hevc' ? new HevcDecoder() : new FlvDecoder();
}

/** Sound that is further than this from the picture (the encoder had lost pictures) is moved to it. */
const MOST_DRIFT_MS = 300;

class FlvDecoder implements LiveDecoder {
  private readonly reader = new FlvReader();
  private parameterSets: Buffer[] = [];
  private audio: AudioFormat | undefined;
  private videoMs = 0;
  private audioMs = 0;

  push(bytes: Buffer, times: number[]): MediaSample[] {
    const samples: MediaSample[] = [];
    for (const tag of this.reader.push(bytes)) {
      const content = flvContent(tag);
      if (content?.kind === 'video-config') this.parameterSets = content.parameterSets;
      if (content?.kind === 'audio-config') this.audio = content.format;
      if (content?.kind === 'audio' && content.codec === 'pcma') this.audio = { codec: 'pcma', sampleRate: 8000, channels: 1 };
      if (content?.kind === 'audio') samples.push(this.sound(content.data));
      if (content?.kind !== 'video') continue;
      this.videoMs = times.shift() ?? this.videoMs;
      samples.push({ kind: 'video', timeMs: this.videoMs, key: content.key, nals: content.nals });
    }
    return samples;
  }

  format(known: MediaFormat): MediaFormat {
    return { video: { ...known.video, parameterSets: this.parameterSets }, audio: this.audio };
  }

  private sound(data: Buffer): AudioSample {
    if (Math.abs(this.audioMs - this.videoMs) > MOST_DRIFT_MS) this.audioMs = Math.max(this.audioMs, this.videoMs);
    const timeMs = this.audioMs;
    const samples = this.audio?.codec === 'aac' ? 1024 : data.length;
    this.audioMs += (samples * 1000) / (this.audio?.sampleRate ?? 8000);
    return { kind: 'audio', timeMs, data };
  }
}

class HevcDecoder implements LiveDecoder {
  private readonly reader = new HevcReader();
  private parameterSets: Buffer[] = [];
  private videoMs = 0;

  push(bytes: Buffer, times: number[]): MediaSample[] {
    return this.reader.push(bytes).map(({ key, nals }) => {
      const sets = nals.filter((nal) => hevcNalType(nal) >= HEVC_VPS && hevcNalType(nal) <= HEVC_VPS + 2);
      if (sets.length > 0) this.parameterSets = sets;
      this.videoMs = times.shift() ?? this.videoMs;
      return { kind: 'video', timeMs: this.videoMs, key, nals };
    });
  }

  format(known: MediaFormat): MediaFormat {
    return { video: { ...known.video, parameterSets: this.parameterSets } };
  }
}
