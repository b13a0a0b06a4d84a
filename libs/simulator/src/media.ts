/** How the picture is coded. `parameterSets` are NAL units without start codes: SPS and PPS (H.264), VPS, SPS and PPS (HEVC). */
export interface VideoFormat {
  codec: 'h264' | 'hevc';
  parameterSets: Buffer[];
  fps: number;
}

/** How the sound is coded. AAC carries its AudioSpecificConfig; G.711 (PCMA) is 8 kHz mono. */
export type AudioFormat =
  { codec: 'aac'; config: Buffer; sampleRate: number; channels: number } | { codec: 'pcma'; sampleRate: 8000; channels: 1 };

export interface MediaFormat {
  video: VideoFormat;
  audio?: AudioFormat;
}

/** One picture: its NAL units without start codes or lengths. `timeMs` is exact (not rounded) media time from 0 on. */
export interface VideoSample {
  kind: 'video';
  timeMs: number;
  key: boolean;
  nals: Buffer[];
}

/** One AAC frame, or a stretch of G.711 bytes. */
export interface AudioSample {
  kind: 'audio';
  timeMs: number;
  data: Buffer;
}

export type MediaSample = VideoSample | AudioSample;

/**
 * Something that streams. Every subscriber sees the same samples with the same times, which go on evenly for as
 * long as the source runs.
 */
export interface MediaSource {
  readonly format: MediaFormat;
  /** Calls `listener` with each batch of samples when it is due; the answer ends the subscription. */
  subscribe(listener: (samples: MediaSample[]) => void): () => void;
}
